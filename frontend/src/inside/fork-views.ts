/** What the page about two stories of one group shows. Ids are those of members; names stand beside, as one list lacks some. */

export interface ForkView {
  /** Who belongs, as this device has it, and as the site has it. */
  here: readonly string[];
  there: readonly string[];
  /** Who went by this device's story, and will be out. */
  out: readonly string[];
  /** Who asks me to say yes, by name, and the id of their note. */
  asks: readonly { id: string; by: string }[];
  /** Whom I could ask. */
  seconds: readonly { id: string; name: string }[];
}

export interface Forks {
  /** Null where there is one story only. */
  lookAtFork(): Promise<ForkView | null>;
  /** Asks a second person to go on with what the site holds; nothing happens until they do. */
  askHeal(second: string): Promise<void>;
  confirmHeal(id: string): Promise<void>;
}

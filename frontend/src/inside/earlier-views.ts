/** What the page about earlier words shows. Ids are those of members; `at` is whole seconds since 1970. */

/** Somebody asks me to give a third person what was said before they came. */
export interface EarlierAsk {
  id: string;
  by: string;
  target: string;
}

export interface EarlierView {
  asks: readonly EarlierAsk[];
  /** Who could be given something, and who could say yes to it with me. */
  mayGive: readonly { member: string; seconds: readonly string[] }[];
  /** What was given, by which two, newest first. */
  given: readonly { id: string; target: string; by: readonly string[]; at: number }[];
}

export interface Earlier {
  earlier(): EarlierView;
  /** Asks `second` to say yes; nothing is given until they do. */
  askEarlier(target: string, second: string): Promise<void>;
  confirmEarlier(id: string): Promise<void>;
  declineEarlier(id: string): Promise<void>;
}

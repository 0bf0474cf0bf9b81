/** What the page of the room words shows of a log. Ids are those of members; `at` is whole seconds since 1970. */

/** One thing that changed the room words. `by`: who let in, checked, decided or mended; empty where it was `who` alone. */
export interface KeyChangeView {
  id: string;
  at: number;
  what: 'began' | 'came' | 'newPhone' | 'removed' | 'left' | 'newKeys' | 'healed';
  who: string;
  by: readonly string[];
}

export interface Checking {
  /** Everything that changed the room words, newest first. */
  keyChanges(): readonly KeyChangeView[];
  /** Asks the server what is new in this group, and waits for it. */
  lookAgain(): Promise<void>;
}

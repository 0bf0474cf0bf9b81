/** What screens see of words that members left for when somebody is worried about them. Others' words only come by opening. */
import type { Watched } from './watched';

export interface LeftView {
  /** One's own; empty for none. */
  mine: string;
  /** Other members here now who left something. */
  by: readonly string[];
  /** Members who opened what I left, until I put that away. */
  openedBy: readonly string[];
}

export interface LeftFor {
  left(): Watched<LeftView>;
  /** Up to 500 characters; empty takes away what was left. */
  leaveWords(text: string): Promise<void>;
  /** Says so to that member first; answers with the words. Throws `gone`. */
  openLeft(member: string): Promise<string>;
  putAwayOpened(member: string): Promise<void>;
}

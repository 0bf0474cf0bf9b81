/** How somebody is told that something waits. */
import type { Watched } from './watched';

/** Of which places, and in which hours not. Minutes after midnight in `zone`; times in seconds since 1970. */
export interface WishView {
  talks: boolean;
  group: boolean;
  meetings: boolean;
  /** Also when somebody rings and the page is closed. */
  rings: boolean;
  zone: string;
  quietFrom: number | null;
  quietTo: number | null;
  breakUntil: number | null;
  /** At which minute of the day to be asked to look in; null: not at all. */
  looksAt: number | null;
}

const MONTHS = 40 * 86_400;

/** Longer than anybody chooses by hand, which is a month of notes or a day of calls: a break from a group set it. */
export const isLong = (until: number | null, now: number): boolean => until !== null && until > now + MONTHS;

export interface TellingView extends WishView {
  /** All that a locked screen ever shows. */
  words: string;
  /** Whether this site sends any; of e-mail as well. */
  pushes: boolean;
  sendsMail: boolean;
  isHere: boolean;
  isElsewhere: boolean;
  mailbox: { address: string; isAnswered: boolean; isRefused: boolean } | null;
}

/** What became of asking the browser. */
export type Told = 'on' | 'refused' | 'cannot';

export interface Telling {
  /** The words to ask with, until somebody has said yes or no; null where there is nothing to ask. */
  readonly askTelling: Watched<string | null>;
  /** Null before it was looked up. */
  readonly telling: Watched<TellingView | null>;
  lookUpTelling(): Promise<void>;
  saveWish(change: Partial<WishView>): Promise<void>;
  /** Needs a press: the browser asks the person. */
  tellHere(): Promise<Told>;
  stopHere(): Promise<void>;
  stopEverywhere(): Promise<void>;
  giveMailbox(address: string): Promise<void>;
  forgetMailbox(): Promise<void>;
  /** How many ways were told. */
  tryTelling(): Promise<number>;
}

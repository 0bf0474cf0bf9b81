/** What screens see of who may be rung, of numbers that were given, and of the call there is. */
import type { Watched } from './watched';

/** One row of a week: day 1 is Monday; minutes of the day; an end that is not above its beginning is on the next day. */
export interface HoursRow {
  day: number;
  from: number;
  to: number;
}

/** When somebody may be rung, as they said it last. */
export interface UpFor {
  zone: string;
  hours: readonly HoursRow[];
  /** Not before this moment, in seconds since 1970; 0 for none. */
  rest: number;
  /** Rather be asked than rung. */
  ask: boolean;
  /** A test ring came to a device of theirs. */
  reached: boolean;
}

export interface ReachView {
  /** Whether this site has a relay: without one nobody can be rung. */
  canRing: boolean;
  /** The site said that it has none. While it is away neither is true. */
  hasNoRelay: boolean;
  mine: UpFor;
  /** Of others who said anything; what is drawn of it is `standing`. */
  others: readonly { id: string; said: UpFor }[];
  /** Members who asked me to ring them, within a day. */
  askedMe: readonly string[];
  /** Who rang me, and I did not come to the phone; when, in seconds since 1970. Until I put it away, or we talked. */
  rang: readonly { id: string; at: number }[];
  /** Numbers that others gave to everybody, or to me alone. */
  numbers: readonly { id: string; number: string; toAll: boolean }[];
  /** My own number, as I gave it: to everybody (empty for not), and to single members. */
  given: { all: string; to: readonly { id: string; number: string }[] };
}

/** How a call stands. `many`: others are rung as well. */
export interface CallView {
  stage: 'ringing' | 'rung' | 'joining' | 'talking' | 'quiet' | 'ended';
  group: string;
  who: readonly string[];
  /** What these are called in that group, which need not be the one that is open. */
  names: readonly string[];
  many: boolean;
  /** I rang. */
  isMine: boolean;
  /** My own test: this device rings itself. */
  isTest: boolean;
  /** My microphone was unplugged, or the phone took it away: nobody hears me. */
  isMicGone: boolean;
  /** My microphone is off. */
  isMuted: boolean;
  /** While it rings: with a sound. */
  isAloud: boolean;
  /** I rang, in vain: they find in our talk that I did. */
  isLeft: boolean;
  /** Once ended: nobody came to the phone, it is over, or the line was lost. */
  why: 'nobody' | 'over' | 'line';
}

/**
 * A test ring: `sent`; `page`: it came to the open page, and this device is told nothing; `waits`: it came to the page, and
 * the push is awaited. `isHere`: the device that rings reach is this one.
 */
export interface TestView {
  stage: 'none' | 'sent' | 'page' | 'waits';
  isHere: boolean;
}

export interface ReachFor {
  reach(): Watched<ReachView>;
  saveUpFor(change: Partial<Pick<UpFor, 'hours' | 'ask'>>): Promise<void>;
  /** Nobody rings me any more today; `false` takes that back. */
  notToday(on: boolean): Promise<void>;
  /** Up to 40 characters; to one member, or with null to all; empty takes it back. */
  giveNumber(to: string | null, number: string): Promise<void>;
  /** In the talk with them. Answers with its id. */
  askToRing(member: string): Promise<string>;

  readonly call: Watched<CallView | null>;
  readonly testRing: Watched<TestView>;
  /** Rings this very device, the ways that others would. */
  tryRing(): Promise<void>;
  /** The test came to this page: once it came as a push as well, others may see that I am up for a call. */
  itCame(): Promise<void>;
  ring(members: readonly string[]): Promise<void>;
  answer(): Promise<void>;
  /** Not now; nobody learns why. Also puts away what is said of a call that has ended. */
  notNow(): void;
  hangUp(): void;
  mute(on: boolean): void;
  /** It is all right that this member rang: it is shown no more, and they do not learn of it. */
  putAwayRang(member: string): void;
}

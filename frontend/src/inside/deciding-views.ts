/** What screens see of concerns, folding, quiet, removal and the log of decisions. */
import type { Place } from './views';

/** Something that waits for this person to look at. */
export interface AskView {
  kind: 'report' | 'answer' | 'folded' | 'told' | 'stays' | 'notAgreed' | 'removal' | 'earlier';
  id: string;
}

export interface NewReport {
  /** Rows of messages. */
  messages: readonly string[];
  words: string;
  /** To the outside person whose key the group named, instead of two members. */
  toContact: boolean;
}

export interface ReportedMessage {
  id: string;
  author: string;
  time: number;
  text: string;
  /** Its content note. */
  about: string | null;
  /** Something else was said before it and was not picked. */
  isGapBefore: boolean;
}

/** A report, open: each message in it is proved. */
export interface ReportShown {
  id: string;
  note: string;
  at: number;
  words: string;
  messages: readonly ReportedMessage[];
  /** It was said in a talk of these two; null in a group's own places. */
  alone: readonly string[] | null;
  isMoreBeside: boolean;
}

export interface ReportAnswer {
  note: string;
  by: string;
  at: number;
  words: string;
}

/** A concern that I raised. */
export interface SentReportView {
  id: string;
  at: number;
  /** Empty: the outside person. */
  to: readonly string[];
  isAppeal: boolean;
  readBy: readonly string[];
  answers: readonly ReportAnswer[];
}

/** How far the outside person has come. */
export interface OutsideState {
  readAt: number | null;
  answeredAt: number | null;
  words: string;
}

export interface NewRemoval {
  target: string;
  second: string;
  why: string;
  inDanger: boolean;
}

/** A removal that waits for its week. */
export interface WeekView {
  id: string;
  target: string;
  by: string;
  asked: string;
  why: string;
  from: number;
  until: number;
  /** Who said "Let's talk first". */
  talks: readonly string[];
  mayIConfirm: boolean;
  isMine: boolean;
}

export interface QuietView {
  member: string;
  report: string;
  by: readonly string[];
  why: string;
  until: number;
}

export interface DecisionView {
  id: string;
  at: number;
  what: 'removed' | 'removedAtOnce' | 'words' | 'host' | 'fold' | 'quiet' | 'asked' | 'talk';
  by: readonly string[];
  about: string | null;
  why: string;
}

/** My own message that was folded, with what the host wrote to me alone. */
export interface FoldedView {
  id: string;
  by: string;
  place: Place;
  text: string;
  words: string;
}

export interface DecidingView {
  hasContact: boolean;
  /** The group is large enough for a week before a removal. */
  hasWeek: boolean;
  /** For me to decide. Nobody is told who raised them. */
  reports: readonly { id: string; at: number; isRead: boolean; isAnswered: boolean }[];
  sent: readonly SentReportView[];
  folded: readonly FoldedView[];
  /** Somebody was asked to agree that a member goes, and said no. */
  saidNo: readonly { id: string; by: string; target: string }[];
  removals: readonly WeekView[];
  quiets: readonly QuietView[];
  decisions: readonly DecisionView[];
}

/** Who looks at concerns. */
export interface DecidersView {
  /** Empty: the two who have been here longest. */
  named: readonly string[];
  proposal: { by: string; proposed: readonly string[]; mine: boolean; mayISecond: boolean } | null;
}

export interface NamingDeciders {
  deciders(): DecidersView;
  /** Asks a second member; alone in the group it holds at once. */
  proposeDeciders(members: readonly string[]): Promise<void>;
  secondDeciders(): Promise<void>;
  dropDeciders(): Promise<void>;
}

/** Why this person was asked to go, as they were told before it happened. */
export interface ToldView {
  by: string;
  why: string;
}

/** Verbs about what somebody worries over, and what two people decide. */
export interface Deciding extends NamingDeciders {
  deciding(): DecidingView;
  /** To whom a concern about these members would go: two, or nobody. */
  whoDecides(authors: readonly string[]): readonly string[];
  /** What was taken back in these seven days and can still be reported. */
  takenBack(): Promise<readonly { id: string; author: string; time: number }[]>;
  report(report: NewReport): Promise<void>;
  /** Proves and opens a report; whoever raised it is told that it was read. */
  openReport(id: string): Promise<ReportShown>;
  answerReport(id: string, words: string): Promise<void>;
  /** A note that is dealt with. */
  putAway(note: string): Promise<void>;
  fold(message: string, words: { toAuthor: string; why: string }): Promise<void>;
  askForQuiet(member: string, report: string, why: string): Promise<void>;
  letsTalk(removal: string): Promise<void>;
  dropRemoval(removal: string): Promise<void>;
  voidOlder(): Promise<void>;
  /** Can the outside person open anything just now? */
  contactReads(): Promise<boolean>;
  isFolded(message: string): boolean;
  outsideStates(): Promise<ReadonlyMap<string, OutsideState>>;
  told(): Promise<ToldView | null>;
  appeal(words: string): Promise<void>;
}

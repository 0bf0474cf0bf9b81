/**
 * What screens see. Plain, read-only values made by the store; a change is a new value.
 * Ids are opaque strings (base64url). Times are whole seconds since 1970, UTC.
 */

import type { NewPhone, ReturnWait } from './returning-views';
import type { AskView } from './deciding-views';
import type { Ring } from './ring';

export * from './deciding-views';
export type Place = 'room' | 'everyday';
export type Wants = 'listen' | 'been-there' | 'ideas';

/** Whose device this is. `unknown` until the person has said. */
export type Device = 'mine' | 'shared' | 'unknown';

export type Session =
  /** The store is still reading what this device holds. */
  | { kind: 'starting' }
  | { kind: 'out' }
  /** Mine, after an exit: one touch if `touch`, else the passphrase again. */
  | { kind: 'rested'; signInName: string; touch: boolean }
  /** Delete was pressed; until `until` it can be undone. */
  | { kind: 'closing'; until: number }
  | { kind: 'in' };

/** What the operator has set; public, and the same for everyone. */
export interface SiteView {
  name: string;
  mayStart: 'code' | 'request' | 'open';
  /** Pre-fills the safeguarding page; empty when the operator gave none. */
  contact: string;
  ring: Ring;
}

export interface CircleView {
  id: string;
  name: string;
  /** Something here is new since this person was here. A word, never a number. */
  isNew: boolean;
}

export interface MemberView {
  id: string;
  name: string;
  isMe: boolean;
  isHost: boolean;
  /** End of the host's term; null for a member who is no host. */
  termUntil: number | null;
  affirmed: boolean;
  /** No longer a member; kept so that earlier words have a name. */
  isGone: boolean;
}

export type MessageState = 'waiting' | 'sent' | 'taken-back' | 'missing' | 'folded';

export interface MessageView {
  /** Stable from writing to the end: the same row keeps the same id. */
  id: string;
  author: string;
  place: Place;
  time: number;
  text: string;
  note: string | null;
  wants: Wants | null;
  replyTo: string | null;
  heardBy: readonly string[];
  mine: boolean;
  state: MessageState;
  /** How long what was spoken takes, in thousandths of a second; null where it was written, or is not shown. */
  spoken: number | null;
  /** The group asked its author for quiet: folded until then, and opened one by one. */
  quietUntil: number | null;
  isNew: boolean;
}

/** One place's messages, oldest first. `at` may be null for a row not opened yet: see `Boat.open`. */
export interface TalkView {
  count: number;
  idAt(index: number): string;
  at(index: number): MessageView | null;
  /** -1 when it is not here. */
  indexOf(id: string): number;
  /** Row under the line "New since you were here"; null when there is nothing new. */
  firstNew: number | null;
  /** False until it is known what this place holds. */
  isReady: boolean;
  /** All that came since this person was here last is here by now; false without a connection. */
  isCaughtUp: boolean;
}

export interface AgreementView {
  /** Clauses as `words/agreement.ts` writes and reads them. */
  text: string;
  version: string;
  affirmedByMe: boolean;
  affirmedBy: readonly string[];
  /** A change waiting for a second member. */
  proposal: { text: string; by: string; mayISecond: boolean } | null;
}

export interface Safeguarding {
  person: string;
  contact: string;
  whatHappens: string;
  emergency: string;
  /** When a host usually looks in, as members would say it: "Tuesday evenings". */
  looksIn: string;
}

export interface KnockView {
  id: string;
  name: string;
  hello: string;
  since: number;
  /** Who made the invitation. */
  welcomer: string;
  /** Members who said, privately to the host, that they may know this person. Empty unless I host. */
  mayKnow: readonly string[];
  /** I have said so myself. */
  iMayKnow: boolean;
  mayIAdmit: boolean;
}

export interface InvitationView {
  id: string;
  forWhom: string;
  by: string;
  until: number;
  state: 'open' | 'used' | 'over' | 'void';
}

export interface RemovalView {
  id: string;
  target: string;
  by: string;
  why: string;
  until: number;
}

export interface GroupView {
  id: string;
  name: string;
  /** Days until talk fades; null keeps it. */
  windowDays: number | null;
  size: number;
  anyMemberOpens: boolean;
  /** Members who say that the hints while writing should be off for everyone. */
  nudgeOff: readonly string[];
  /** Members who say that nothing should be spoken here. */
  voiceOff: readonly string[];
  isVoiceOff: boolean;
  me: string;
  members: readonly MemberView[];
  agreement: AgreementView;
  safeguarding: Safeguarding | null;
  knocks: readonly KnockView[];
  invitations: readonly InvitationView[];
  /** Removals someone asks me to be the second for. */
  removals: readonly RemovalView[];
  /** What else waits for me: concerns, answers, a fold, a week before a removal. */
  asks: readonly AskView[];
  /** Until when my own words are folded for others; null where they are not. */
  quietUntil: number | null;
  roomWords: readonly string[];
  /** What waits about somebody who comes back, or a host to be appointed. */
  returns: readonly ReturnWait[];
  /** Of those who joined since I last pressed "I agree": who only has a new phone. */
  newPhones: readonly NewPhone[];
  /** Members who joined since I last pressed "I agree". Blocks nothing. */
  joining: readonly string[];
  onBreak: boolean;
  /** Each place's "new", kept by this person's own reading place. */
  isNew: Readonly<Record<Place, boolean>>;
  /** False once removed or left: then only the agreement can still be read. */
  isMember: boolean;
  /** Set where this is not the group itself but a talk with one other of its members. */
  talk?: TalkWith;
}

/** Goes on; or it has ended, because one left the group, has new keys, or has closed it. */
export type TalkState = 'on' | 'left' | 'keys' | 'forked' | 'closed';

export interface TalkWith {
  name: string;
  other: string;
  state: TalkState;
  /** The talk before this one, which ended. */
  before: string | null;
}

/** A talk as a list names it. */
export interface TalkLine {
  id: string;
  /** The group both are in. */
  group: string;
  member: string;
  name: string;
  isNew: boolean;
  state: TalkState;
}

/** My own knock on a door, until it opens. */
export interface WaitingView {
  groupName: string;
  welcomer: string;
  looksIn: string;
  since: number;
  state: 'waiting' | 'nobody-answered' | 'not-now' | 'opened';
  /** The agreement changed since it was shown: show it before the room opens. */
  newerAgreement: string | null;
  /** Which version of the agreement was shown last, here or at the knock. */
  version: string;
}

export interface SessionView {
  id: string;
  isThis: boolean;
  device: Device;
  since: number;
  lastDay: number;
}

export type Theme = 'system' | 'light' | 'dark';
export type TextSize = 'usual' | 'large' | 'largest';
export type NudgeKind =
  | 'how'
  | 'comparing'
  | 'encouraging'
  | 'vivid'
  | 'pressure'
  | 'labels'
  | 'identifying'
  | 'danger';

export interface SettingsView {
  theme: Theme;
  /** No colour but ink, paper and line; joins either theme. */
  lowStimulus: boolean;
  textSize: TextSize;
  exitByShift: boolean;
  /** Minutes away after which the passphrase is asked again; 0 asks always, null never on one's own device. */
  askAgainMinutes: number | null;
  readingPlace: boolean;
  mutedWords: readonly string[];
  mutedPeople: readonly string[];
  /** Message ids at the top of a muted thread. */
  mutedThreads: readonly string[];
  nudgesOff: readonly NudgeKind[];
}

export const USUAL_SETTINGS: SettingsView = {
  theme: 'system',
  lowStimulus: false,
  textSize: 'usual',
  exitByShift: true,
  askAgainMinutes: null,
  readingPlace: true,
  mutedWords: [],
  mutedPeople: [],
  mutedThreads: [],
  nudgesOff: [],
};

/** Half-written words. Kept sealed as they are typed. */
export interface Draft {
  text: string;
  note: string;
  wants: Wants | null;
  replyTo: string | null;
  /** It stood beside what was spoken and came back: the sound did not. */
  soundGone?: boolean;
}

export const NO_DRAFT: Draft = { text: '', note: '', wants: null, replyTo: null };

export type NoticeCode =
  | 'away'
  | 'clock_wrong'
  | 'storage_full'
  | 'reload_needed'
  | 'unverified'
  /** What the site holds of one's settings cannot be opened. */
  | 'settings_lost'
  | 'restored'
  /** The site and this device hold two histories of one group. */
  | 'forked'
  | 'someone_was_out'; // a member could not open an epoch; a tap makes a new one

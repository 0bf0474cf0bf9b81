/**
 * The one door between screens and store: screens see `Boat` and nothing behind it.
 *
 * Reading is by `Watched` values; doing is by verbs. Every verb that answers with a promise
 * throws a `Trouble` (trouble.ts) when it cannot be done, and then nothing has changed.
 * Verbs other than `say`, `hear`, `unhear` and `takeBack` need a connection; those four are
 * kept, sealed, and go by themselves when the connection is back.
 */
import type { Earlier } from './earlier-views';
import type { Forks } from './fork-views';
import type { Export, Knock, MadeInvitation, NewGroup, Preview, RecoveryCode, Saying, Spoken } from './given';
import type { Checking } from './key-change-views';
import type { LeftFor } from './left-views';
import type { Meets } from './meeting-views';
import type { NamingKey } from './outside-key-views';
import type { GatheringFor } from './gathering-views';
import type { ReachFor } from './reach-views';
import type { Watched } from './watched';
import type { Returning } from './returning-views';
import type {
  CircleView,
  Deciding,
  Device,
  Draft,
  GroupView,
  NewRemoval,
  NoticeCode,
  Place,
  Safeguarding,
  Session,
  SessionView,
  SettingsView,
  SiteView,
  TalkLine,
  TalkView,
  WaitingView,
} from './views';
import type { Telling } from './telling-views';
import type { AnswerSay, AnswerTime } from './unanswered';

export * from './given';
export * from './views';
export * from './telling-views';
export { Trouble, TROUBLES, type TroubleCode } from './trouble';
export { Cell, type Watched } from './watched';

/** Coming in, going out, and this device. */
export interface Coming {
  readonly device: Watched<Device>;
  readonly session: Watched<Session>;
  readonly site: Watched<SiteView>;
  readonly sessions: Watched<readonly SessionView[]>;

  /** May a group be started with this code? Throws `start_code_wrong` or `start_not_open`. */
  checkCode(code: string): Promise<void>;
  comeIn(signInName: string, passphrase: string, device: Exclude<Device, 'unknown'>): Promise<void>;
  /** One touch on one's own device. */
  comeBack(): Promise<void>;
  /** Drops keys from memory at once, without waiting. */
  exitNow(): Leaving;
  /** A calm sign-out: the session ends; what stays on the device is as after an exit. */
  goOut(): Promise<void>;
  /** "This device is mine", said after all: from now on words stay here, and nobody signs in again for it. */
  keepHere(): Promise<void>;
  /** Nothing of this person stays on this device. */
  forgetDevice(): Promise<void>;
  lookUpSessions(): Promise<void>;
  endSession(id: string): Promise<void>;
  endOtherSessions(): Promise<void>;
  /** Ends other sessions as well. `current` is the passphrase, or a recovery code; null after `prove`. `name`: where `asksName`. */
  changePassphrase(current: string | null, next: string, name?: string): Promise<void>;
  /** Shown once. `current` may be null right after the account was made or the passphrase was typed. */
  makeRecoveryCode(current: string | null): Promise<RecoveryCode>;
  /** True while a new member has not yet made a recovery code. */
  readonly codeWanted: Watched<boolean>;
  closeAccount(passphrase: string): Promise<void>;
  undoClose(): Promise<void>;
  exportMine(): Promise<Export>;
}

/** On the way out. */
export interface Leaving {
  /** The address to go to: `/api/leave…`, or `about:blank` when the server is known to be away. */
  to: string;
  /** Done once half-written words stand on this device, sealed; null where nothing is kept. */
  kept: Promise<unknown> | null;
}

/** A way to come in. */
export interface WayView {
  id: string;
  /** `signIn`: a passkey that says who is here and opens nothing. */
  kind: 'passphrase' | 'code' | 'passkey' | 'signIn';
  /** What its owner calls a passkey; sealed to them alone. */
  name: string;
}

/** Ways to come in, each of which is enough; and all of them anew, when someone may know one. */
export interface Ways {
  readonly ways: Watched<readonly WayView[]>;
  lookUpWays(): Promise<void>;
  comeInWithCode(code: string, device: Exclude<Device, 'unknown'>): Promise<void>;
  /** Null once in; else signed in, and a passphrase or code still opens: `openWith`. */
  comeInWithPasskey(device: Exclude<Device, 'unknown'>): Promise<{ asksName: boolean } | null>;
  /** What was typed after a passkey that only signs in; the name only where `asksName`. */
  openWith(typed: string, name: string): Promise<void>;
  /** Nobody knows the sign-in name: it is asked for where a passphrase is made or typed. */
  asksName(): boolean;
  /** A way in typed again, or with null a passkey touched again, before anything about them changes. */
  prove(typed: string | null, name?: string): Promise<void>;
  /** After `prove`. Whether it opens the room, or only signs in. */
  addPasskey(name: string): Promise<boolean>;
  /** After `prove`. Throws `last_way_in` where fewer than two would stay. */
  removeWay(id: string): Promise<void>;
  /** After `prove`: every key anew. `tell` hears how many groups are still to come. Answers with a new recovery code. */
  renewAccount(next: string, tell: (left: number) => void, name?: string): Promise<RecoveryCode>;
}

/** Starting, joining, waiting. */
export interface Joining {
  readonly circles: Watched<readonly CircleView[]>;
  /** The group whose rooms are open; null when in none. */
  readonly group: Watched<GroupView | null>;
  readonly waiting: Watched<WaitingView | null>;

  startGroup(start: NewGroup): Promise<void>;
  /** `secret` is what stands after `#join.` in the link. */
  lookAtInvitation(secret: string): Promise<Preview>;
  join(secret: string, knock: Knock): Promise<void>;
  withdraw(): Promise<void>;
  /** Takes the person through an opened door, agreeing to the version that was shown. Throws `someone_was_faster` where there is another by now. */
  goThrough(shown: string): Promise<void>;
  goTo(circle: string): void;
}

/** Talking. All of it works without a connection. */
export interface Talking {
  talk(place: Place): Watched<TalkView>;
  /** Asks for rows `from` up to (not with) `to` to be opened. Cheap to call again. */
  open(place: Place, from: number, to: number): void;
  /** The person has seen up to this row: moves their own reading place. */
  seen(place: Place, id: string): void;
  say(saying: Saying): Promise<void>;
  hear(id: string): Promise<void>;
  unhear(id: string): Promise<void>;
  takeBack(id: string): Promise<void>;
  /** Talks of two in which something is new. */
  readonly newTalks: Watched<readonly TalkLine[]>;
  /** Another try for what is waiting. */
  sendAgain(): void;
  /** Counts up when words that could not be sent have come back as a draft. */
  readonly returned: Watched<number>;
  draft(place: Place): Draft;
  saveDraft(place: Place, draft: Draft): void;
  /** Small words kept while forms are filled, by a key of the screen's own choosing. */
  jotting(key: string): string;
  saveJotting(key: string, text: string): void;
}

/** What a talk of two has of its own: laid over the boat, a room becomes that talk. */
export type InTalk = Pick<WholeBoat, 'group' | 'talk' | 'seen' | 'say' | 'hear' | 'unhear' | 'takeBack' | 'draft' | 'saveDraft' | 'speak' | 'spoken' | 'whoDecides' | 'report'>;

/** One to one. */
export interface OneToOne {
  readonly oneToOne: Watched<readonly TalkLine[]>;
  /** False until it is known which there are. */
  readonly talksLooked: Watched<boolean>;
  /** The talk with a member of the open group; begun where there is none. Answers with its id. */
  talkWith(member: string): Promise<string>;
  /** Null for one that is not here. */
  inTalk(id: string): InTalk | null;
  /** The talk in which a message stands; null for one of a group's own places. */
  talkOf(message: string): string | null;
  /** Of two stories about a talk the one that the site holds goes on, for both; my own words of the other come back. */
  healTalk(id: string): Promise<void>;
  /** Nothing more comes from there, and the other can begin no new one. */
  closeTalk(id: string): Promise<void>;
}

/** Speaking instead of typing. */
export interface Speaking {
  /** As `say`, its text being the line of words beside a sound. Throws `too_long`, and `voice_off` where the group wants none. */
  speak(saying: Saying, spoken: Spoken): Promise<void>;
  /** The whole sound of a message. Throws `not_whole` where a piece of it is not here. */
  spoken(id: string): Promise<Spoken>;
  /** My say on speaking: off for the whole group once more than half say so. */
  chooseVoice(value: 'on' | 'off'): Promise<void>;
}

/** After how long Today says that nobody has answered. */
export interface Answering {
  answerTime(): AnswerTime;
  /** My say on it: more than half settle it. */
  chooseAnswerTime(say: AnswerSay): Promise<void>;
}

/** Things a group does together. They act on the group that is open. */
export interface Together {
  admit(knock: string): Promise<void>;
  decline(knock: string): Promise<void>;
  /** Tells the host alone that this member and the newcomer may know each other. */
  mayKnow(knock: string): Promise<void>;
  makeInvitation(forWhom: string, days: number): Promise<MadeInvitation>;
  voidInvitation(id: string): Promise<void>;
  /** To the version of the agreement that was shown, and to no other. Throws `someone_was_faster`. */
  affirm(shown: string): Promise<void>;
  /** My say on the hints while writing: off for the whole group once more than half say so. */
  chooseNudge(value: 'on' | 'off'): Promise<void>;
  proposeAgreement(text: string): Promise<void>;
  secondAgreement(): Promise<void>;
  dropAgreementProposal(): Promise<void>;
  changeSafeguarding(page: Safeguarding): Promise<void>;
  rename(name: string): Promise<void>;
  passHost(member: string): Promise<void>;
  /** Only when no host's term is current. */
  takeHost(): Promise<void>;
  /** Tells the person why and asks `second` to agree; nothing happens until they do. In large groups there is a week. */
  proposeRemoval(asked: NewRemoval): Promise<void>;
  confirmRemoval(id: string): Promise<void>;
  declineRemoval(id: string): Promise<void>;
  takeABreak(): Promise<void>;
  backFromBreak(): Promise<void>;
  leaveGroup(): Promise<void>;
}

export interface Around {
  readonly settings: Watched<SettingsView>;
  readonly notices: Watched<readonly NoticeCode[]>;
  /** When the copy of the server was made that was put back last, in seconds since 1970. */
  restoredTo(): number | null;
  /** Who made the newest key of the open group. */
  keyBy(): string;
  saveSettings(change: Partial<SettingsView>): Promise<void>;
  /** Answers a notice that a tap can mend (`away`, `someone_was_out`, `restored`). */
  answerNotice(notice: NoticeCode): Promise<void>;
}

/** What the first screens do: come in, read, write, Today. Everything else comes with the part that is fetched afterwards. */
type First =
  | 'device' | 'session' | 'site' | 'codeWanted' | 'comeIn' | 'comeBack' | 'exitNow' | 'goOut' | 'keepHere'
  | 'circles' | 'group' | 'waiting' | 'goTo' | 'affirm'
  | 'askTelling' | keyof Talking | keyof Around;

export type WholeBoat = Coming & Ways & Returning & Joining & Talking & Together & Around & Checking & NamingKey & Deciding & Earlier & Forks & OneToOne & Speaking & Meets & Telling & LeftFor & ReachFor & GatheringFor & Answering;
export type Boat = Pick<WholeBoat, First>;
/** Verbs that are there once that part is: see part.ts, and `useWholeBoat`. */
export type Seldom = Omit<WholeBoat, keyof Boat>;

/** How the store is opened. Throws `browser_too_old` or `storage_refused`. */
export type OpenBoat = () => Promise<Boat>;

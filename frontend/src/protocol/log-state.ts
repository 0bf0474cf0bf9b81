/** What is known of a circle once its events were taken: SPEC.md section 4, "State kept". */
import { toBase64, type Bytes } from './bytes';
import { Failure } from './failures';
import type { Body, EventType, Pair, Policy, Words } from './log-shapes';

export const KIND = { own: 0, talk: 1, group: 2 } as const;
export const DAY = 86_400;
/** How long a host's term may be. */
export const TERM = 90 * DAY;

/** An id as text, for maps: base64url. */
export type Id = string;

export interface Event<T extends EventType = EventType> {
  id: Bytes;
  wire: Bytes;
  bytes: Bytes;
  signature: Bytes;
  circle: Bytes | null;
  seq: number;
  prev: Bytes | null;
  time: number;
  type: T;
  author: Bytes;
  body: Body<T>;
}

export interface Member {
  id: Bytes;
  signPk: Bytes;
  boxPk: Bytes;
  /** Commitment to the name; null in a circle of one's own. */
  name: Bytes | null;
  /** The event that admitted them, and its time. */
  admitted: Bytes;
  admittedAt: number;
  admittedSeq: number;
  /** Host until then; 0 for a member who is no host. */
  termEnd: number;
}

export type Members = ReadonlyMap<Id, Member>;

export interface Invite {
  readonly id: Bytes;
  readonly seq: number;
  readonly author: Bytes;
  readonly linkPk: Bytes;
  readonly lookup: Bytes;
  readonly expires: number;
  readonly agreement: Bytes;
  readonly preview: Bytes;
  readonly card: Bytes;
  readonly anyMember: boolean;
  readonly prev: Bytes;
  readonly state: 'open' | 'used' | 'void';
}

export interface Epoch {
  id: Bytes;
  seq: number;
  prev: Bytes;
  author: Bytes;
  time: number;
  commitment: Bytes;
  card: Bytes;
  /** Member id → hash of their box. */
  boxes: ReadonlyMap<Id, Bytes>;
  /** Who was gone since the epoch before → hash of the list of what they are known to have said. */
  closed: ReadonlyMap<Id, Bytes>;
}

/** What stood once an event was taken. Members are never changed in place. */
export interface Moment {
  id: Bytes;
  seq: number;
  time: number;
  type: EventType;
  author: Bytes;
  members: Members;
  epoch: Epoch | null;
  words: Words | null;
  /** No membership change since the newest epoch: messages may be sealed to it here. */
  settled: boolean;
}

/** A shorter window that waits until `at`, and the words and policy that would cancel it. */
export interface PendingWindow {
  at: number;
  window: number;
  words: Words;
  policy: Policy;
}

export interface Unlocker {
  kind: number;
  wrap: Bytes;
  verifier: Bytes;
}

/** What a replayed log says at its end. */
export class Log {
  createdAt = 0;
  circle: Bytes | null = null;
  kind: number = KIND.group;
  moments: Moment[] = [];
  bySeq = new Map<Id, number>();
  members: Members = new Map();
  invites = new Map<Id, Invite>();
  words: Words | null = null;
  policy: Policy | null = null;
  /** In a talk: with whom, and in which circle both are. */
  pair: Pair | null = null;
  /** The window in force, but for one that waits. */
  window = 0;
  pending: PendingWindow | null = null;
  epoch: Epoch | null = null;
  epochs = new Map<Id, Epoch>();
  /** Author of the event that needs an epoch next. */
  epochDue: Bytes | null = null;
  /** Left, removed or replaced since the newest epoch. */
  departed = new Set<Id>();
  usedIds = new Set<Id>();
  usedKeys = new Set<Id>();
  usedCommitments = new Set<Id>();
  extraEpochs: { author: Id; time: number }[] = [];
  lastRole = new Map<Id, number>();
  lastPolicy = 0;
  lastMembership: Bytes | null = null;
  /** Epoch → members who were given its key later, each with the hash of their box. */
  shared = new Map<Id, readonly { member: Id; box: Bytes }[]>();
  unlockers = new Map<Id, Unlocker>();
  usedUnlockers = new Set<Id>();
  /** The newest event that added a way in, and which. */
  unlockerAdded: { readonly seq: number; readonly id: Id } | null = null;

  get length(): number {
    return this.moments.length;
  }

  get head(): Moment | null {
    return this.moments.at(-1) ?? null;
  }

  /** The moment of this event, or null when it is not in the log. */
  at(id: Uint8Array): Moment | null {
    const seq = this.bySeq.get(toBase64(id));
    return seq === undefined ? null : (this.moments[seq] ?? null);
  }

  wordsAt(seq: number): Words | null {
    return this.moments[seq]?.words ?? null;
  }

  member(id: Uint8Array): Member | null {
    return this.members.get(toBase64(id)) ?? null;
  }

  isHost(id: Uint8Array, time: number): boolean {
    const member = this.member(id);
    return member !== null && member.termEnd >= time;
  }

  /** A log that can be carried on without touching this one. */
  copy(): Log {
    const fresh = Object.assign(new Log(), this);
    fresh.moments = [...this.moments];
    fresh.extraEpochs = [...this.extraEpochs];
    for (const name of ['bySeq', 'invites', 'epochs', 'lastRole', 'shared', 'unlockers'] as const) {
      Object.assign(fresh, { [name]: new Map<Id, unknown>(this[name]) });
    }
    for (const name of ['departed', 'usedIds', 'usedKeys', 'usedCommitments', 'usedUnlockers'] as const) {
      fresh[name] = new Set(this[name]);
    }
    return fresh;
  }

  /** Days after which talk fades, 0 for kept, as in force at `time`. */
  windowAt(time: number): number {
    return this.pending !== null && time >= this.pending.at ? this.pending.window : this.window;
  }
}

/** The circle a log is of; every rule but `create` runs inside one. */
export function circleOf(log: Log): Bytes {
  if (log.circle === null) throw new Failure('wrong_circle');
  return log.circle;
}

/** From the shortest to the longest; 0 keeps. */
export const WINDOWS: readonly number[] = [30, 90, 365, 0];

export function windowHolds(window: number): boolean {
  return WINDOWS.includes(window);
}

/** Are these values a policy may have, with every decider among `members`? */
export function policyHolds([window, size, visibility, deciders]: Policy, members: ReadonlySet<Id>): boolean {
  if (!windowHolds(window) || size < 2 || size > 100 || visibility > 1) return false;
  if (new Set(deciders.map(toBase64)).size !== deciders.length) return false;
  return deciders.every((id) => members.has(toBase64(id)));
}

/** Shapes of a log's events, field by field (SPEC.md section 4). */
import * as s from './shapes';
import { b16, b32, b64, bool, bytes, either, list, maybe, row, t32, u } from './shapes';

export const MOST_EVENT = 65_536;

export const words = row(b32, b32, maybe(b32));
export const policy = row(u, u, u, list(b16, 2), maybe(b32));
export const second = row(b16, b32, u, b64);
const replaces = row(b16, maybe(second));
const parting = row(bytes(), b64);
/** `[shared, head, other, sign_pk, box_pk, window, before]` */
export const pair = row(b32, b32, b16, b32, b32, u, maybe(b32));
const first = [b32, u, b16, b32, b32, maybe(b32), maybe(words), maybe(policy)] as const;

export const bodies = {
  create: either(row(...first), row(...first, pair)),
  invite: row(b32, b16, u, b32, b32, b32, bool),
  admit: row(bytes(), b64, b64, b32, maybe(replaces)),
  remove: row(b16, second),
  leave: row(maybe(parting)),
  name: row(b32),
  rekey: row(b32, b32, b64),
  role: row(b16, u, maybe(second)),
  policy: row(words, policy, maybe(second)),
  epoch: row(maybe(b32), list(row(b16, b32)), b32, b32, list(row(b16, b32))),
  heal: row(b32, u, list(b16), maybe(second)),
  history: row(b16, list(row(b32, b32), 512), maybe(second)),
  unlock: row(u, u, b16, b32, b32),
} as const;

export type EventType = keyof typeof bodies;
export type Body<T extends EventType> = s.Of<(typeof bodies)[T]>;

/** `[group b32, agreement b32, safeguarding b32?]`, commitments */
export type Words = s.Of<typeof words>;
/** `[window in days or 0, size, visibility, deciders, contact]` */
export type Policy = s.Of<typeof policy>;
/** `[second b16, head b32, expiry u, sig b64]` */
export type Second = s.Of<typeof second>;
/** What a talk's `create` says of the other member and the circle both are in. */
export type Pair = s.Of<typeof pair>;

export const wire = row(bytes(), b64);
export const frame = row(u, u, maybe(b32), u, maybe(b32), u, t32, b16, s.anything);

/** `[circle, invite, member, sign_pk, box_pk, name, agreement]` */
export const request = row(b32, b32, b16, b32, b32, b32, b32);
export type Request = s.Of<typeof request>;

/** `[circle, member, head, not_before]` */
export const partingBytes = row(b32, b16, b32, u);

const GROUP_TYPES: readonly EventType[] = [
  'create', 'invite', 'admit', 'remove', 'leave', 'name', 'rekey', 'role', 'policy', 'epoch', 'heal', 'history',
];
const OWN_TYPES: readonly EventType[] = ['create', 'epoch', 'rekey', 'heal', 'unlock'];
const TALK_TYPES: readonly EventType[] = ['create', 'epoch', 'heal', 'history'];
/** By kind: own, talk, group. */
export const TYPES = [OWN_TYPES, TALK_TYPES, GROUP_TYPES];

/** Epochs: a key for a time, its boxes, card and lists (SPEC.md section 5). */
import * as box from './box';
import { order, own, same, toBase64, type Bytes } from './bytes';
import { decode, encode } from './encoding';
import { isFailure, must } from './failures';
import { sign, verify } from './keys';
import { lock, unlock } from './lock';
import { circleOf, type Epoch, type Log, type Members } from './log-state';
import type { Body } from './log-shapes';
import { attachmentHash, h, pad, unpad, type Secret } from './primitives';
import * as s from './shapes';
import { baseKey, random } from './subtle';

const MOST_CARD = 262_144;
export const MOST_LISTED = 4096;

const opening = <T>(of: s.Shape<T>) => s.row(s.b32, of);
const affirmation = s.row(s.b32, s.b64);
const nameOpening = opening(s.t64);
const groupOpening = opening(s.t64);
const agreementOpening = opening(s.text(1, 16_000));
const safeguardingOpening = opening(s.text(1, 4000));
export const openings = { name: nameOpening, group: groupOpening, agreement: agreementOpening, safeguarding: safeguardingOpening };

/** `[random, text]`: what a commitment hides. */
export type Opening = s.Of<typeof nameOpening>;
/** `[agreement, signature]` */
export type Affirmation = s.Of<typeof affirmation>;
export type What = keyof typeof openings;

const cardEntry = s.row(s.b16, s.maybe(nameOpening), s.maybe(affirmation));
const card = s.row(groupOpening, agreementOpening, s.maybe(safeguardingOpening), s.list(cardEntry));
const ownCard = s.row(s.nothing, s.nothing, s.nothing, s.list(s.row(s.b16, s.nothing, s.nothing)));
/** `[group, agreement, safeguarding, [[member, name, affirmation]]]` */
export type Card = s.Of<typeof card>;

export function commit(what: What, [r, text]: Opening): Bytes {
  return h('commit', what, r, text);
}

export function hide(text: string): Opening {
  return [random(32), text.normalize('NFC')];
}

/** Does the opening show what was committed to? */
export function opens(what: What, hidden: Opening | null, commitment: Bytes | null): boolean {
  return hidden !== null && commitment !== null && same(commit(what, hidden), commitment);
}

export function keyCommitment(circle: Bytes, key: Bytes): Bytes {
  return h('key-commitment', circle, key);
}

export async function affirm(key: CryptoKey, circle: Bytes, member: Bytes, agreement: Bytes): Promise<Affirmation> {
  return [agreement, await sign(key, 'affirm', circle, member, agreement)];
}

/** Did this member say yes to this agreement, with the key they have now? */
export async function affirmed(circle: Bytes, member: Bytes, signPk: Bytes, given: Affirmation | null): Promise<boolean> {
  if (given === null) return false;
  try {
    await verify(signPk, given[1], 'affirm', circle, member, given[0]);
    return true;
  } catch (wrong) {
    if (isFailure(wrong)) return false;
    throw wrong;
  }
}

export async function sealCard(key: Secret, circle: Bytes, prev: Bytes, body: Card | null, members: readonly Bytes[]): Promise<Bytes> {
  const bytes = encode(body ?? [null, null, null, members.map((id) => [id, null, null])]);
  return await lock(key, pad(bytes, MOST_CARD), 'card', circle, prev);
}

/** Null for the card of a circle of one's own, which holds no words. */
export async function openCard(key: Secret, circle: Bytes, prev: Bytes, sealed: Bytes): Promise<Card | null> {
  const bytes = unpad(await unlock(key, sealed, 'card', circle, prev), MOST_CARD);
  const body = decode(bytes, s.either(card, ownCard), MOST_CARD);
  return body[0] === null ? null : (body as Card);
}

export function writeList(hashes: readonly Bytes[]): Bytes {
  const sorted = [...hashes].sort(order);
  return pad(encode(sorted), MOST_CARD);
}

export function readList(padded: Bytes): Bytes[] {
  const hashes = decode(unpad(padded, MOST_CARD), s.list(s.b32, MOST_LISTED), MOST_CARD);
  must(hashes.every((hash, i) => i === 0 || order(hashes[i - 1] ?? hash, hash) < 0), 'not_canonical');
  return hashes;
}

/** An opened epoch: the key, which scripts cannot read again. */
export interface EpochKey {
  id: Bytes;
  key: CryptoKey;
}

/** Opens this member's box; a box or key that does not fit is `bad_box`. */
export async function openBox(
  keys: box.BoxKey,
  circle: Bytes,
  epoch: Pick<Epoch, 'prev' | 'commitment'>,
  me: Bytes,
  sealed: Bytes,
): Promise<CryptoKey> {
  const key = await openBoxBytes(keys, circle, epoch.prev, me, sealed);
  must(key !== null && same(keyCommitment(circle, key), epoch.commitment), 'bad_box');
  return await baseKey(key);
}

async function openBoxBytes(keys: box.BoxKey, circle: Bytes, prev: Bytes, me: Bytes, sealed: Bytes): Promise<Bytes | null> {
  try {
    const key = await box.open(keys, sealed, 'box', circle, prev, me);
    return key.length === 32 ? key : null;
  } catch (wrong) {
    if (isFailure(wrong)) return null;
    throw wrong;
  }
}

/** An epoch about to be sent: its event body, and what goes with it. */
export interface NewEpoch {
  body: Body<'epoch'>;
  attachments: Bytes[];
  key: CryptoKey;
}

export interface EpochPlan {
  circle: Bytes;
  /** The event before the epoch event. */
  prev: Bytes;
  previous: Bytes | null;
  members: Members;
  /** Null in a circle of one's own. */
  card: Card | null;
  /** Who is gone since the epoch before, with the hashes of what they are known to have said. */
  closed: ReadonlyMap<string, { id: Bytes; hashes: readonly Bytes[] }>;
}

function byId<T extends { id: Bytes }>(some: Iterable<T>): T[] {
  return [...some].sort((a, b) => order(a.id, b.id));
}

export async function makeEpoch(plan: EpochPlan): Promise<NewEpoch> {
  const { circle, prev } = plan;
  const raw = random(32);
  const key = await baseKey(raw);
  const members = byId(plan.members.values());
  const boxes = await Promise.all(members.map(({ boxPk, id }) => box.seal(boxPk, raw, 'box', circle, prev, id)));
  const sealedCard = await sealCard(key, circle, prev, plan.card, members.map(({ id }) => id));
  const closed = byId(plan.closed.values()).map(({ id, hashes }) => ({ id, list: writeList(hashes.slice(-MOST_LISTED)) }));
  const body: Body<'epoch'> = [
    plan.previous,
    members.map(({ id }, i) => [id, attachmentHash(boxes[i] ?? own(raw))]),
    keyCommitment(circle, raw),
    attachmentHash(sealedCard),
    closed.map(({ id, list }) => [id, attachmentHash(list)]),
  ];
  raw.fill(0);
  return { body, attachments: [...boxes, sealedCard, ...closed.map(({ list }) => list)], key };
}

/** Which opening of a card is true to the log; false is shown as *unverified*. */
export function checkCard(log: Log, body: Card): { group: boolean; agreement: boolean; safeguarding: boolean; names: ReadonlyMap<string, string> } {
  const [group, agreement, safeguarding, entries] = body;
  const names = new Map<string, string>();
  for (const [id, name] of entries) {
    const member = log.member(id);
    if (name !== null && opens('name', name, member?.name ?? null)) names.set(toBase64(id), name[1]);
  }
  const words = log.words;
  circleOf(log);
  return {
    group: opens('group', group, words?.[0] ?? null),
    agreement: opens('agreement', agreement, words?.[1] ?? null),
    safeguarding: words?.[2] == null ? safeguarding === null : opens('safeguarding', safeguarding, words[2]),
    names,
  };
}

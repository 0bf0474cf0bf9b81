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
const card = s.row(s.maybe(groupOpening), s.maybe(agreementOpening), s.maybe(safeguardingOpening), s.list(cardEntry));
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

export async function sealCard(key: Secret, circle: Bytes, prev: Bytes, body: Card): Promise<Bytes> {
  return await lock(key, pad(encode(body), MOST_CARD), 'card', circle, prev);
}

/** What an event names by hash, and nothing else: `wrong_attachment`. */
function isNamed(hash: Bytes | undefined, bytes: Bytes): void {
  must(hash !== undefined && same(hash, attachmentHash(bytes)), 'wrong_attachment');
}

function ascend(ids: readonly Bytes[]): boolean {
  return ids.every((id, i) => i === 0 || order(ids[i - 1] ?? id, id) < 0);
}

/** The body of a card. Nothing in it is believed yet: see `readCard`. */
export async function openCard(key: Secret, circle: Bytes, epoch: Pick<Epoch, 'prev' | 'card'>, sealed: Bytes): Promise<Card> {
  isNamed(epoch.card, sealed);
  const bytes = unpad(await unlock(key, sealed, 'card', circle, epoch.prev), MOST_CARD);
  const body = decode(bytes, card, MOST_CARD);
  must(ascend(body[3].map(([id]) => id)), 'not_canonical');
  return body;
}

export function writeList(hashes: readonly Bytes[]): Bytes {
  const sorted = [...hashes].sort(order);
  const once = sorted.filter((hash, i) => i === 0 || order(sorted[i - 1] ?? hash, hash) !== 0);
  return pad(encode(once), MOST_CARD);
}

/** The hashes of the messages of someone gone that the epoch's author knew. */
export function readList(epoch: Pick<Epoch, 'closed'>, member: Bytes, padded: Bytes): Bytes[] {
  isNamed(epoch.closed.get(toBase64(member)), padded);
  const hashes = decode(unpad(padded, MOST_CARD), s.list(s.b32, MOST_LISTED), MOST_CARD);
  must(ascend(hashes), 'not_canonical');
  return hashes;
}

/** Opens this member's box; a box or key that does not fit is `bad_box`. */
export async function openBox(
  keys: box.BoxKey,
  circle: Bytes,
  epoch: Pick<Epoch, 'prev' | 'commitment' | 'boxes'>,
  me: Bytes,
  sealed: Bytes,
): Promise<CryptoKey> {
  isNamed(epoch.boxes.get(toBase64(me)), sealed);
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
  card: Card;
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
  const sealedCard = await sealCard(key, circle, prev, plan.card);
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

/** What a card says and the log bears out; whatever is missing was left out or is not true. */
export interface ReadCard {
  group: string | null;
  agreement: string | null;
  safeguarding: string | null;
  names: ReadonlyMap<string, string>;
  affirmed: ReadonlyMap<string, Affirmation>;
  /** Names of what is not to be believed, and ids of members without a name. */
  unverified: string[];
}

function readWords(log: Log, [group, agreement, safeguarding]: Card): Pick<ReadCard, 'group' | 'agreement' | 'safeguarding' | 'unverified'> {
  const unverified: string[] = [];
  const read = (what: 'group' | 'agreement' | 'safeguarding', opening: Opening | null, at: 0 | 1 | 2) => {
    const commitment = log.words?.[at] ?? null;
    if (opens(what, opening, commitment)) return opening?.[1] ?? null;
    if (opening !== null || commitment !== null) unverified.push(what);
    return null;
  };
  return {
    group: read('group', group, 0),
    agreement: read('agreement', agreement, 1),
    safeguarding: read('safeguarding', safeguarding, 2),
    unverified,
  };
}

export async function readCard(log: Log, body: Card): Promise<ReadCard> {
  const names = new Map<string, string>();
  const affirmed_ = new Map<string, Affirmation>();
  for (const [id, name, given] of body[3]) {
    const member = log.member(id);
    if (member === null) continue;
    if (name !== null && opens('name', name, member.name)) names.set(toBase64(id), name[1]);
    if (given !== null && (await affirmed(circleOf(log), id, member.signPk, given))) affirmed_.set(toBase64(id), given);
  }
  const words = readWords(log, body);
  const nameless = [...log.members.values()].map(({ id }) => id).sort(order).map(toBase64);
  words.unverified.push(...nameless.filter((id) => !names.has(id)));
  return { ...words, names, affirmed: affirmed_ };
}

/** Messages: sealed, signed, and bound to who, where and when (SPEC.md section 6). */
import { same, toBase64, type Bytes } from './bytes';
import { readContent, type Content } from './content';
import { decode, encode, type Value } from './encoding';
import { must } from './failures';
import { sign, verify } from './keys';
import type { Log, Member, Moment } from './log-state';
import { h, kdf, mac, pad, unpad, type Secret } from './primitives';
import { b16, b32, b64, bool, bytes, maybe, row, u } from './shapes';
import { gcmOpen, gcmSeal, random } from './subtle';

export const MOST_ENVELOPE = 17_408;
const MOST_SEALED = 16_384;

const envelope = row(bytes(), bytes());
const headerShape = row(u, u, b32, b32, b32, b16, b16, u, maybe(b32), b16, bool, b32);
const inside = row(bytes(), b64);

export interface Header {
  circle: Bytes;
  epoch: Bytes;
  head: Bytes;
  author: Bytes;
  stream: Bytes;
  counter: number;
  prev: Bytes | null;
  id: Bytes;
  keep: boolean;
}

/** An envelope with its header read, and nothing judged yet. */
export interface Envelope extends Header {
  bytes: Bytes;
  header: Bytes;
  header0: Bytes;
  commitment: Bytes;
  sealed: Bytes;
  /** The message's own hash, by which others name it. */
  hash: Bytes;
}

export function messageHash(header: Bytes): Bytes {
  return h('message-id', header);
}

function first(header: Header): Value[] {
  const { circle, epoch, head, author, stream, counter, prev, id, keep } = header;
  return [1, 1, circle, epoch, head, author, stream, counter, prev, id, keep];
}

export function readEnvelope(bytes_: Bytes): Envelope {
  const [header, sealed] = decode(bytes_, envelope, MOST_ENVELOPE);
  return { ...readHeader(header), bytes: bytes_, sealed };
}

/** A header, with nothing judged yet. */
export function readHeader(header: Bytes): Omit<Envelope, 'bytes' | 'sealed'> {
  const fields = decode(header, headerShape, MOST_ENVELOPE);
  const [v, suite, circle, epoch, head, author, stream, counter, prev, id, keep, commitment] = fields;
  must(v === 1, 'unknown_version');
  must(suite === 1, 'unknown_suite');
  must(prev !== null || counter === 0, 'not_canonical');
  const known = { circle, epoch, head, author, stream, counter, prev, id, keep };
  const header0 = encode(first(known));
  return { ...known, header, header0, commitment, hash: messageHash(header) };
}

/** Who wrote it, as they stood at its head; the part of acceptance that the log alone decides. */
export function acceptAt(log: Log, message: Header): { author: Member; moment: Moment } {
  must(log.circle !== null && same(message.circle, log.circle), 'wrong_circle');
  const moment = log.at(message.head);
  must(moment !== null, 'unknown_head');
  const newest = moment.epoch;
  must(newest !== null && same(newest.id, message.epoch) && moment.settled, 'wrong_epoch');
  const author = moment.members.get(toBase64(message.author));
  must(author !== undefined, 'not_a_member');
  return { author, moment };
}

interface MessageKeys {
  franking: Bytes;
  key: Bytes;
  nonce: Bytes;
}

/** kf: it checks C of one message, and opens nothing. */
export async function frankingKey(k: Secret, { id, circle, author }: Header): Promise<Bytes> {
  return await kdf(k, id, 32, 'frank', circle, author);
}

async function messageKeys(k: Secret, id: Bytes, header: Bytes): Promise<Omit<MessageKeys, 'franking'>> {
  const o = await kdf(k, id, 44, 'message-key', header);
  return { key: o.slice(0, 32), nonce: o.slice(32) };
}

export interface Opened {
  content: Content;
  contentBytes: Bytes;
  signature: Bytes;
}

/** Opens a message that was accepted; refuses before anything of it can be shown. */
export async function openMessage(k: Secret, author: Pick<Member, 'signPk'>, message: Envelope): Promise<Opened> {
  const [{ key, nonce }, franking] = await Promise.all([messageKeys(k, message.id, message.header), frankingKey(k, message)]);
  const padded = await gcmOpen(key, nonce, message.header, message.sealed);
  const [contentBytes, signature] = decode(unpad(padded, MOST_SEALED), inside, MOST_SEALED);
  const c = mac(franking, 'franking', message.header0, contentBytes, signature);
  must(same(c, message.commitment), 'bad_commitment');
  await verify(author.signPk, signature, 'message', message.header0, contentBytes);
  return { content: readContent(contentBytes, message.keep), contentBytes, signature };
}

/** An envelope whose header is fixed by `header`, whose id is to be new each time. */
export async function sealMessage(k: Secret, signKey: CryptoKey, header: Header, content: Bytes): Promise<Bytes> {
  const header0 = encode(first(header));
  const signature = await sign(signKey, 'message', header0, content);
  const padded = pad(encode([content, signature]), MOST_SEALED);
  const c = mac(await frankingKey(k, header), 'franking', header0, content, signature);
  const whole = encode([...first(header), c]);
  const { key, nonce } = await messageKeys(k, header.id, whole);
  const bytes_ = encode([whole, await gcmSeal(key, nonce, whole, padded)]);
  must(bytes_.length <= MOST_ENVELOPE, 'too_long');
  return bytes_;
}

export function freshId(): Bytes {
  return random(16);
}


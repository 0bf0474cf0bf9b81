/** Reports: messages shown to those who decide, each one proved, and nothing else opened (SPEC.md section 15). */
import { LONGEST_TALK, REPORT_REST, REPORT_TALK_REST, type AsideRest } from './asides';
import * as box from './box';
import { order, same, toBase64, type Bytes } from './bytes';
import { readContent, type Content } from './content';
import { decode, encode, type Value } from './encoding';
import { Failure, must } from './failures';
import { sign, verify } from './keys';
import { replay } from './log';
import type { Id, Log } from './log-state';
import { acceptAt, frankingKey, readHeader, type Envelope, type Opened } from './message';
import { attachmentHash, mac, pad, unpad, type Secret } from './primitives';
import * as s from './shapes';
import { b16, b64, bytes, row, t32, text, u } from './shapes';
import { check } from './talks';

const MOST_REPORT = 65_536;
const MOST_ANSWER = 32_768;

const rests = {
  report: REPORT_REST,
  'report-talk': REPORT_TALK_REST,
  appeal: row(b16, text(0, 16_000), text(0, 1000), text(1, 4000)),
} as const;

export type ReportType = keyof typeof rests;
export type ReportRest<T extends ReportType> = s.Of<(typeof rests)[T]>;
/** Header, content, signature, and the key that checks C. */
export type Pick = AsideRest<'report'>[1][number];
export type Head = Omit<Envelope, 'bytes' | 'sealed'>;

/** One reported message, proved. */
export interface Shown {
  header: Head;
  content: Exclude<Content, { type: 'later' }>;
}

/** To whom a report goes: the first two of those who may decide, or nobody. */
export function recipients(log: Log, reporter: Id, authors: readonly Id[]): Id[] {
  const named = (log.policy?.[3] ?? []).map(toBase64).filter((id) => log.members.has(id));
  const byTime = [...log.members].sort(([, a], [, b]) => a.admittedSeq - b.admittedSeq).map(([id]) => id);
  const may = [...new Set([...named, ...byTime])].filter((id) => id !== reporter && !authors.includes(id));
  return may.length < 2 ? [] : may.slice(0, 2);
}

/** The row that shows one message. `k`: of its epoch; only what checks C is made of it. */
export async function pick(k: Secret, message: Head, { contentBytes, signature }: Opened): Promise<Pick> {
  return [message.header, contentBytes, signature, await frankingKey(k, message)];
}

/** One row, proved, or the first failure of section 15. */
export async function readPick(log: Log, [raw, content, signature, frank]: Pick): Promise<Shown> {
  const header = readHeader(raw);
  const { author } = acceptAt(log, header);
  must(same(mac(frank, 'franking', header.header0, content, signature), header.commitment), 'bad_commitment');
  await verify(author.signPk, signature, 'message', header.header0, content);
  const read = readContent(content, header.keep);
  if (read.type === 'later') throw new Failure('unknown_type');
  return { header, content: read };
}

/** What of a talk's log goes along, up to the event at `last`; more than 64 is `too_long`. */
export function talkLog(wires: readonly Bytes[], last: number): Bytes[] {
  must(last < LONGEST_TALK, 'too_long');
  return wires.slice(0, last + 1);
}

/** The talk of a report, held against the group's log: its picks are read against it. Whoever reports is one of the two. */
export async function readTalk(shared: Log, reporter: Id, wires: readonly Bytes[]): Promise<Log> {
  const talk = await replay(wires);
  check(shared, talk);
  must(talk.members.has(reporter), 'not_a_member');
  return talk;
}

const inside = row(bytes(), b64);
const frame = s.list(s.anything);
const start = row(u, t32);

export interface From {
  circle: Bytes;
  from: Bytes;
}

/** The box for the contact, and the signature with which the server takes it. */
export async function sealReport<T extends ReportType>(
  key: CryptoKey,
  contact: Bytes,
  { circle, from }: From,
  type: T,
  time: number,
  rest: ReportRest<T>,
): Promise<{ sealed: Bytes; signature: Bytes }> {
  const id = rest[0];
  const content = encode([time, type, ...(rest as readonly Value[])]);
  const noted = await sign(key, 'report-note', circle, from, id, content);
  const sealed = await box.seal(contact, pad(encode([content, noted]), MOST_REPORT), 'report', circle, from, id);
  return { sealed, signature: await sign(key, 'report-put', circle, from, id, attachmentHash(sealed)) };
}

/** For the contact's own page, should there be one, and for the vectors. */
export async function openReport(
  contact: box.BoxKey,
  { circle, from, signPk, id }: From & { signPk: Bytes; id: Bytes },
  sealed: Bytes,
): Promise<unknown[]> {
  const padded = await box.open(contact, sealed, 'report', circle, from, id);
  const [content, signature] = decode(unpad(padded, MOST_REPORT), inside, MOST_REPORT);
  await verify(signPk, signature, 'report-note', circle, from, id, content);
  const whole = decode(content, frame, MOST_REPORT);
  const head = whole.slice(0, 2);
  must(start(head), 'not_canonical');
  const type = head[1];
  must(Object.hasOwn(rests, type), 'unknown_type');
  const rest: unknown = whole.slice(2);
  const shape: s.Shape<readonly [Bytes, ...unknown[]]> = rests[type as ReportType] as never;
  must(shape(rest) && same(rest[0], id), 'not_canonical');
  return whole;
}

/** What the contact answered. */
export async function openAnswer(mine: box.BoxKey, circle: Bytes, id: Bytes, sealed: Bytes): Promise<{ time: number; words: string }> {
  const padded = await box.open(mine, sealed, 'report-answer', circle, id);
  const [time, words] = decode(unpad(padded, MOST_ANSWER), row(u, text(0, 4000)), MOST_ANSWER);
  return { time, words };
}

/** Hashes in the order in which a report names them. */
export function inOrder(hashes: readonly Bytes[]): Bytes[] {
  return [...hashes].sort(order).slice(0, 32);
}

/** Notes from one member to one other about something pending (SPEC.md section 9). */
import * as box from './box';
import type { Bytes } from './bytes';
import { decode, encode, type Value } from './encoding';
import { must } from './failures';
import { sign, verify } from './keys';
import { pad, unpad } from './primitives';
import * as s from './shapes';
import { b16, b32, b64, bytes, row, t32, text, u } from './shapes';

const MOST_ASIDE = 32_768;

/** Picked messages, hashes beside them, and the words of whoever reports: section 15. */
const shown = [s.list(row(bytes(), bytes(), b64, b32), 16), s.list(b32, 32), text(0, 1000)] as const;
export const REPORT_REST = row(b16, ...shown);
/** Of a talk: its log, so that whoever reads it can hold it against the group's. */
export const LONGEST_TALK = 64;
export const REPORT_TALK_REST = row(b16, s.list(bytes(), LONGEST_TALK), ...shown);

const rests = {
  'second-remove': row(b16, b32, b16, b32, u, b64, text(0, 1000)),
  'may-know': row(b32, text(0, 400)),
  'ask-replaces': row(b32, b16, bytes(), text(0, 400)),
  'second-replaces': row(b32, b16, b32, b32, u, b64),
  report: REPORT_REST,
  'report-talk': REPORT_TALK_REST,
  'report-state': row(b16, u, text(0, 1000)),
  folded: row(b32, text(0, 1000)),
  'before-remove': row(text(1, 1000)),
  'not-removed': row(b16),
  'second-history': row(b16, s.list(b32, 512), b32, u, b64),
  'missed-key': row(s.list(b32, 16)),
  'second-heal': row(b32, u, s.list(b16), b32, u, b64),
} as const;

export type AsideType = keyof typeof rests;
export type AsideRest<T extends AsideType> = s.Of<(typeof rests)[T]>;
export type Aside =
  | { [T in AsideType]: { type: T; time: number; rest: AsideRest<T> } }[AsideType]
  | { type: 'later'; time: number };

const inside = row(bytes(), b64);
const frame = s.list(s.anything);
const start = row(u, t32);

export interface Between {
  circle: Bytes;
  from: Bytes;
  to: Bytes;
}

export async function sealAside<T extends AsideType>(
  key: CryptoKey,
  toBoxPk: Bytes,
  { circle, from, to }: Between,
  type: T,
  time: number,
  rest: AsideRest<T>,
): Promise<Bytes> {
  const content = encode([time, type, ...(rest as readonly Value[])]);
  const signature = await sign(key, 'aside-note', circle, from, to, content);
  return await box.seal(toBoxPk, pad(encode([content, signature]), MOST_ASIDE), 'aside', circle, from, to);
}

export async function openAside(mine: box.BoxKey, fromSignPk: Bytes, { circle, from, to }: Between, sealed: Bytes): Promise<Aside> {
  const padded = await box.open(mine, sealed, 'aside', circle, from, to);
  const [content, signature] = decode(unpad(padded, MOST_ASIDE), inside, MOST_ASIDE);
  await verify(fromSignPk, signature, 'aside-note', circle, from, to, content);
  const whole = decode(content, frame, MOST_ASIDE);
  const head = whole.slice(0, 2);
  must(start(head), 'not_canonical');
  const [time, type] = head;
  if (!Object.hasOwn(rests, type)) return { type: 'later', time };
  const rest = whole.slice(2);
  must(rests[type as AsideType](rest), 'not_canonical');
  return { type, time, rest } as unknown as Aside;
}

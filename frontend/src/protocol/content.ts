/** What a message says once it is open: SPEC.md section 6, "Content by type". */
import type { Bytes } from './bytes';
import { decode, encode, type Value } from './encoding';
import { openings } from './epoch';
import { must } from './failures';
import { policy } from './log-shapes';
import * as s from './shapes';
import { b16, b32, b64, bool, maybe, row, t16, t32, t64, text, u } from './shapes';

export const MOST_CONTENT = 16_000;

const rests = {
  say: row(t16, maybe(b32), maybe(text(0, 200)), u, text(1, 8000)),
  voice: row(t16, maybe(b32), maybe(text(0, 200)), u, text(1, 400), b16, u, u, b32),
  'voice-part': row(b16, u, s.bytes()),
  hear: row(b32),
  'take-back': row(b32),
  affirm: row(b32, b64),
  'propose-policy': row(
    openings.group, openings.agreement, maybe(openings.safeguarding), policy, b32, u, b64, text(0, 1000),
  ),
  'propose-role': row(b16, u, b32, u, b64),
  choice: row(t32, t32),
  fold: row(b32),
  quiet: row(b16, b16, text(0, 1000)),
  decision: row(t32, maybe(b16), text(0, 1000)),
  'propose-remove': row(b16, b32, b16, b32, u, b64, text(1, 1000)),
  'lets-talk': row(b32),
  meeting: row(b16, u, b32, text(0, 80), text(0, 200), text(0, 400), text(0, 400), text(0, 300)),
  coming: row(b16, t16, u),
  'left-words': row(text(0, 500)),
  'left-opened': row(b16, b32),
  'up-for': row(t64, s.list(row(u, u, u), 28), u, bool, bool),
  number: row(text(0, 40)),
  rang: row(),
} as const;

export type ContentType = keyof typeof rests;
export type Rest<T extends ContentType> = s.Of<(typeof rests)[T]>;
export const WANTS = { none: 0, listen: 1, beenThere: 2, ideas: 3 } as const;
/** Whether a type is kept beyond the window. A take-back is kept as its target is. */
const KEEPS: Readonly<Partial<Record<ContentType, boolean>>> = {
  say: false, voice: false, 'voice-part': false, hear: false, affirm: true, 'propose-policy': true, 'propose-role': true, choice: true,
  fold: false, quiet: true, decision: true, 'propose-remove': true, 'lets-talk': true, meeting: true, coming: true,
  'left-words': true, 'left-opened': true, 'up-for': true, number: true, rang: false,
};

export function keeps(type: ContentType): boolean {
  return KEEPS[type] ?? false;
}

interface Said<T extends ContentType> {
  type: T;
  time: number;
  after: Bytes[];
  rest: Rest<T>;
}

/** A message's content; a type from a later version is `later`: reload to read this. */
export type Content = { [T in ContentType]: Said<T> }[ContentType] | { type: 'later'; time: number };

const frame = s.list(s.anything);
const start = row(u, s.list(b32, 4), t32);

function isKnown(type: string): type is ContentType {
  return Object.hasOwn(rests, type);
}

/** `keep` is the bit of the header, which has to fit the type. */
export function readContent(bytes: Bytes, keep: boolean): Content {
  const whole = decode(bytes, frame, MOST_CONTENT);
  const head = whole.slice(0, 3);
  must(start(head), 'not_canonical');
  const [time, after, type] = head;
  if (!isKnown(type)) return { type: 'later', time };
  const rest = whole.slice(3);
  must(rests[type](rest) && (KEEPS[type] ?? keep) === keep, 'not_canonical');
  return { type, time, after, rest } as unknown as Content;
}

/** Over 16,000 bytes: `too_long`. */
export function writeContent<T extends ContentType>(type: T, time: number, after: readonly Bytes[], rest: Rest<T>): Bytes {
  must(rests[type](rest) && after.length <= 4, 'not_canonical');
  const bytes = encode([time, after, type, ...(rest as readonly Value[])]);
  must(bytes.length <= MOST_CONTENT, 'too_long');
  return bytes;
}


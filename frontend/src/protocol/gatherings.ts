/** A group's meeting by voice: what its signals are called by, and what is said on a line of it (SPEC.md section 20). */
import { toBase64, type Bytes } from './bytes';
import { decode, encode } from './encoding';
import { must } from './failures';
import { h } from './primitives';
import * as s from './shapes';
import { b16, bool, list, maybe, row, u } from './shapes';

export const MOST_VOICES = 8;
export const MINUTES = [1, 2, 3, 5] as const;
const MOST_SAID = 512;
export const MOST_SPENT = 36_000;
const VERSION = 1;

const members = list(b16, MOST_VOICES);
const round = row(u, u, u, b16, members, members, u, bool);
const said = row(u, bool, bool, u, maybe(round));

/** `[kind, minutes, began, by, order, past, spent, over]` */
export type SaidRound = s.Of<typeof round>;

/** One's own state, as one says it to each other. */
export interface Said {
  mic: boolean;
  open: boolean;
  hand: number;
  round: SaidRound | null;
}

/** What a group's meeting by voice is called in signals: each group has one. */
export function gatheringOf(circle: Bytes): Bytes {
  return h('gathering', circle).slice(0, 16);
}

export function writeSaid({ mic, open, hand, round: its }: Said): Bytes {
  return encode([VERSION, mic, open, hand, its]);
}

/** Throws `not_canonical`, `unknown_version`. */
export function readSaid(raw: Bytes): Said {
  const whole = decode(raw, s.list(s.anything), MOST_SAID);
  const [version] = whole;
  must(u(version), 'not_canonical');
  must(version === VERSION, 'unknown_version');
  must(said(whole), 'not_canonical');
  const [, mic, open, hand, its] = whole;
  must(mic || !open, 'not_canonical');
  must(its === null || isRound(its), 'not_canonical');
  return { mic, open, hand, round: its };
}

function isRound([kind, minutes, , , order, past, spent]: SaidRound): boolean {
  const [all, gone] = [new Set(order.map(toBase64)), new Set(past.map(toBase64))];
  return (
    (kind === 1 || kind === 2) && (MINUTES as readonly number[]).includes(minutes) &&
    order.length > 0 && all.size === order.length && gone.size === past.length && [...gone].every((one) => all.has(one)) &&
    spent <= MOST_SPENT
  );
}

/** Of two rounds that began at the same moment by the same hand, the one with the lower bytes counts. */
export function roundBytes([kind, minutes, , , order]: SaidRound): Bytes {
  return encode([kind, minutes, order]);
}

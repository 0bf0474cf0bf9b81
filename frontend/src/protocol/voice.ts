/** What somebody spoke: cut into pieces that fit into messages, and put together again whole or not at all (SPEC.md section 19). */
import { join, same, toBase64, type Bytes } from './bytes';
import { must } from './failures';
import { h } from './primitives';

export const PIECE = 15_000;
export const MOST_PARTS = 12;
export const MOST_MS = 60_000;

export interface Note {
  voice: Bytes;
  parts: number;
  ms: number;
  whole: Bytes;
}

export interface Piece {
  at: number;
  sound: Bytes;
}

export interface Whose {
  circle: Bytes;
  author: Bytes;
}

/** The hash of a whole file, as its `voice` message names it. */
export function wholeOf({ circle, author }: Whose, voice: Bytes, file: Bytes): Bytes {
  return h('voice', circle, author, voice, file);
}

/** The pieces of a file of 1 to 180,000 bytes; `too_long`, or `bad_voice` where there is nothing. */
export function cut(file: Bytes): Bytes[] {
  must(file.length <= PIECE * MOST_PARTS, 'too_long');
  must(file.length > 0, 'bad_voice');
  return Array.from({ length: Math.ceil(file.length / PIECE) }, (_, at) => file.slice(at * PIECE, (at + 1) * PIECE));
}

/** The file, or `bad_voice`, `part_doubled`, `part_missing`, `wrong_sound`, in this order. */
export function putTogether(whose: Whose, { voice, parts, ms, whole }: Note, pieces: readonly Piece[]): Bytes {
  must(parts >= 1 && parts <= MOST_PARTS && ms >= 1 && ms <= MOST_MS, 'bad_voice');
  const held = new Map<number, Bytes>();
  for (const { at, sound } of pieces) {
    const other = held.get(at);
    must(other === undefined || toBase64(other) === toBase64(sound), 'part_doubled');
    held.set(at, sound);
  }
  const inOrder = Array.from({ length: parts }, (_, at) => held.get(at));
  must(inOrder.every((sound) => sound !== undefined), 'part_missing');
  const file = join(...(inOrder as Bytes[]));
  must(held.size === parts && same(wholeOf(whose, voice, file), whole), 'wrong_sound');
  return file;
}

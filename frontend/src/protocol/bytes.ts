/** Byte strings: joining, comparing, and their written forms. */
import { Failure } from './failures';

export type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = new TextEncoder();

export const EMPTY: Bytes = new Uint8Array(0);

export function textBytes(text: string): Bytes {
  return utf8.encode(text) as Bytes;
}

/** The same bytes, in memory of their own that is never shared with another thread. */
export function own(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}

export function join(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Takes the same time wherever the difference stands. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** Less than zero, zero or more than zero: the order of bytes, a shorter prefix first. */
export function order(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

export function fromHex(hex: string): Bytes {
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new Failure('not_canonical');
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** What each letter stands for, by its code; -1 where it is none. */
const SIXES = new Int8Array(256).fill(-1);
for (let six = 0; six < 64; six++) SIXES[LETTERS.charCodeAt(six)] = six;

// By hand, because ids are made and read everywhere, and this is several times as fast as `btoa` and `atob`.

/** base64url without padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += LETTERS[three >> 18]! + LETTERS[(three >> 12) & 63]!;
    if (i + 1 < bytes.length) text += LETTERS[(three >> 6) & 63]!;
    if (i + 2 < bytes.length) text += LETTERS[three & 63]!;
  }
  return text;
}

/** Refuses padding, other characters and non-zero trailing bits as `not_canonical`. */
export function fromBase64(text: string): Bytes {
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let [at, bits, have, seen] = [0, 0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const six = SIXES[text.charCodeAt(i)] ?? -1;
    seen |= six;
    bits = (bits << 6) | six;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    bytes[at++] = bits >> have;
    bits &= (1 << have) - 1;
  }
  if (seen < 0 || bits !== 0 || text.length % 4 === 1) throw new Failure('not_canonical');
  return bytes;
}

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

const CHUNK = 8192;

/** base64url without padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Refuses padding, other characters and non-zero trailing bits as `not_canonical`. */
export function fromBase64(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new Failure('not_canonical');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const tail = text.length - (text.length % 4 || 4);
  const whole = Math.floor(tail / 4) * 3;
  if (toBase64(bytes.subarray(whole)) !== text.slice(tail)) throw new Failure('not_canonical');
  return bytes;
}

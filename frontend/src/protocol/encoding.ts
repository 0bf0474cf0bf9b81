/**
 * `enc` and `decode` of SPEC.md section 1: deterministic CBOR without maps, tags or floats.
 * What was not written by `encode` to the last bit is refused, always as `not_canonical`.
 */
import { decode as decodeCbor, encode as encodeCbor, Tokenizer, Type, type Token } from 'cborg';
import { own, same, type Bytes } from './bytes';
import { Failure, must } from './failures';
import type { Shape } from './shapes';

export type Value = number | string | boolean | null | Uint8Array | readonly Value[];

const MOST_DEPTH = 16;
const HEAD_LENGTHS: Readonly<Record<number, number>> = { 24: 1, 25: 2, 26: 4, 27: 8 };

/** Refuses what has no place in the encoding: a fraction, a negative number, text that is not NFC. */
function check(value: Value, depth: number): void {
  if (typeof value === 'number') must(Number.isSafeInteger(value) && value >= 0, 'not_canonical');
  else if (typeof value === 'string') must(isText(value), 'not_canonical');
  else if (Array.isArray(value)) {
    must(depth < MOST_DEPTH, 'not_canonical');
    for (const item of value as readonly Value[]) check(item, depth + 1);
  } else must(value === null || typeof value === 'boolean' || value instanceof Uint8Array, 'not_canonical');
}

function isText(value: string): boolean {
  return !/\p{Surrogate}/u.test(value) && value === value.normalize('NFC');
}

export function encode(value: Value): Bytes {
  check(value, 0);
  return own(encodeCbor(value));
}

interface Head {
  major: number;
  argument: number;
  next: number;
}

function readHead(data: Uint8Array, at: number): Head {
  const first = data[at];
  must(first !== undefined, 'not_canonical');
  const major = first >> 5;
  const minor = first & 31;
  if (minor < 24) return { major, argument: minor, next: at + 1 };
  const length = HEAD_LENGTHS[minor];
  must(length !== undefined && at + 1 + length <= data.length, 'not_canonical');
  let argument = 0;
  for (let i = 1; i <= length; i++) argument = argument * 256 + (data[at + i] ?? 0);
  return { major, argument, next: at + 1 + length };
}

/** Walks over the bytes once, so that the parser never meets a foreign type, a lie about length or great depth. */
function survey(data: Uint8Array): void {
  const open: number[] = [];
  let at = 0;
  do {
    const { major, argument, next } = readHead(data, at);
    at = next;
    if (major === 2 || major === 3) {
      must(argument <= data.length - at, 'not_canonical');
      at += argument;
    } else if (major === 4) {
      must(argument <= data.length - at && open.length < MOST_DEPTH, 'not_canonical');
      open.push(argument + 1);
    } else {
      must(major === 0 || (major === 7 && argument >= 20 && argument <= 22), 'not_canonical');
    }
    while (open.length > 0) {
      const left = (open.pop() ?? 0) - 1;
      if (left > 0) {
        open.push(left);
        break;
      }
    }
  } while (open.length > 0);
  must(at === data.length, 'not_canonical');
}

const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const OPTIONS = { strict: true, allowIndefinite: false, allowUndefined: false, allowBigInt: false, retainStringBytes: true };

/** The library drops a byte order mark at the start of a text; here every code point counts. */
class ExactText extends Tokenizer {
  override next(): Token {
    const token = super.next();
    if (token.type === Type.string && token.byteValue !== undefined) token.value = strictText.decode(token.byteValue);
    return token;
  }
}

function parse(data: Uint8Array): unknown {
  try {
    return decodeCbor(data, { ...OPTIONS, tokenizer: new ExactText(data, OPTIONS) });
  } catch {
    throw new Failure('not_canonical');
  }
}

/** The value, when it has this shape and is at most `max` bytes; else `not_canonical`. */
export function decode<T>(data: Uint8Array, shape: Shape<T>, max: number): T {
  must(data.length <= max, 'not_canonical');
  survey(data);
  const value = parse(data);
  must(shape(value), 'not_canonical');
  must(same(encode(value as Value), data), 'not_canonical');
  return value;
}

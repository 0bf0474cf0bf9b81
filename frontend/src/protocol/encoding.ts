/**
 * `enc` and `decode` of SPEC.md section 1: deterministic CBOR without maps, tags or floats.
 * What was not written by `encode` to the last bit is refused, always as `not_canonical`.
 */
import { join, same, type Bytes } from './bytes';
import { Failure, must } from './failures';
import type { Shape } from './shapes';

export type Value = number | string | boolean | null | Uint8Array | readonly Value[];

const MOST_DEPTH = 16;
const MAJOR = { integer: 0, bytes: 2, text: 3, array: 4 } as const;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;

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

const utf8 = new TextEncoder();
const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Each byte alone: they are only ever read, to be joined. */
const ALONE = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));

/** The shortest head of a major type with its argument (RFC 8949, 3 and 4.2.1). */
function headOf(major: number, argument: number): Uint8Array {
  const top = major << 5;
  if (argument < 24) return ALONE[top | argument]!;
  const minor = argument < 0x100 ? 24 : argument < 0x10000 ? 25 : argument < 0x1_0000_0000 ? 26 : 27;
  const bytes = new Uint8Array(1 + (1 << (minor - 24)));
  bytes[0] = top | minor;
  for (let at = bytes.length - 1, rest = argument; at > 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}

function write(value: Value, parts: Uint8Array[]): void {
  if (typeof value === 'number') parts.push(headOf(MAJOR.integer, value));
  else if (value === null) parts.push(ALONE[NULL]!);
  else if (typeof value === 'boolean') parts.push(ALONE[value ? TRUE : FALSE]!);
  else if (typeof value === 'string') {
    const bytes = utf8.encode(value);
    parts.push(headOf(MAJOR.text, bytes.length), bytes);
  } else if (value instanceof Uint8Array) parts.push(headOf(MAJOR.bytes, value.length), value);
  else {
    parts.push(headOf(MAJOR.array, value.length));
    for (const item of value) write(item, parts);
  }
}

export function encode(value: Value): Bytes {
  check(value, 0);
  const parts: Uint8Array[] = [];
  write(value, parts);
  return join(...parts);
}

/** Reads once, forward. What the encoding has no place for is refused here; a longer form than needed, by `decode`. */
class Reader {
  private at = 0;

  constructor(private readonly data: Uint8Array) {}

  /** The one value these bytes are. */
  whole(): Value {
    const value = this.value(0);
    must(this.at === this.data.length, 'not_canonical');
    return value;
  }

  private value(depth: number): Value {
    const first = this.byte();
    if (first === FALSE || first === TRUE) return first === TRUE;
    if (first === NULL) return null;
    const argument = this.argument(first & 31);
    switch (first >> 5) {
      case MAJOR.integer:
        return argument;
      case MAJOR.bytes:
        return this.take(argument).slice();
      case MAJOR.text:
        return this.text(argument);
      case MAJOR.array:
        return this.array(argument, depth);
      default:
        throw new Failure('not_canonical');
    }
  }

  private byte(): number {
    const found = this.data[this.at++];
    must(found !== undefined, 'not_canonical');
    return found;
  }

  private argument(minor: number): number {
    if (minor < 24) return minor;
    must(minor <= 27, 'not_canonical');
    let found = 0;
    for (let left = 1 << (minor - 24); left > 0; left--) found = found * 256 + this.byte();
    must(Number.isSafeInteger(found), 'not_canonical');
    return found;
  }

  private take(length: number): Uint8Array {
    must(length <= this.data.length - this.at, 'not_canonical');
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }

  private text(length: number): string {
    const bytes = this.take(length);
    try {
      return strictText.decode(bytes);
    } catch {
      throw new Failure('not_canonical');
    }
  }

  private array(length: number, depth: number): Value[] {
    // Each item takes a byte at least, so a length that lies cannot make us reserve much.
    must(depth < MOST_DEPTH && length <= this.data.length - this.at, 'not_canonical');
    const items: Value[] = [];
    for (let left = length; left > 0; left--) items.push(this.value(depth + 1));
    return items;
  }
}

/** The value, when it has this shape and is at most `max` bytes; else `not_canonical`. */
export function decode<T>(data: Uint8Array, shape: Shape<T>, max: number): T {
  must(data.length <= max, 'not_canonical');
  const value: unknown = new Reader(data).whole();
  must(shape(value), 'not_canonical');
  must(same(encode(value as Value), data), 'not_canonical');
  return value;
}

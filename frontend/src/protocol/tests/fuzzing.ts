/**
 * Inputs nobody meant, for everything that reads bytes of others. What a reader may do: take the one form, or refuse.
 * The inputs are made from the vectors by chance, the same each time.
 */
import { readdirSync } from 'node:fs';
import { fromBase64, fromHex, join, same, toBase64, type Bytes } from '../bytes';
import { readPinsBody, readAccountBody, readMineBody } from '../account';
import { readContent } from '../content';
import { decode, encode, type Value } from '../encoding';
import { isFailure } from '../failures';
import { readSaid, writeSaid } from '../gatherings';
import { readEvent } from '../log';
import { readEnvelope } from '../message';
import { unpad } from '../primitives';
import { anything } from '../shapes';
import { fromJson, readVectors } from './playing';

export const MOST = 65_536;
/** Milliseconds. */
export const SLOWEST = 100;

const latin = new TextDecoder('latin1');

interface Reader {
  read: (data: Bytes) => unknown;
  /** What was read, written again: the same bytes, or they had two forms. */
  again?: (data: Bytes) => boolean;
}

export const READERS: Readonly<Record<string, Reader>> = {
  any: {
    read: (data) => decode(data, anything, MOST),
    again: (data) => same(encode(decode(data, anything, MOST) as Value), data),
  },
  event: {
    read: readEvent,
    again: (data) => {
      const { bytes, signature } = readEvent(data);
      return same(encode([bytes, signature]), data);
    },
  },
  envelope: { read: readEnvelope },
  base64url: {
    read: (data) => fromBase64(latin.decode(data)),
    again: (data) => toBase64(fromBase64(latin.decode(data))) === latin.decode(data),
  },
  padding: { read: (data) => unpad(data, MOST) },
  content: { read: (data) => readContent(data, false) },
  saidInAMeeting: { read: readSaid, again: (data) => same(writeSaid(readSaid(data)), data) },
  account: { read: (data) => readAccountBody(data, 1) },
  pins: { read: (data) => readPinsBody(data, 1) },
  mine: { read: (data) => readMineBody(data, 1) },
};

/** What a reader says. Anything but a named refusal, or taking the one form, is thrown. */
export function verdict({ read, again }: Reader, data: Bytes): string {
  try {
    read(data);
  } catch (wrong) {
    if (!isFailure(wrong)) throw wrong;
    return wrong.code;
  }
  if (again?.(data) === false) throw new Error('taken, though it is not the one form');
  return 'success';
}

/** Readers that take longer than a tenth of a second; a machine that was busy elsewhere gets further chances. */
export function slowReaders(data: Bytes): string[] {
  const isQuick = ({ read }: Reader): boolean => {
    const begun = performance.now();
    try {
      read(data);
    } catch {
      // Refused: that was quick or slow as well.
    }
    return performance.now() - begun < SLOWEST;
  };
  return Object.entries(READERS)
    .filter(([, reader]) => ![1, 2, 3, 4, 5, 6].some(() => isQuick(reader)))
    .map(([name]) => name);
}

/** Chance that comes out the same each time: mulberry32, numbers from 0 up to 1. */
export function dice(number: number): () => number {
  let state = number >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Chance {
  constructor(
    private readonly next: () => number,
    readonly pool: readonly Bytes[],
  ) {}

  below(most: number): number {
    return Math.floor(this.next() * most);
  }

  of<T>(things: readonly T[]): T {
    return things[this.below(things.length)] as T;
  }

  bytes(length: number): Bytes {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}

type Change = (chance: Chance, data: Bytes) => Bytes;

/** Heads of items that are longer than needed, endless, or of a kind that has no place here. */
const ODD_HEADS: readonly Bytes[] = [
  '1800 190000 1a00000000 1b0000000000000000 1b0020000000000000 1bffffffffffffffff 3800 58 5b7f7f7f7f7f7f7f7f 5f',
  '62c328 6365cc81 63eda080 64f4908080 78 7f 98 9bffffffffffffffff 9f a0 bf c0 d9d9f7 e0 f0 f7 f800 f97e00 fa7fc00000',
  'fb7ff8000000000000 ff 8181818181818181818181818181818181',
].flatMap((line) => line.split(' ').map(fromHex));

const ODD_VALUES: readonly Value[] = [null, true, 0, Number.MAX_SAFE_INTEGER, '', 'é', new Uint8Array(0), new Uint8Array(32), [], [[]]];

const anotherByte: Change = (chance, data) => {
  const at = chance.below(data.length + 1);
  return join(data.subarray(0, at), chance.bytes(1), data.subarray(at + 1));
};

const cut: Change = (chance, data) => {
  const [one, other] = [chance.below(data.length + 1), chance.below(data.length + 1)].sort((a, b) => a - b) as [number, number];
  return chance.of([data.slice(0, one), data.slice(other), join(data.subarray(0, one), data.subarray(other))]);
};

const oddHead: Change = (chance, data) => {
  const at = chance.of([0, 1, chance.below(data.length + 1)]);
  return join(data.subarray(0, at), chance.of(ODD_HEADS), data.subarray(at + chance.below(3)));
};

const spliced: Change = (chance, data) => {
  const other = chance.of(chance.pool);
  return join(data.subarray(0, chance.below(data.length + 1)), other.subarray(chance.below(other.length + 1)));
};

const wrapped: Change = (chance, data) =>
  join(new Uint8Array(chance.below(20)).fill(0x81), data, chance.of([new Uint8Array(0), Uint8Array.of(0xf6), data]));

/** A well-formed value with one part of another kind. */
const rewritten: Change = (chance, data) => {
  let value: Value;
  try {
    value = decode(data, anything, MOST) as Value;
  } catch {
    return encode([data, chance.bytes(64)]);
  }
  let holder = value as Value[];
  while (Array.isArray(holder) && holder.length > 0) {
    const at = chance.below(holder.length);
    const inside = holder[at] as Value;
    if (!Array.isArray(inside) || chance.below(3) === 0) {
      holder[at] = chance.of(ODD_VALUES);
      break;
    }
    holder = inside as Value[];
  }
  try {
    return encode(value);
  } catch {
    // One list more, in the innermost of sixteen, is a value that nobody can write.
    return data;
  }
};

const CHANGES: readonly Change[] = [anotherByte, anotherByte, cut, oddHead, spliced, wrapped, rewritten, rewritten];

/** `count` inputs, the same for the same number. */
export function* inputs(count: number, number: number, pool: readonly Bytes[]): Generator<Bytes> {
  const chance = new Chance(dice(number), pool);
  for (let made = 0; made < count; made++) {
    let data = chance.of(pool);
    for (let left = chance.of([0, 1, 1, 1, 2, 3, 5]); left > 0; left--) data = chance.of(CHANGES)(chance, data);
    yield data.slice(0, MOST);
  }
}

function* byteStrings(value: unknown): Generator<Bytes> {
  if (value instanceof Uint8Array) yield value as Bytes;
  else if (Array.isArray(value)) for (const inner of value) yield* byteStrings(inner);
  else if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) yield* byteStrings(inner);
}

/** One good value for each thing that stands sealed in the vectors, where no byte string shows it. */
function insides(): Bytes[] {
  const [b16, b32, b64] = [new Uint8Array(16), new Uint8Array(32), new Uint8Array(64)];
  const says: Value[][] = [
    ['say', 'room', null, null, 0, 'hello'],
    ['hear', b32],
    ['affirm', b32, b64],
    ['choice', 'nudge', 'on'],
    ['of a later version'],
  ];
  const bodies: Value[] = [
    [1, [[b32, 9, b32]]],
    [1, '{}'],
    [1, 'https://boat.example', b32, [[b32, 2, b16, b32, b32, b64, b64]]],
  ];
  return [...says.map((said): Value => [1_790_000_000, [b32], ...said]), ...bodies].map((value) => encode(value));
}

/** Every byte string of the vectors, and what stands sealed in them. */
export function seeds(): Bytes[] {
  const folder = new URL('../../../../protocol/vectors/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'room-words.json');
  const found = names.flatMap((name) =>
    readVectors(name.replace(/\.json$/, '')).flatMap((one) => [...byteStrings(fromJson([one.in, one.out ?? null]))]),
  );
  const once = new Map(found.filter(({ length }) => length <= 4096).map((data) => [toBase64(data), data]));
  return [...once.values(), ...insides()];
}

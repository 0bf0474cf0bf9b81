/** How a vector is played: an operation by name, inputs in, outputs or one named failure out. */
import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { fromHex, toHex, type Bytes } from '../bytes';
import { isFailure } from '../failures';

// Vectors are data of any shape; each player says what it takes from them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type In = any;
export type Out = Record<string, unknown>;
export type Ops = Record<string, (given: In) => Out | Promise<Out>>;

export interface Case {
  name: string;
  op: string;
  expect: string;
  in: In;
  out?: Out;
}

export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'hex') return fromHex(String(only[1]));
  return Object.fromEntries(entries.map(([name, item]) => [name, fromJson(item)]));
}

/** Bytes become text, so that a difference can be read. */
export function shown(value: unknown): unknown {
  if (value instanceof Uint8Array) return { hex: toHex(value) };
  if (value instanceof Map) return shown(Object.fromEntries(value));
  if (Array.isArray(value)) return value.map(shown);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shown(item)]));
}

type Logs = Readonly<Record<string, readonly unknown[]>>;

/** Inputs that name a log get its first `take` events, and `then`, as `wires`. */
function withLog(given: In, logs: Logs): In {
  if (!('log' in given)) return given;
  const { log, take, then, ...rest } = given;
  return { ...rest, wires: [...(logs[log] ?? []).slice(0, take), ...then] };
}

export function readVectors(name: string): Case[] {
  const file = new URL(`../../../../protocol/vectors/${name}.json`, import.meta.url);
  const { cases, logs = {} } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[]; logs?: Logs };
  return cases.map((vector) => ({ ...vector, in: withLog(vector.in, logs) }));
}

/** What comes of it: `success` with outputs, or a failure's name with its detail. */
export async function play(ops: Ops, { op, in: given }: Case): Promise<{ verdict: string; out?: unknown }> {
  const player = ops[op];
  if (player === undefined) throw new Error(`no player for the operation ${op}`);
  try {
    return { verdict: 'success', out: shown(await player(fromJson(given))) };
  } catch (wrong) {
    if (!isFailure(wrong)) throw wrong;
    return wrong.part === undefined ? { verdict: wrong.code } : { verdict: wrong.code, out: { detail: wrong.part } };
  }
}

/** Random bytes that are not: the given ones, in order, for as long as `during` runs. */
export async function withRandom<T>(given: Bytes, during: () => Promise<T> | T): Promise<T> {
  let at = 0;
  const spy = vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((into) => {
    const bytes = into as unknown as Uint8Array;
    if (at + bytes.length > given.length) throw new Error('the vector gives too few random bytes');
    bytes.set(given.subarray(at, at + bytes.length));
    at += bytes.length;
    return into;
  });
  try {
    return await during();
  } finally {
    spy.mockRestore();
  }
}

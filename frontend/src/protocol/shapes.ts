/**
 * Shapes: exact descriptions of what a decoded value may be (SPEC.md section 1).
 * A shape is a guard, so that what fits has its type for the rest of the program.
 */
import type { Bytes } from './bytes';

export type Shape<T> = (value: unknown) => value is T;
export type Of<S> = S extends Shape<infer T> ? T : never;

function shape<T>(fits: (value: unknown) => boolean): Shape<T> {
  return fits as Shape<T>;
}

export const u = shape<number>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0),
);
export const bool = shape<boolean>((value) => typeof value === 'boolean');
export const nothing = shape<null>((value) => value === null);

/** A byte string of this length, or of any. */
export function bytes(length?: number): Shape<Bytes> {
  return shape((value) => value instanceof Uint8Array && (length === undefined || value.length === length));
}

export function textLength(value: string): number {
  let points = 0;
  for (const _ of value) points++;
  return points;
}

/** Text of `least` to `most` code points. */
export function text(least: number, most: number): Shape<string> {
  return shape((value) => {
    if (typeof value !== 'string') return false;
    const length = textLength(value);
    return length >= least && length <= most;
  });
}

export function maybe<T>(inner: Shape<T>): Shape<T | null> {
  return shape((value) => value === null || inner(value));
}

type Items<S extends readonly Shape<unknown>[]> = { [K in keyof S]: Of<S[K]> };

/** An array of exactly these. */
export function row<const S extends readonly Shape<unknown>[]>(...items: S): Shape<Items<S>> {
  return shape(
    (value) => Array.isArray(value) && value.length === items.length && items.every((item, i) => item(value[i])),
  );
}

/** An array of any length, or at most `most`. */
export function list<T>(item: Shape<T>, most = Number.POSITIVE_INFINITY): Shape<T[]> {
  return shape((value) => Array.isArray(value) && value.length <= most && value.every(item));
}

/** One of two shapes. */
export function either<A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> {
  return shape((value) => one(value) || other(value));
}

export const anything = shape<unknown>(() => true);
export const b16 = bytes(16);
export const b32 = bytes(32);
export const b64 = bytes(64);
export const t16 = text(1, 16);
export const t32 = text(1, 32);
export const t64 = text(1, 64);

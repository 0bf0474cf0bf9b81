/** Sealing to one person: `box` and `unbox` of SPEC.md section 2. */
import { EMPTY, type Bytes } from './bytes';
import type { Value } from './encoding';
import { Failure, must } from './failures';
import { ENC, openOnce, sealOnce, type BoxKey } from './hpke';
import { checkBoxKey } from './keys';
import { domain } from './primitives';

export type { BoxKey };

const TAG = 16;

/** A bad recipient's key is `bad_key`. */
export async function seal(to: Uint8Array, m: Uint8Array, name: string, ...context: readonly Value[]): Promise<Bytes> {
  checkBoxKey(to);
  return await sealOnce(to, domain(name, ...context), EMPTY, m);
}

/** Whatever is wrong, it is `cannot_open`. */
export async function open(key: BoxKey, sealed: Uint8Array, name: string, ...context: readonly Value[]): Promise<Bytes> {
  must(sealed.length >= ENC + TAG, 'cannot_open');
  const info = domain(name, ...context);
  try {
    checkBoxKey(sealed.subarray(0, ENC));
    return await openOnce(key, info, EMPTY, sealed);
  } catch {
    throw new Failure('cannot_open');
  }
}

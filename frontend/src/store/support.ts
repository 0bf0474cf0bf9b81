/** Can this browser do what is needed? Asked by doing it, not by its name. */
import { isFailure, keyFromSeed } from '../protocol';

const SEED = new Uint8Array(32).fill(7);

export async function canDoAll(): Promise<boolean> {
  if (globalThis.crypto?.subtle === undefined || typeof Worker === 'undefined') return false;
  try {
    await keyFromSeed('Ed25519', SEED);
    await keyFromSeed('X25519', SEED);
    return 'locks' in navigator && typeof AbortSignal.timeout === 'function';
  } catch (wrong) {
    if (isFailure(wrong)) throw wrong;
    return false;
  }
}

/**
 * `lock`: sealing under a shared secret, committing to it (SPEC.md section 2).
 * A lock that was made under one key never opens under another, which GCM alone does not promise.
 */
import { join, same, type Bytes } from './bytes';
import type { Value } from './encoding';
import { Failure, must } from './failures';
import { domain, kdf, type Secret } from './primitives';
import { gcmOpen, gcmSeal, gcmUnwrap, random, type Curve } from './subtle';

const SALT = 16;
const COMMITMENT = 32;
const TAG = 16;

interface Parts {
  key: Bytes;
  nonce: Bytes;
  commitment: Bytes;
}

async function parts(k: Secret, salt: Uint8Array, name: string, context: readonly Value[]): Promise<Parts> {
  const o = await kdf(k, salt, 76, name, ...context);
  return { key: o.slice(0, 32), nonce: o.slice(32, 44), commitment: o.slice(44, 76) };
}

export async function lock(k: Secret, m: Uint8Array, name: string, ...context: readonly Value[]): Promise<Bytes> {
  return await lockWithSalt(random(SALT), k, m, name, ...context);
}

/** For vectors: the salt is never chosen otherwise. */
export async function lockWithSalt(
  salt: Uint8Array,
  k: Secret,
  m: Uint8Array,
  name: string,
  ...context: readonly Value[]
): Promise<Bytes> {
  const { key, nonce, commitment } = await parts(k, salt, name, context);
  return join(salt, commitment, await gcmSeal(key, nonce, domain(name, ...context), m));
}

async function look(k: Secret, sealed: Uint8Array, name: string, context: readonly Value[]): Promise<Parts> {
  must(sealed.length >= SALT + COMMITMENT + TAG, 'cannot_open');
  const found = await parts(k, sealed.subarray(0, SALT), name, context);
  must(same(found.commitment, sealed.subarray(SALT, SALT + COMMITMENT)), 'cannot_open');
  return found;
}

/** Whatever is wrong, it is `cannot_open`. */
export async function unlock(k: Secret, sealed: Uint8Array, name: string, ...context: readonly Value[]): Promise<Bytes> {
  const { key, nonce } = await look(k, sealed, name, context);
  return await gcmOpen(key, nonce, domain(name, ...context), sealed.subarray(SALT + COMMITMENT));
}

/** Opens a locked key into a `CryptoKey`; its bytes never reach a script. No key inside: `bad_key`. */
export async function unlockKey(
  as: Curve | 'HKDF',
  k: Secret,
  sealed: Uint8Array,
  name: string,
  ...context: readonly Value[]
): Promise<CryptoKey> {
  const { key, nonce } = await look(k, sealed, name, context);
  const aad = domain(name, ...context);
  const rest = sealed.subarray(SALT + COMMITMENT);
  try {
    return await gcmUnwrap(key, nonce, aad, rest, as);
  } catch {
    // Either it does not open (this refuses as `cannot_open`), or what is inside is no such key.
    await gcmOpen(key, nonce, aad, rest);
    throw new Failure('bad_key');
  }
}

/**
 * The one file that asks the browser for cryptography. No other file may name `crypto.subtle`.
 *
 * Private keys come in as PKCS#8 or still wrapped, and are not extractable once they are here.
 */
import { join, own, type Bytes } from './bytes';
import { fromBase64 } from './bytes';
import { Failure } from './failures';

const subtle = globalThis.crypto.subtle;

/** RFC 8410: what stands before a 32-byte seed in PKCS#8. */
const BEFORE_SEED = {
  Ed25519: Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20),
  X25519: Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20),
} as const;

export type Curve = keyof typeof BEFORE_SEED;
const USES: Readonly<Record<Curve, KeyUsage[]>> = { Ed25519: ['sign'], X25519: ['deriveBits'] };
const BASE_POINT = Uint8Array.of(9, ...new Uint8Array(31));

export function random(length: number): Bytes {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}

export function pkcs8(curve: Curve, seed: Uint8Array): Bytes {
  return join(BEFORE_SEED[curve], seed);
}

export async function privateKey(curve: Curve, seed: Uint8Array): Promise<CryptoKey> {
  return await subtle.importKey('pkcs8', pkcs8(curve, seed), curve, false, USES[curve]);
}

/** The public half of a seed, 32 bytes. */
export async function publicHalf(curve: Curve, seed: Uint8Array): Promise<Bytes> {
  if (curve === 'X25519') return await agree(await privateKey(curve, seed), BASE_POINT);
  const key = await subtle.importKey('pkcs8', pkcs8(curve, seed), curve, true, USES[curve]);
  const { x } = await subtle.exportKey('jwk', key);
  if (x === undefined) throw new Failure('bad_key');
  return fromBase64(x);
}

/** X25519; refuses a zero result as `bad_key`. */
export async function agree(secret: CryptoKey, publicBytes: Uint8Array): Promise<Bytes> {
  try {
    const other = await boxPublic(publicBytes);
    const shared = new Uint8Array(await subtle.deriveBits({ name: 'X25519', public: other }, secret, 256));
    if (shared.some((byte) => byte !== 0)) return shared;
  } catch {
    // Browsers refuse a zero result in their own words; here it has one name.
  }
  throw new Failure('bad_key');
}

/** The public half of a private X25519 key that cannot be read. */
export async function ownBoxPublic(secret: CryptoKey): Promise<Bytes> {
  return await agree(secret, BASE_POINT);
}

export async function boxPublic(publicBytes: Uint8Array): Promise<CryptoKey> {
  return await subtle.importKey('raw', own(publicBytes), 'X25519', true, []);
}

export async function ed25519Sign(key: CryptoKey, message: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await subtle.sign('Ed25519', key, own(message)));
}

/** Public keys that were brought in, by their bytes: a log and a talk are signed by few. */
const verifiers = new Map<string, Promise<CryptoKey>>();
const MOST_VERIFIERS = 512;

function verifier(publicBytes: Uint8Array): Promise<CryptoKey> {
  const name = publicBytes.join();
  let key = verifiers.get(name);
  if (key === undefined) {
    if (verifiers.size >= MOST_VERIFIERS) verifiers.clear();
    key = subtle.importKey('raw', own(publicBytes), 'Ed25519', true, ['verify']);
    verifiers.set(name, key);
  }
  return key;
}

export async function ed25519Verify(publicBytes: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  try {
    return await subtle.verify('Ed25519', await verifier(publicBytes), own(signature), own(message));
  } catch {
    return false;
  }
}

/** A secret from which keys are derived and which scripts cannot read again. */
export async function baseKey(secret: Uint8Array): Promise<CryptoKey> {
  return await subtle.importKey('raw', own(secret), 'HKDF', false, ['deriveBits']);
}

export async function hkdf(key: CryptoKey, salt: Uint8Array, info: Uint8Array, length: number): Promise<Bytes> {
  const how = { name: 'HKDF', hash: 'SHA-256', salt: own(salt), info: own(info) };
  return new Uint8Array(await subtle.deriveBits(how, key, length * 8));
}

async function gcmKey(key: Uint8Array, use: KeyUsage): Promise<CryptoKey> {
  return await subtle.importKey('raw', own(key), 'AES-GCM', false, [use]);
}

export async function gcmSeal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, m: Uint8Array): Promise<Bytes> {
  const how = { name: 'AES-GCM', iv: own(nonce), additionalData: own(aad) };
  return new Uint8Array(await subtle.encrypt(how, await gcmKey(key, 'encrypt'), own(m)));
}

/** Refuses as `cannot_open`. */
export async function gcmOpen(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Promise<Bytes> {
  try {
    const how = { name: 'AES-GCM', iv: own(nonce), additionalData: own(aad) };
    return new Uint8Array(await subtle.decrypt(how, await gcmKey(key, 'decrypt'), own(sealed)));
  } catch {
    throw new Failure('cannot_open');
  }
}

/** Opens a sealed key straight into a `CryptoKey`: its bytes never reach a script. */
export async function gcmUnwrap(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
  as: Curve | 'HKDF',
): Promise<CryptoKey> {
  const how = { name: 'AES-GCM', iv: own(nonce), additionalData: own(aad) };
  const format = as === 'HKDF' ? 'raw' : 'pkcs8';
  const uses: KeyUsage[] = as === 'HKDF' ? ['deriveBits'] : USES[as];
  try {
    const key_ = await gcmKey(key, 'unwrapKey');
    return await subtle.unwrapKey(format, own(sealed), key_, how, as, false, uses);
  } catch {
    throw new Failure('cannot_open');
  }
}

/**
 * Signing and checking with keys that are refused when they are small or not written in one way.
 * Chromium and OpenSSL accept small-order keys, for which anyone can make signatures (P11).
 */
import { fromHex, own, same, type Bytes } from './bytes';
import type { Value } from './encoding';
import { must } from './failures';
import { domain } from './primitives';
import { ed25519Sign, ed25519Verify, privateKey, publicHalf, random } from './subtle';

const ONE = '01'.padEnd(64, '0');
const ZERO = ''.padEnd(64, '0');
const MINUS_ONE = `ec${'ff'.repeat(30)}7f`;
const SMALL_Y = [
  ZERO,
  ONE,
  MINUS_ONE,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map(fromHex);
const SMALL_U = [
  ZERO,
  ONE,
  MINUS_ONE,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
].map(fromHex);

/** Is this little-endian number (top bit cleared) below 2²⁵⁵ − 19? */
function isReduced(n: Uint8Array): boolean {
  if (n[31] !== 0x7f) return true;
  for (let i = 30; i > 0; i--) if (n[i] !== 0xff) return true;
  return (n[0] ?? 0) < 0xed;
}

function withoutTopBit(key: Uint8Array): Bytes {
  const cleared = own(key);
  cleared[31] = (cleared[31] ?? 0) & 0x7f;
  return cleared;
}

/** Refuses a signing key, or the first half of a signature, as `bad_key`. */
export function checkSignKey(key: Uint8Array): void {
  const y = withoutTopBit(key);
  must(key.length === 32 && isReduced(y) && !SMALL_Y.some((small) => same(small, y)), 'bad_key');
}

/** Refuses a key to seal to, as `bad_key`. */
export function checkBoxKey(key: Uint8Array): void {
  must(key.length === 32 && ((key[31] ?? 0) & 0x80) === 0, 'bad_key');
  must(isReduced(key) && !SMALL_U.some((small) => same(small, key)), 'bad_key');
}

export async function sign(key: CryptoKey, name: string, ...context: readonly Value[]): Promise<Bytes> {
  return await ed25519Sign(key, domain(name, ...context));
}

/** Refuses as `bad_key` or `bad_signature`. */
export async function verify(
  key: Uint8Array,
  signature: Uint8Array,
  name: string,
  ...context: readonly Value[]
): Promise<void> {
  checkSignKey(key);
  checkSignKey(signature.subarray(0, 32));
  must(await ed25519Verify(key, signature, domain(name, ...context)), 'bad_signature');
}

/** A new key with its seed, which the caller seals at once and drops. */
export interface FreshKey {
  seed: Bytes;
  secret: CryptoKey;
  open: Bytes;
}

export async function keyFromSeed(curve: 'Ed25519' | 'X25519', seed: Bytes): Promise<FreshKey> {
  return { seed, secret: await privateKey(curve, seed), open: await publicHalf(curve, seed) };
}

export async function freshKey(curve: 'Ed25519' | 'X25519'): Promise<FreshKey> {
  return await keyFromSeed(curve, random(32));
}

/** The public half of a raw X25519 private key. */
export async function boxPublicOf(seed: Bytes): Promise<Bytes> {
  return await publicHalf('X25519', seed);
}

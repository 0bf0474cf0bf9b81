/** Hashes, derived keys, codes and padding: SPEC.md section 2. */
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { own, type Bytes } from './bytes';
import { encode, type Value } from './encoding';
import { must } from './failures';
import { hkdf } from './subtle';

/** A secret as bytes, or as a key that scripts cannot read. */
export type Secret = Uint8Array | CryptoKey;

export function domain(name: string, ...context: readonly Value[]): Bytes {
  return encode([`sameboat/1/${name}`, ...context]);
}

/** SHA-256 over the domain and its context, 32 bytes. */
export function h(name: string, ...context: readonly Value[]): Bytes {
  return own(sha256(domain(name, ...context)));
}

export async function kdf(ikm: Secret, salt: Uint8Array, length: number, name: string, ...context: readonly Value[]): Promise<Bytes> {
  const info = domain(name, ...context);
  if (!(ikm instanceof Uint8Array)) return await hkdf(ikm, salt, info, length);
  return own(expand(sha256, extract(sha256, ikm, salt), info, length));
}

export function mac(key: Uint8Array, name: string, ...context: readonly Value[]): Bytes {
  return own(hmac(sha256, key, domain(name, ...context)));
}

/** The hash that names an attachment in its event. */
export function attachmentHash(bytes: Uint8Array): Bytes {
  return h('attachment', bytes);
}

const SMALLEST_BUCKET = 256;
const LENGTH_BYTES = 4;

function bucket(length: number): number {
  let size = SMALLEST_BUCKET;
  while (size < length) size *= 2;
  return size;
}

/** Over `max` bytes with its length, after padding: `too_long`. */
export function pad(m: Uint8Array, max: number): Bytes {
  const size = bucket(m.length + LENGTH_BYTES);
  must(size <= max, 'too_long');
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, m.length);
  padded.set(m, LENGTH_BYTES);
  return padded;
}

export function unpad(padded: Uint8Array, max: number): Bytes {
  must(padded.length >= SMALLEST_BUCKET && padded.length <= max, 'bad_padding');
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  must(length + LENGTH_BYTES <= padded.length, 'bad_padding');
  must(bucket(length + LENGTH_BYTES) === padded.length, 'bad_padding');
  must(padded.subarray(LENGTH_BYTES + length).every((byte) => byte === 0), 'bad_padding');
  return own(padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
}

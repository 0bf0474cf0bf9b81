/**
 * HPKE in base mode, one message a key (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 * Only `box.ts` calls it. Why not a library: docs/decisions/0015.
 */
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { EMPTY, join, own, textBytes, type Bytes } from './bytes';
import { freshKey } from './keys';
import { agree, gcmOpen, gcmSeal } from './subtle';

/** Length of `enc`, the public half of the sender's key. */
export const ENC = 32;
const VERSION = textBytes('HPKE-v1');
const KEM = join(textBytes('KEM'), Uint8Array.of(0, 0x20));
const SUITE = join(textBytes('HPKE'), Uint8Array.of(0, 0x20, 0, 1, 0, 2));

/** A private key that cannot be read, with its public half. */
export interface BoxKey {
  secret: CryptoKey;
  open: Bytes;
}

/** LabeledExtract, section 4. */
function draw(suite: Bytes, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  return extract(sha256, join(VERSION, suite, textBytes(label), ikm), salt);
}

/** LabeledExpand, section 4; `length` is below 256. */
function stretch(suite: Bytes, prk: Uint8Array, label: string, info: Uint8Array, length: number): Bytes {
  return own(expand(sha256, prk, join(Uint8Array.of(0, length), VERSION, suite, textBytes(label), info), length));
}

/** ExtractAndExpand of section 4.1 and KeySchedule of section 5.1 in mode 0: the key, and the nonce of the first message. */
function schedule(agreed: Bytes, enc: Uint8Array, to: Uint8Array, info: Uint8Array): readonly [key: Bytes, nonce: Bytes] {
  const shared = stretch(KEM, draw(KEM, EMPTY, 'eae_prk', agreed), 'shared_secret', join(enc, to), 32);
  const context = join(Uint8Array.of(0), draw(SUITE, EMPTY, 'psk_id_hash', EMPTY), draw(SUITE, EMPTY, 'info_hash', info));
  const secret = draw(SUITE, shared, 'secret', EMPTY);
  return [stretch(SUITE, secret, 'key', context, 32), stretch(SUITE, secret, 'base_nonce', context, 12)];
}

/** `enc ‖ ct`. A zero result of the agreement is `bad_key`. */
export async function sealOnce(to: Uint8Array, info: Uint8Array, aad: Uint8Array, m: Uint8Array): Promise<Bytes> {
  const { seed, secret, open } = await freshKey('X25519');
  seed.fill(0);
  return join(open, await gcmSeal(...schedule(await agree(secret, to), open, to, info), aad, m));
}

/** `bad_key` or `cannot_open`. */
export async function openOnce(key: BoxKey, info: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Promise<Bytes> {
  const enc = sealed.subarray(0, ENC);
  return await gcmOpen(...schedule(await agree(key.secret, enc), enc, key.open, info), aad, sealed.subarray(ENC));
}

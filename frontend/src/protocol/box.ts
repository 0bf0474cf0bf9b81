/** Sealing to one person: HPKE base mode (RFC 9180), X25519, HKDF-SHA256, AES-256-GCM. */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { join, type Bytes } from './bytes';
import type { Value } from './encoding';
import { Failure, must } from './failures';
import { checkBoxKey } from './keys';
import { domain } from './primitives';
import { boxPublic } from './subtle';

const ENC = 32;
const TAG = 16;
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** A private key that cannot be read, with its public half. */
export interface BoxKey {
  secret: CryptoKey;
  open: Bytes;
}

/** A bad recipient's key is `bad_key`. */
export async function seal(to: Uint8Array, m: Uint8Array, name: string, ...context: readonly Value[]): Promise<Bytes> {
  checkBoxKey(to);
  const recipientPublicKey = await boxPublic(to);
  const info = domain(name, ...context);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, new Uint8Array(m));
  return join(new Uint8Array(enc), new Uint8Array(ct));
}

/** Whatever is wrong, it is `cannot_open`. */
export async function open(key: BoxKey, sealed: Uint8Array, name: string, ...context: readonly Value[]): Promise<Bytes> {
  must(sealed.length >= ENC + TAG, 'cannot_open');
  const info = domain(name, ...context);
  try {
    checkBoxKey(sealed.subarray(0, ENC));
    const recipientKey = { privateKey: key.secret, publicKey: await boxPublic(key.open) };
    const enc = new Uint8Array(sealed.subarray(0, ENC));
    return new Uint8Array(await suite.open({ recipientKey, enc, info }, new Uint8Array(sealed.subarray(ENC))));
  } catch {
    throw new Failure('cannot_open');
  }
}

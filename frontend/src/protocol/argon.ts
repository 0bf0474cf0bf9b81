/** Argon2id with the suite's fixed cost (SPEC.md section 3). On its own, so that the worker holds nothing else. */
import { argon2id } from '@noble/hashes/argon2.js';

/** 32 bytes. Takes about a second and 64 MiB: call it in a worker. */
export function stretch(passphrase: Uint8Array, salt: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(argon2id(passphrase, salt, { m: 65_536, t: 3, p: 1, dkLen: 32, version: 0x13 }));
}

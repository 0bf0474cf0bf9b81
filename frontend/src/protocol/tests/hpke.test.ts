/** Ours beside a library of the same standard, in both directions. The authors' own vectors are among `primitives`. */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { expect, test } from 'vitest';
import { openOnce, sealOnce } from '../hpke';
import { freshKey } from '../keys';
import { boxPublic, random } from '../subtle';

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

test('what we seal the library opens, and what it seals we open: p12', async () => {
  for (const size of [0, 1, 15, 16, 32, 257, 2048]) {
    const { secret, open } = await freshKey('X25519');
    const [m, info, aad] = [random(size), random(size % 90), random(size % 7)];
    const recipientKey = { privateKey: secret, publicKey: await boxPublic(open) };
    const ours = await sealOnce(open, info, aad, m);
    const opened = await suite.open({ recipientKey, enc: ours.slice(0, 32), info }, ours.slice(32), aad);
    expect(new Uint8Array(opened)).toEqual(m);
    const { enc, ct } = await suite.seal({ recipientPublicKey: recipientKey.publicKey, info }, m, aad);
    const theirs = new Uint8Array([...new Uint8Array(enc), ...new Uint8Array(ct)]);
    expect(await openOnce({ secret, open }, info, aad, theirs)).toEqual(m);
  }
});

test('each message has a key of its own', async () => {
  const { open } = await freshKey('X25519');
  const sealed = await Promise.all([1, 2].map(() => sealOnce(open, random(0), random(0), new Uint8Array(32))));
  expect(sealed[0]).not.toEqual(sealed[1]);
});

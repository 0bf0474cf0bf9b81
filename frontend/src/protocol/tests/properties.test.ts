/** Properties of PROTOCOL.md that vectors alone do not show, in the language of the browser. */
import { describe, expect, test } from 'vitest';
import * as account from '../account';
import * as box from '../box';
import { fromBase64, fromHex, type Bytes } from '../bytes';
import { decode } from '../encoding';
import { isFailure, type FailureCode } from '../failures';
import { checkBoxKey, freshKey, keyFromSeed, verify } from '../keys';
import { lock, unlock } from '../lock';
import { stretch } from '../argon';
import { agree, baseKey, ed25519Verify, random } from '../subtle';
import * as s from '../shapes';

const ZERO: Bytes = new Uint8Array(32);
const ONE = Uint8Array.of(1, ...new Uint8Array(31));
const SMALL_U = [
  ZERO, ONE, fromHex(`ec${'ff'.repeat(30)}7f`),
  fromHex('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'),
  fromHex('5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'),
];

async function refusal(doing: Promise<unknown>): Promise<FailureCode | 'none'> {
  try {
    await doing;
    return 'none';
  } catch (wrong) {
    if (isFailure(wrong)) return wrong.code;
    throw wrong;
  }
}

test('a key that signs anything is refused, though the machine takes it: p11', async () => {
  const signature = Uint8Array.of(1, ...new Uint8Array(63));
  // Whatever the library of this machine says, ours refuses.
  await ed25519Verify(ONE, signature, random(9));
  expect(await refusal(verify(ONE, signature, 'event', random(9)))).toBe('bad_key');
  const { open } = await freshKey('Ed25519');
  expect(await refusal(verify(open, signature, 'event', random(9)))).toBe('bad_key');
});

test('no point of small order is sealed to, opened from or agreed with: p12', async () => {
  const mine = await freshKey('X25519');
  for (const small of SMALL_U) {
    expect(await refusal(agree(mine.secret, small))).toBe('bad_key');
    expect(await refusal(box.seal(small, ONE, 'box'))).toBe('bad_key');
    const sealed = new Uint8Array([...small, ...random(48)]);
    expect(await refusal(box.open({ secret: mine.secret, open: mine.open }, sealed, 'box'))).toBe('cannot_open');
  }
  const high = mine.open.slice();
  high[31] = (high[31] ?? 0) | 0x80;
  expect(() => checkBoxKey(high)).toThrow('bad_key');
});

describe('private keys of the record', () => {
  const sealed = async (use: 'sign' | 'box') => {
    const [ak, id, member] = [random(32), random(16), random(16)];
    const key = await freshKey(use === 'sign' ? 'Ed25519' : 'X25519');
    return { ak, id, member, key, wrapped: await account.sealPrivateKey(ak, id, member, use, key.seed) };
  };

  test('another public half gives no key to sign with: p5', async () => {
    for (const use of ['sign', 'box'] as const) {
      const { ak, id, member, key, wrapped } = await sealed(use);
      const other = await freshKey(use === 'sign' ? 'Ed25519' : 'X25519');
      expect(await refusal(account.openPrivateKey(ak, id, member, use, wrapped, key.open))).toBe('none');
      expect(await refusal(account.openPrivateKey(ak, id, member, use, wrapped, other.open))).toBe('bad_key');
      expect(await refusal(account.openPrivateKey(ak, id, random(16), use, wrapped, key.open))).toBe('cannot_open');
      expect(await refusal(account.openPrivateKey(ak, random(16), member, use, wrapped, key.open))).toBe('cannot_open');
    }
  });

  test('a key for one use is none for the other: p5', async () => {
    const { ak, id, member, key, wrapped } = await sealed('sign');
    expect(await refusal(account.openPrivateKey(ak, id, member, 'box', wrapped, key.open))).toBe('cannot_open');
  });

  test('no script can take them out: p6', async () => {
    const { ak, id, member, key, wrapped } = await sealed('sign');
    const secrets = [
      await account.openPrivateKey(ak, id, member, 'sign', wrapped, key.open),
      key.secret,
      (await keyFromSeed('X25519', random(32))).secret,
      await baseKey(random(32)),
    ];
    for (const secret of secrets) {
      expect(secret.extractable).toBe(false);
      for (const form of ['raw', 'pkcs8', 'jwk'] as const) {
        await expect(globalThis.crypto.subtle.exportKey(form as 'raw', secret)).rejects.toThrow();
      }
    }
  });
});

test('a wrap opens for its account, kind and id only: p4', async () => {
  const place = { account: random(16), kind: account.UNLOCKER.passphrase, unlocker: random(16) };
  const [wrapping, ak] = [random(32), random(32)];
  const wrap = await account.wrapAccountKey(wrapping, ak, place);
  expect(await account.unwrapToSealAgain(wrapping, wrap, place)).toEqual(ak);
  const others = [
    { ...place, account: random(16) }, { ...place, unlocker: random(16) }, { ...place, kind: account.UNLOCKER.code },
  ];
  for (const other of others) expect(await refusal(account.unwrapAccountKey(wrapping, wrap, other))).toBe('cannot_open');
});

test('what is shown at sign-in is another key than the one that unwraps: p2', async () => {
  const master = random(32);
  for (const kind of [1, 2] as const) {
    const [shown, kept] = [await account.signInKey(master, kind), await account.wrapping(master, kind)];
    expect(shown).not.toEqual(kept);
    const place = { account: random(16), kind, unlocker: random(16) };
    const wrap = await account.wrapAccountKey(kept, random(32), place);
    expect(await refusal(account.unwrapToSealAgain(shown, wrap, place))).toBe('cannot_open');
    expect(await refusal(account.unwrapToSealAgain(account.verifier(shown), wrap, place))).toBe('cannot_open');
  }
});

test('the passphrase is stretched by constants; there is nowhere to give weaker ones: p3', () => {
  // What the constants are, the vectors of `account` say.
  expect(stretch.length).toBe(2);
});

test('a lock made under one key opens under no other: p29', async () => {
  const [k, other] = [random(32), random(32)];
  const sealed = await lock(k, ONE, 'card', ZERO, ZERO);
  expect(await unlock(k, sealed, 'card', ZERO, ZERO)).toEqual(ONE);
  expect(await refusal(unlock(other, sealed, 'card', ZERO, ZERO))).toBe('cannot_open');
  expect(await refusal(unlock(k, sealed, 'preview', ZERO, ZERO))).toBe('cannot_open');
});

test('numbers that a script cannot hold exactly are refused: p66', () => {
  const exact = fromHex('1b001fffffffffffff');
  expect(decode(exact, s.u, 64)).toBe(Number.MAX_SAFE_INTEGER);
  for (const hex of ['1b0020000000000000', '1b0020000000000001', '1bffffffffffffffff', '1b0000000000000001', '1801', '20', 'f97c00']) {
    expect(() => decode(fromHex(hex), s.anything, 64)).toThrow('not_canonical');
  }
  for (const text of ['AA==', 'AB', 'A', 'A+', 'A/', ' AA']) expect(() => fromBase64(text)).toThrow('not_canonical');
});

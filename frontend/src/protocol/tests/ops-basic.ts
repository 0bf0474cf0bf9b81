/** Operations on bytes, keys and accounts. */
import { argon2id } from '@noble/hashes/argon2.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import * as account from '../account';
import { stretch } from '../argon';
import * as box from '../box';
import { EMPTY, fromBase64, toBase64, type Bytes } from '../bytes';
import { decode, encode } from '../encoding';
import { Failure } from '../failures';
import { openOnce } from '../hpke';
import { checkBoxKey, checkSignKey, keyFromSeed, sign, verify } from '../keys';
import { lock, unlock } from '../lock';
import * as passkeys from '../passkey';
import { h, kdf, mac, pad, unpad } from '../primitives';
import { makeCode, readCode, writeCode } from '../recovery-code';
import * as s from '../shapes';
import { baseKey, ed25519Sign, ed25519Verify, pkcs8, privateKey, publicHalf } from '../subtle';
import { withRandom, type In, type Ops, type Out } from './playing';

function atom(notation: string): s.Shape<unknown> {
  if (notation.endsWith('?')) return s.maybe(atom(notation.slice(0, -1)));
  if (notation === 'u') return s.u;
  if (notation === 'bool') return s.bool;
  if (notation === 'any') return s.anything;
  if (notation === 'b') return s.bytes();
  if (notation.startsWith('b')) return s.bytes(Number(notation.slice(1)));
  const [low, high] = notation.slice(1).split('-');
  return high === undefined ? s.text(1, Number(low)) : s.text(Number(low), Number(high));
}

function shapeFrom(notation: In): s.Shape<unknown> {
  if (Array.isArray(notation)) return s.row(...notation.map(shapeFrom));
  if (typeof notation === 'string') return atom(notation);
  if ('many' in notation) return s.list(shapeFrom(notation.many), notation.most ?? undefined);
  return s.maybe(shapeFrom(notation.maybe));
}

async function boxKey(seed: Bytes): Promise<box.BoxKey> {
  return { secret: await privateKey('X25519', seed), open: await publicHalf('X25519', seed) };
}

/** What was sealed to the bytes and what is derived through a key that cannot be read are the same. */
async function bothWays(ikm: Bytes, salt: Bytes, size: number, domain: string, parts: In): Promise<Bytes> {
  const raw = await kdf(ikm, salt, size, domain, ...parts);
  const sealed = await kdf(await baseKey(ikm), salt, size, domain, ...parts);
  if (toBase64(raw) !== toBase64(sealed)) throw new Error('the two ways to derive differ');
  return raw;
}

export const basicOps: Ops = {
  enc: ({ value }) => ({ bytes: encode(value) }),
  decode: ({ bytes, shape, most }) => ({ value: decode(bytes, shapeFrom(shape), most) }),
  b64u: ({ bytes }) => ({ text: toBase64(bytes) }),
  'un-b64u': ({ text }) => ({ bytes: fromBase64(text) }),
  h: ({ domain, parts }) => ({ hash: h(domain, ...parts) }),
  kdf: async ({ ikm, salt, size, domain, parts }) => ({ key: await bothWays(ikm, salt, size, domain, parts) }),
  mac: ({ key, domain, parts }) => ({ mac: mac(key, domain, ...parts) }),
  sign: async ({ seed, domain, parts }) => {
    const key = await keyFromSeed('Ed25519', seed);
    return { public: key.open, signature: await sign(key.secret, domain, ...parts) };
  },
  'check-signature': async ({ public: open, signature, domain, parts }) => {
    await verify(open, signature, domain, ...parts);
    return {};
  },
  'check-sign-key': ({ public: open }) => {
    checkSignKey(open);
    return {};
  },
  'check-box-key': ({ public: open }) => {
    checkBoxKey(open);
    return {};
  },
  pad: ({ message, most }) => ({ padded: pad(message, most) }),
  unpad: ({ padded, most }) => ({ message: unpad(padded, most) }),
  lock: ({ key, message, domain, parts, random }) =>
    withRandom(random, async () => ({ locked: await lock(key, message, domain, ...parts) })),
  unlock: async ({ key, locked, domain, parts }) => ({ message: await unlock(key, locked, domain, ...parts) }),
  unbox: async ({ private: seed, sealed, domain, parts }) => ({
    message: await box.open(await boxKey(seed), sealed, domain, ...parts),
  }),
  rfc8032: async ({ seed, message }) => ({
    public: await publicHalf('Ed25519', seed),
    signature: await ed25519Sign(await privateKey('Ed25519', seed), message),
  }),
  'rfc8032-verify': async ({ public: open, message, signature }) => {
    if (!(await ed25519Verify(open, signature, message))) throw new Failure('bad_signature');
    return {};
  },
  rfc5869: ({ ikm, salt, info, size }) => ({ okm: expand(sha256, extract(sha256, ikm, salt), info, size) }),
  rfc9180: async ({ private: seed, info, aad, sealed }) => ({ message: await openOnce(await boxKey(seed), info, aad, sealed) }),
  rfc9106: ({ password, salt, secret, ad, cost: [m, t, p] }) => ({
    tag: argon2id(password, salt, { m, t, p, dkLen: 32, version: 0x13, key: secret, personalization: ad }),
  }),
};

async function unlocker(kind: account.UnlockerKind, master: Bytes, lookup: Bytes): Promise<Out> {
  const signIn = await account.signInKey(master, kind);
  const wrapping = await account.wrapping(master, kind);
  return { lookup, wrapping, sign_in: signIn, verifier: account.verifier(signIn) };
}

async function openEntry({ ak, account_id, entry }: In): Promise<Out> {
  const [, , member, signPk, boxPk, signKey, boxKey_] = entry;
  await account.openPrivateKey(await baseKey(ak), account_id, member, 'sign', signKey, signPk);
  await account.openPrivateKey(await baseKey(ak), account_id, member, 'box', boxKey_, boxPk);
  const key = await kdf(ak, EMPTY, 32, 'key-wrap', account_id);
  const sealed = (bytes: Bytes, use: string) => unlock(key, bytes, 'private-key', new Uint8Array(32), member, use);
  const [sign_pkcs8, box_pkcs8] = [await sealed(signKey, 'sign'), await sealed(boxKey_, 'box')];
  return { sign_pk: signPk, box_pk: boxPk, sign_pkcs8, box_pkcs8 };
}

async function sealEntry({ ak, account_id, circle, kind, member, sign_seed, box_seed, random }: In): Promise<Out> {
  return await withRandom(random, async () => {
    const signKey = await account.sealPrivateKey(ak, account_id, member, 'sign', sign_seed);
    const boxKey_ = await account.sealPrivateKey(ak, account_id, member, 'box', box_seed);
    const open = [await publicHalf('Ed25519', sign_seed), await publicHalf('X25519', box_seed)];
    return { entry: [circle, kind, member, ...open, signKey, boxKey_] };
  });
}

const readers = { account: account.readAccountBody, pins: account.readPinsBody, mine: account.readMineBody } as const;

async function openRecord({ ak, account_id, slot, version, record, seen }: In): Promise<Out> {
  const body = await account.openRecord(ak, account_id, slot, version, record, seen);
  return { body: readers[slot as account.Slot](body, version) };
}

export const accountOps: Ops = {
  'member-keys': async ({ sign_seed, box_seed }) => ({
    sign_pk: await publicHalf('Ed25519', sign_seed),
    box_pk: await publicHalf('X25519', box_seed),
    sign_pkcs8: pkcs8('Ed25519', sign_seed),
    box_pkcs8: pkcs8('X25519', box_seed),
  }),
  'seal-entry': sealEntry,
  'open-entry': openEntry,
  'sign-in-name': ({ typed }) => ({ name: account.signInName(typed) }),
  'name-id': ({ home, typed }) => ({ name_id: account.nameId(home, account.signInName(typed)) }),
  'passphrase-unlocker': async ({ home, typed_name, typed }) => {
    const name = account.signInName(typed_name);
    const master = stretch(account.passphraseBytes(typed), account.passphraseSalt(home, name));
    return await unlocker(1, master, account.nameId(home, name));
  },
  'code-unlocker': async ({ home, typed }) => {
    const master = await account.codeMaster(home, readCode(typed));
    return await unlocker(2, master, await account.codeLookup(master));
  },
  'passkey-input': ({ home }) => ({ input: account.passkeyInput(home) }),
  'passkey-unlocker': async ({ home, result }) => {
    const master = await account.passkeyMaster(home, result);
    return await unlocker(3, master, await account.passkeyLookup(master));
  },
  'passkey-challenge': ({ home, time, nonce, credential }) => ({
    challenge: passkeys.challenge(home, time, nonce),
    id: passkeys.idOf(credential),
  }),
  'seal-passkey-name': ({ home, handle, account_id, passkey, typed, random }) =>
    withRandom(random, async () => ({
      sealed: await passkeys.sealName({ home, handle, account: account_id, id: passkey }, typed),
    })),
  'open-passkey-name': async ({ home, handle, account_id, passkey, sealed }) => ({
    typed: await passkeys.openName({ home, handle, account: account_id, id: passkey }, sealed),
  }),
  wrap: ({ kind, wrapping, ak, account_id, unlocker_id, random }) =>
    withRandom(random, async () => {
      const at = { account: account_id, kind, unlocker: unlocker_id };
      return { wrap: await account.wrapAccountKey(wrapping, ak, at) };
    }),
  unwrap: async ({ kind, wrapping, wrap, account_id, unlocker_id }) => {
    const at = { account: account_id, kind, unlocker: unlocker_id };
    await account.unwrapAccountKey(wrapping, wrap, at);
    return { ak: await account.unwrapToSealAgain(wrapping, wrap, at) };
  },
  'seal-record': ({ ak, account_id, slot, body, random }) =>
    withRandom(random, async () => {
      const bytes = account.writeBody(body);
      return { record: await account.sealRecord(ak, account_id, slot, body[0], bytes) };
    }),
  'open-record': openRecord,
  'seal-local': ({ ak, account_id, label, content, random }) =>
    withRandom(random, async () => ({ sealed: await account.sealLocal(ak, account_id, label, content) })),
  'open-local': async ({ ak, account_id, label, sealed }) => ({
    content: await account.openLocal(ak, account_id, label, sealed),
  }),
  'code-from': ({ numbers }) => {
    const symbols = numbers.map((n: number) => '0123456789ABCDEFGHJKMNPQRSTVWXY'.charAt(n)).join('');
    return { code: writeCode(symbols).join('-') };
  },
  'new-code': ({ random }) => withRandom(random, () => ({ code: writeCode(makeCode()).join('-') })),
  'read-code': ({ typed }) => ({ symbols: readCode(typed) }),
};

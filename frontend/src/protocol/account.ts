/** The account: names, unlockers, and records sealed under the account key (SPEC.md section 3). */
import { EMPTY, same, textBytes, type Bytes } from './bytes';
import { decode, encode } from './encoding';
import { must } from './failures';
import { lock, unlock, unlockKey } from './lock';
import { h, kdf, pad, unpad, type Secret } from './primitives';
import * as s from './shapes';
import { textLength } from './shapes';
import { ed25519Sign, ed25519Verify, ownBoxPublic, pkcs8, random, type Curve } from './subtle';

const MOST_RECORD = 262_144;
const ZEROS: Bytes = new Uint8Array(32);

export const UNLOCKER = { passphrase: 1, code: 2, passkey: 3 } as const;
export type UnlockerKind = (typeof UNLOCKER)[keyof typeof UNLOCKER];
export type Slot = 'account' | 'pins' | 'mine';

/** White space as every language here understands it, whatever its own tables say. */
const WHITE_SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

/** As it is signed in with: 2 to 64 code points, else `too_short` or `too_long`. */
export function signInName(typed: string): string {
  const lower = typed.normalize('NFKC').toLowerCase().normalize('NFKC');
  const name = lower.replaceAll(WHITE_SPACE, ' ').replaceAll(/^ +| +$/g, '');
  const length = textLength(name);
  must(length >= 2, 'too_short');
  must(length <= 64, 'too_long');
  return name;
}

export function nameId(home: string, name: string): Bytes {
  return h('sign-in-name', home, name).slice(0, 16);
}

/** As it is stretched; under 12 code points it is `too_short`. */
export function passphraseBytes(typed: string): Bytes {
  const passphrase = typed.normalize('NFKC').replaceAll(/^ +| +$/g, '');
  must(textLength(passphrase) >= 12, 'too_short');
  return textBytes(passphrase);
}

export function passphraseSalt(home: string, name: string): Bytes {
  return h('salt', home, name).slice(0, 16);
}

export async function codeMaster(home: string, symbols: string): Promise<Bytes> {
  return await kdf(textBytes(symbols), EMPTY, 32, 'recovery-code', home);
}

export async function codeLookup(master: Uint8Array): Promise<Bytes> {
  return await kdf(master, EMPTY, 16, 'recovery-lookup');
}

/** What a passkey is asked about; the same for everybody on this instance. */
export function passkeyInput(home: string): Bytes {
  return h('passkey-input', home);
}

/** From what a passkey's `prf` gave: 32 bytes, else `bad_key`. */
export async function passkeyMaster(home: string, result: Uint8Array): Promise<Bytes> {
  must(result.length === 32, 'bad_key');
  return await kdf(result, EMPTY, 32, 'passkey', home);
}

export async function passkeyLookup(master: Uint8Array): Promise<Bytes> {
  return await kdf(master, EMPTY, 16, 'passkey-lookup');
}

export async function wrapping(master: Uint8Array, kind: UnlockerKind): Promise<Bytes> {
  return await kdf(master, EMPTY, 32, 'unlocker/wrap', kind);
}

/** What is shown to the server to sign in; it says nothing about the wrapping key. */
export async function signInKey(master: Uint8Array, kind: UnlockerKind): Promise<Bytes> {
  return await kdf(master, EMPTY, 32, 'unlocker/sign-in', kind);
}

export function verifier(signIn: Uint8Array): Bytes {
  return h('verifier', signIn);
}

/** Which unlocker of which account a wrap belongs to. */
export interface WrapPlace {
  account: Bytes;
  kind: UnlockerKind;
  unlocker: Bytes;
}

export async function wrapAccountKey(wrappingKey: Bytes, accountKey: Bytes, at: WrapPlace): Promise<Bytes> {
  return await lock(wrappingKey, accountKey, 'wrap', at.account, at.kind, at.unlocker);
}

/** The account key as bytes: only to seal it for another unlocker. */
export async function unwrapToSealAgain(wrappingKey: Bytes, wrap: Bytes, at: WrapPlace): Promise<Bytes> {
  const key = await unlock(wrappingKey, wrap, 'wrap', at.account, at.kind, at.unlocker);
  must(key.length === 32, 'cannot_open');
  return key;
}

/** The account key as a key that scripts cannot read. */
export async function unwrapAccountKey(wrappingKey: Bytes, wrap: Bytes, at: WrapPlace): Promise<CryptoKey> {
  return await unlockKey('HKDF', wrappingKey, wrap, 'wrap', at.account, at.kind, at.unlocker);
}

export function wrapHash(wrap: Uint8Array): Bytes {
  return h('wrap-hash', wrap);
}

export function verifierHash(verifier_: Uint8Array, lookup: Uint8Array): Bytes {
  return h('verifier-hash', verifier_, lookup);
}

async function recordKey(ak: Secret, account: Bytes, slot: Slot | 'local'): Promise<Bytes> {
  return await kdf(ak, EMPTY, 32, 'record-key', account, slot);
}

export async function sealRecord(ak: Secret, account: Bytes, slot: Slot, version: number, body: Bytes): Promise<Bytes> {
  const key = await recordKey(ak, account, slot);
  return await lock(key, pad(body, MOST_RECORD), 'record', account, slot, version);
}

/** The body; `seen` is the highest version known so far: a lower one is `rolled_back`. */
export async function openRecord(
  ak: Secret,
  account: Bytes,
  slot: Slot,
  version: number,
  sealed: Bytes,
  seen = 0,
): Promise<Bytes> {
  must(version >= seen, 'rolled_back');
  const key = await recordKey(ak, account, slot);
  return unpad(await unlock(key, sealed, 'record', account, slot, version), MOST_RECORD);
}

/** What stays on one's own device, by a name of its own. */
export async function sealLocal(ak: Secret, account: Bytes, name: string, m: Bytes): Promise<Bytes> {
  return await lock(await recordKey(ak, account, 'local'), m, 'local', account, name);
}

export async function openLocal(ak: Secret, account: Bytes, name: string, sealed: Bytes): Promise<Bytes> {
  return await unlock(await recordKey(ak, account, 'local'), sealed, 'local', account, name);
}

const circleKeys = s.row(s.b32, s.u, s.b16, s.b32, s.b32, s.bytes(), s.bytes());
const accountBody = s.row(s.u, s.t64, s.maybe(s.b32), s.list(circleKeys));
const pinsBody = s.row(s.u, s.list(s.row(s.b32, s.u, s.b32)));
const mineBody = s.row(s.u, s.text(0, MOST_RECORD));

/** `[circle, kind, member, sign_pk, box_pk, sign_key, box_key]` */
export type CircleKeys = s.Of<typeof circleKeys>;
/** `[version, home, own circle or null, keys]` */
export type AccountBody = s.Of<typeof accountBody>;
export type PinsBody = s.Of<typeof pinsBody>;
export type MineBody = s.Of<typeof mineBody>;

export function writeBody(body: AccountBody | PinsBody | MineBody): Bytes {
  return encode(body);
}

function sameVersion<T extends readonly [number, ...unknown[]]>(body: T, version: number): T {
  must(body[0] === version, 'not_canonical');
  return body;
}

export function readAccountBody(body: Bytes, version: number): AccountBody {
  return sameVersion(decode(body, accountBody, MOST_RECORD), version);
}

export function readPinsBody(body: Bytes, version: number): PinsBody {
  return sameVersion(decode(body, pinsBody, MOST_RECORD), version);
}

export function readMineBody(body: Bytes, version: number): MineBody {
  return sameVersion(decode(body, mineBody, MOST_RECORD), version);
}

type Use = 'sign' | 'box';
const CURVE: Readonly<Record<Use, Curve>> = { sign: 'Ed25519', box: 'X25519' };

async function keyWrap(ak: Secret, account: Bytes): Promise<Bytes> {
  return await kdf(ak, EMPTY, 32, 'key-wrap', account);
}

/** A circle's private key, sealed for the account record. */
export async function sealPrivateKey(ak: Secret, account: Bytes, member: Bytes, use: Use, seed: Bytes): Promise<Bytes> {
  return await lock(await keyWrap(ak, account), pkcs8(CURVE[use], seed), 'private-key', ZEROS, member, use);
}

/** The same private key, sealed for a record under another account key. */
export async function resealPrivateKey(from: Secret, to: Secret, account: Bytes, member: Bytes, use: Use, sealed: Bytes): Promise<Bytes> {
  const inside = await unlock(await keyWrap(from, account), sealed, 'private-key', ZEROS, member, use);
  const again = await lock(await keyWrap(to, account), inside, 'private-key', ZEROS, member, use);
  inside.fill(0);
  return again;
}

async function belongs(secret: CryptoKey, open: Bytes, use: Use): Promise<boolean> {
  if (use === 'box') return same(await ownBoxPublic(secret), open);
  const probe = random(32);
  return await ed25519Verify(open, await ed25519Sign(secret, probe), probe);
}

/** Not extractable; refuses as `bad_key` when it is not the private half of `open` (P5). */
export async function openPrivateKey(
  ak: Secret,
  account: Bytes,
  member: Bytes,
  use: Use,
  sealed: Bytes,
  open: Bytes,
): Promise<CryptoKey> {
  const secret = await unlockKey(CURVE[use], await keyWrap(ak, account), sealed, 'private-key', ZEROS, member, use);
  must(await belongs(secret, open, use), 'bad_key');
  return secret;
}


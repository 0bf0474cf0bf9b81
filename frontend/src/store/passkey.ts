/**
 * Passkeys. What a passkey gives for one fixed question is a secret: it is handed on inside this browser only, and
 * nothing else of what the browser answers leaves this file. `toJSON()` of an answer would carry the secret (P1).
 */
import { Trouble } from '../inside/trouble';
import { account, random, toBase64, type Bytes } from '../protocol';
import { passkeys } from '../protocol/later';
import type { Way } from './entry';

/** The kinds of key a passkey may have: ES256, EdDSA, RS256. Checked by the server alone, where one only signs in. */
const KINDS = [-7, -8, -257].map((alg) => ({ type: 'public-key' as const, alg }));

async function asked(credential: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const given = await credential;
    if (given instanceof PublicKeyCredential) return given;
  } catch (wrong) {
    const isNo = wrong instanceof DOMException && (wrong.name === 'NotAllowedError' || wrong.name === 'AbortError');
    throw new Trouble(isNo ? 'passkey_not_used' : 'passkey_cannot');
  }
  throw new Trouble('passkey_not_used');
}

function secretIn(given: PublicKeyCredential): Bytes | null {
  const found = given.getClientExtensionResults().prf?.results?.first;
  if (found === undefined) return null;
  return ArrayBuffer.isView(found) ? new Uint8Array(new Uint8Array(found.buffer, found.byteOffset, found.byteLength)) : new Uint8Array(found);
}

/** Any that is here or the one named. */
async function touched(home: string, id: BufferSource | null, challenge: Bytes): Promise<PublicKeyCredential> {
  const allowCredentials = id === null ? [] : [{ type: 'public-key' as const, id }];
  return await asked(navigator.credentials.get({
    publicKey: {
      challenge, allowCredentials, userVerification: 'required',
      extensions: { prf: { eval: { first: account.passkeyInput(home) } } },
    },
  }));
}

async function ask(home: string, id: BufferSource | null): Promise<Bytes> {
  const secret = secretIn(await touched(home, id, random(32)));
  if (secret === null) throw new Trouble('passkey_cannot');
  return secret;
}

export async function askPasskey(home: string): Promise<Bytes> {
  return await ask(home, null);
}

/** What a passkey gives to come in with: a secret that opens, or what says whose it is. */
export interface Shown {
  secret: Bytes | null;
  /** Known to the passkey and this browser alone. */
  handle: Bytes;
  ask: Readonly<Record<string, string | number>>;
}

/** `time`: the server's second, which the passkey signs. */
export async function showPasskey(home: string, time: number): Promise<Shown> {
  const nonce = random(16);
  const given = await touched(home, null, passkeys.challenge(home, time, nonce));
  const { response } = given;
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new Trouble('passkey_cannot');
  const text = (part: ArrayBuffer) => toBase64(new Uint8Array(part));
  const parts = { data: text(response.authenticatorData), client: text(response.clientDataJSON), sig: text(response.signature) };
  const id = toBase64(passkeys.idOf(new Uint8Array(given.rawId)));
  const handle = new Uint8Array(response.userHandle ?? new ArrayBuffer(0));
  return { secret: secretIn(given), handle, ask: { id, time, nonce: toBase64(nonce), ...parts } };
}

/** Tells the device that this one is of no use here, where it listens to that. */
async function forget(id: ArrayBuffer): Promise<void> {
  try {
    await PublicKeyCredential.signalUnknownCredential({ rpId: location.hostname, credentialId: toBase64(new Uint8Array(id)) });
  } catch {
    // Then it stays in the device's list, and opens nothing.
  }
}

/** One that keeps no secret: it says whose it is, and opens nothing. */
export interface Signing {
  id: Bytes;
  key: Bytes;
  handle: Bytes;
}

async function signing(given: PublicKeyCredential, handle: Bytes): Promise<Signing> {
  const { response } = given;
  const key = response instanceof AuthenticatorAttestationResponse ? response.getPublicKey() : null;
  if (key === null) {
    await forget(given.rawId);
    throw new Trouble('passkey_cannot');
  }
  return { id: passkeys.idOf(new Uint8Array(given.rawId)), key: new Uint8Array(key), handle };
}

/** Makes one. The name stands beside it wherever the member keeps their passkeys. */
export async function makePasskey(home: string, site: string, name: string): Promise<Bytes | Signing> {
  const handle = random(16);
  const given = await asked(navigator.credentials.create({
    publicKey: {
      rp: { name: site }, user: { id: handle, name, displayName: name }, challenge: random(32), pubKeyCredParams: KINDS,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, attestation: 'none',
      extensions: { prf: { eval: { first: account.passkeyInput(home) } } },
    },
  }));
  if (given.getClientExtensionResults().prf?.enabled !== true) return await signing(given, handle);
  return secretIn(given) ?? (await ask(home, given.rawId));
}

export async function byPasskey(home: string, result: Uint8Array): Promise<Way> {
  const master = await account.passkeyMaster(home, result);
  const lookup = toBase64(await account.passkeyLookup(master));
  return { kind: account.UNLOCKER.passkey, master, ask: { lookup }, signInName: '' };
}

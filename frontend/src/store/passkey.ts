/**
 * Passkeys. What a passkey gives for one fixed question is a secret: it is handed on inside this browser only, and
 * nothing else of what the browser answers leaves this file. `toJSON()` of an answer would carry the secret (P1).
 */
import { Trouble } from '../inside/trouble';
import { account, random, toBase64, type Bytes } from '../protocol';
import type { Way } from './entry';

/** The kinds of key a passkey may have: ES256, EdDSA, RS256. Nobody checks them here; the secret is what counts. */
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

/** Asks a passkey, any that is here or the one named. */
async function ask(home: string, id: BufferSource | null): Promise<Bytes> {
  const allowCredentials = id === null ? [] : [{ type: 'public-key' as const, id }];
  const given = await asked(navigator.credentials.get({
    publicKey: {
      challenge: random(32), allowCredentials, userVerification: 'required',
      extensions: { prf: { eval: { first: account.passkeyInput(home) } } },
    },
  }));
  const secret = secretIn(given);
  if (secret === null) throw new Trouble('passkey_cannot');
  return secret;
}

export async function askPasskey(home: string): Promise<Bytes> {
  return await ask(home, null);
}

/** Tells the device that this one is of no use here, where it listens to that. */
async function forget(id: ArrayBuffer): Promise<void> {
  try {
    await PublicKeyCredential.signalUnknownCredential({ rpId: location.hostname, credentialId: toBase64(new Uint8Array(id)) });
  } catch {
    // Then it stays in the device's list, and opens nothing.
  }
}

/** Makes one. The name stands beside it wherever the member keeps their passkeys. */
export async function makePasskey(home: string, site: string, name: string): Promise<Bytes> {
  const given = await asked(navigator.credentials.create({
    publicKey: {
      rp: { name: site }, user: { id: random(16), name, displayName: name }, challenge: random(32), pubKeyCredParams: KINDS,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, attestation: 'none',
      extensions: { prf: { eval: { first: account.passkeyInput(home) } } },
    },
  }));
  if (given.getClientExtensionResults().prf?.enabled !== true) {
    await forget(given.rawId);
    throw new Trouble('passkey_cannot');
  }
  return secretIn(given) ?? (await ask(home, given.rawId));
}

export async function byPasskey(home: string, result: Uint8Array): Promise<Way> {
  const master = await account.passkeyMaster(home, result);
  const lookup = toBase64(await account.passkeyLookup(master));
  return { kind: account.UNLOCKER.passkey, master, ask: { lookup }, signInName: '' };
}

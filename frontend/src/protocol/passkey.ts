/** A passkey that only signs in: what it is asked, and the sign-in name it brings along (SPEC.md section 3). */
import { EMPTY, type Bytes } from './bytes';
import { decode, encode } from './encoding';
import { lock, unlock } from './lock';
import { h, kdf, pad, unpad } from './primitives';
import { text } from './shapes';

const MOST = 512;
const name_ = text(0, 64);

/** By what the server knows a passkey. */
export function idOf(credential: Uint8Array): Bytes {
  return h('passkey-id', credential);
}

/** What it signs to come in at this second; 16 fresh bytes make it new each time. */
export function challenge(home: string, time: number, nonce: Uint8Array): Bytes {
  return h('passkey-sign-in', home, time, nonce);
}

/** Whose sign-in name: what only the passkey tells, the account, and the passkey's id. */
export interface NamePlace {
  home: string;
  handle: Bytes;
  account: Bytes;
  id: Bytes;
}

async function keyOf({ home, handle }: NamePlace): Promise<Bytes> {
  return await kdf(handle, EMPTY, 32, 'passkey-name-key', home);
}

/** An empty name where none is known. */
export async function sealName(at: NamePlace, name: string): Promise<Bytes> {
  return await lock(await keyOf(at), pad(encode(name), MOST), 'passkey-name', at.account, at.id);
}

export async function openName(at: NamePlace, sealed: Bytes): Promise<string> {
  return decode(unpad(await unlock(await keyOf(at), sealed, 'passkey-name', at.account, at.id), MOST), name_, MOST);
}

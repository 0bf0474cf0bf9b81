/** Coming in with a passkey that only signs in: it says who is here, and a passphrase or code opens (SPEC.md section 3). */
import { Trouble } from '../inside/trouble';
import { account, fromBase64, isFailure, type Bytes } from '../protocol';
import { passkeys } from '../protocol/later';
import { openTold, type Entered, type SessionTold, type Way } from './entry';
import type { Hold } from './hold';
import type { Shown } from './passkey';
import { Refused } from './refusals';
import { waysTyped } from './ways-in';

/** Signed in, and nothing opened. */
export interface Signed {
  home: string;
  device: 'mine' | 'shared';
  told: SessionTold;
  /** The sign-in name; empty where the passkey does not know it. */
  name: string;
}

async function nameIn(home: string, handle: Bytes, id: Bytes, told: SessionTold & { name: string }): Promise<string> {
  try {
    return await passkeys.openName({ home, handle, account: fromBase64(told.account), id }, fromBase64(told.name));
  } catch (wrong) {
    if (isFailure(wrong)) throw new Trouble('unverified');
    throw wrong;
  }
}

/** Throws `passkey_cannot` or `passkey_unknown`. */
export async function signIn(hold: Hold, home: string, { ask, handle, secret }: Shown, device: Signed['device']): Promise<Signed> {
  try {
    const told = await hold.api.post<SessionTold & { name: string }>('/passkeys/session', { ...ask, device });
    return { home, device, told, name: await nameIn(home, handle, fromBase64(String(ask.id)), told) };
  } catch (wrong) {
    if (!(wrong instanceof Refused) || wrong.code !== 'not_known') throw wrong;
    throw new Trouble(secret === null ? 'passkey_cannot' : 'passkey_unknown');
  }
}

type Wrapped = NonNullable<SessionTold['unlocker']>;

async function opens({ master, kind }: Way, told: Wrapped, accountId: Bytes): Promise<boolean> {
  try {
    const place = { account: accountId, kind, unlocker: fromBase64(told.id) };
    await account.unwrapAccountKey(await account.wrapping(master, kind), fromBase64(told.wrap), place);
    return true;
  } catch (wrong) {
    if (isFailure(wrong)) return false;
    throw wrong;
  }
}

/** Opens with what was typed; `passphrase_again` when it opens nothing. */
export async function openSigned(hold: Hold, { home, told }: Signed, name: string, typed: string): Promise<Entered> {
  const { unlockers } = await hold.api.get<{ unlockers: Wrapped[] }>('/unlockers');
  for (const way of await waysTyped(home, name, typed)) {
    for (const unlocker of unlockers) {
      const isIt = unlocker.kind === way.kind && (await opens(way, unlocker, fromBase64(told.account)));
      if (isIt) return await openTold(hold, home, way, { ...told, unlocker });
    }
  }
  throw new Trouble('passphrase_again');
}

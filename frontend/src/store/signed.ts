/** What a session alone may not change: the key of one's own circle signs for it (SPEC.md sections 3 and 12). */
import { Trouble } from '../inside/trouble';
import { attachmentHash, same, sign, toBase64, type account, type Bytes } from '../protocol';
import type { Me } from './me';

function ownKey(me: Me): CryptoKey {
  const own = me.keys.find(({ circle }) => circle !== null && same(circle, me.own));
  if (own === undefined) throw new Trouble('unverified');
  return own.sign;
}

/** A record as the server takes it. */
export async function signedRecord(me: Me, slot: account.Slot, version: number, sealed: Bytes, key = ownKey(me)) {
  const sig = await sign(key, 'record-put', me.account, slot, version, attachmentHash(sealed));
  return { version, sealed: toBase64(sealed), sig: toBase64(sig) };
}

/** The wish to delete the account, at this second of the server's. */
export async function signedClose(time: number, me: Me) {
  return { time, sig: toBase64(await sign(ownKey(me), 'close', me.account, time)) };
}

/** A passkey that only signs in, as the server takes it. */
export async function signedPasskey(me: Me, id: Bytes, key: Bytes, name: Bytes, time: number) {
  const sig = await sign(ownKey(me), 'passkey-put', me.account, id, key, name, time);
  return { id: toBase64(id), key: toBase64(key), name: toBase64(name), time, sig: toBase64(sig) };
}

type Ways = {
  device: [endpoint: string, key: Bytes, secret: Bytes];
  mailbox: [address: string];
  calendar: [title: string, anew: boolean];
};

/** A way of being told, or a calendar address, at this second of the server's: a session alone adds none. */
export async function signedWay<K extends keyof Ways>(me: Me, time: number, what: K, way: Ways[K]) {
  return { time, sig: toBase64(await sign(ownKey(me), 'way-put', me.account, what, way, time)) };
}

/** The wish to take one away. */
export async function signedDrop(me: Me, id: Bytes, time: number) {
  return { id: toBase64(id), time, sig: toBase64(await sign(ownKey(me), 'passkey-drop', me.account, id, time)) };
}

/** The wish to come in on one's own device. */
export async function signedEntry(me: Me, time: number, nonce: Bytes) {
  return await sign(ownKey(me), 'device-sign-in', me.home, me.account, time, nonce);
}

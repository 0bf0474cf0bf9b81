/** Coming in: by passphrase, or with one's own device's key; other ways come with their pages. */
import type { Device } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { account, fromBase64, random, same, toBase64, type Bytes } from '../protocol';
import type { Hold } from './hold';
import { mustBeMine, mustBeOwn } from './home';
import { LogBook } from './log-book';
import { keysOf, openAccountRecord, type Me, type Sealed } from './me';
import { Refused } from './refusals';
import { signedEntry } from './signed';
import { passphraseMaster } from './stretch';

/** What the server tells whoever is in. */
export interface SessionTold {
  account: string;
  own: string;
  device: Exclude<Device, 'unknown'>;
  records: Readonly<Partial<Record<account.Slot, { version: number; sealed: string }>>>;
  closing_at: number | null;
  can_start: boolean;
  unlocker: { id: string; kind: account.UnlockerKind; wrap: string } | null;
}

export interface Entered {
  me: Me;
  told: SessionTold | null;
  own: LogBook;
  /** The account key as bytes, for making a recovery code in the same sitting. */
  fresh: Bytes;
}

/** The name as it is signed in with. */
export function nameOf(typed: string): string {
  try {
    return account.signInName(typed);
  } catch {
    throw new Trouble('name_empty');
  }
}

/** A way in, as far as it can be known before the server was asked. */
export interface Way {
  kind: account.UnlockerKind;
  master: Bytes;
  ask: Readonly<Record<string, string>>;
  signInName: string;
}

export async function byPassphrase(home: string, signInName: string, passphrase: string): Promise<Way> {
  const name = nameOf(signInName);
  const master = await passphraseMaster(home, name, passphrase);
  return { kind: account.UNLOCKER.passphrase, master, ask: { name }, signInName: name };
}

/** Comes in. The server is shown a key that opens nothing. */
export async function comeIn(hold: Hold, home: string, way: Way, device: Exclude<Device, 'unknown'>): Promise<Entered> {
  const sign_in_key = toBase64(await account.signInKey(way.master, way.kind));
  let told: SessionTold;
  try {
    told = await hold.api.post<SessionTold>('/sessions', { ...way.ask, sign_in_key, device });
  } catch (wrong) {
    const isUnknown = wrong instanceof Refused && wrong.code === 'not_known';
    if (isUnknown && way.kind === account.UNLOCKER.code) throw new Trouble('code_unknown');
    if (isUnknown && way.kind === account.UNLOCKER.passkey) throw new Trouble('passkey_unknown');
    throw wrong;
  }
  return await openTold(hold, home, way, told);
}

/** Opens what a session was told, by one way in. */
export async function openTold(hold: Hold, home: string, way: Way, told: SessionTold): Promise<Entered> {
  await mustBeOwn(hold.drawer, told);
  if (told.unlocker === null || told.records.account === undefined) throw new Trouble('unverified');
  const accountId = fromBase64(told.account);
  const place = { account: accountId, kind: way.kind, unlocker: fromBase64(told.unlocker.id) };
  const wrap = fromBase64(told.unlocker.wrap);
  const wrapping = await account.wrapping(way.master, way.kind);
  const fresh = await account.unwrapToSealAgain(wrapping, wrap, place);
  const ak = await account.unwrapAccountKey(wrapping, wrap, place);
  const record = sealedOf(told.records.account);
  const { home: pinned, own, keys } = await openAccountRecord(ak, accountId, record);
  if (pinned !== home || own === null || !same(own, fromBase64(told.own))) throw new Trouble('unverified');
  const { version } = record;
  const me: Me = { account: accountId, home, signInName: way.signInName, ak, own, version, keys, canStart: told.can_start };
  const book = ownBook(hold, me);
  if (told.closing_at === null) {
    await book.sync();
    checkWay(book, told.unlocker.id, wrap);
  }
  return { me, told, own: book, fresh };
}

export function sealedOf(told: { version: number; sealed: string }): Sealed {
  return { version: told.version, sealed: fromBase64(told.sealed) };
}

export function ownBook(hold: Hold, me: Me): LogBook {
  const [key, ...earlier] = keysOf(me, toBase64(me.own));
  if (key === undefined) throw new Trouble('unverified');
  return new LogBook(hold, me.own, key, earlier);
}

/** Whoever can change a row at the server cannot add a way in: it has to be signed for in one's own circle. */
function checkWay(book: LogBook, id: string, wrap: Bytes): void {
  const known = book.log.unlockers.get(id);
  if (known === undefined || !same(known.wrap, account.wrapHash(wrap))) throw new Trouble('unverified');
}

/** A session for one's own device, without a passphrase. */
export async function comeBack(hold: Hold, me: Me): Promise<SessionTold> {
  const nonce = random(16);
  const time = hold.clock.theirs();
  const sig = await signedEntry(me, time, nonce);
  const told = await hold.api.post<SessionTold>('/sessions', {
    account: toBase64(me.account), time, nonce: toBase64(nonce), sig: toBase64(sig), device: 'mine',
  });
  mustBeMine(me, told);
  return told;
}

/** Is there a way in of this kind? */
export function hasWay({ log }: LogBook, kind: account.UnlockerKind): boolean {
  return [...log.unlockers.values()].some((known) => known.kind === kind);
}

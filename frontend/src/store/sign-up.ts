/** Making an account, with its own circle. */
import type { NewAccount } from '../inside/model';
import { account, baseKey, Log, random, toBase64, type Bytes, type FreshKey, joining } from '../protocol';
import { Batch, KNOWS_NOTHING } from './batch';
import { nameOf, type Entered, type SessionTold } from './entry';
import type { Hold } from './hold';
import { LogBook } from './log-book';
import { makeCircleKey, sealAccountRecord, type CircleKey, type Me } from './me';
import { passphraseMaster } from './stretch';

/** What lets somebody make an account: an operator's code, or an open invitation. */
export type Right = { code: string } | { secret: Bytes };

async function rightJson(right: Right, accountId: Bytes): Promise<Record<string, string> | null> {
  if ('code' in right) return right.code === '' ? null : { start_code: right.code };
  const link: FreshKey = await joining.linkKey(right.secret);
  const lookup = await joining.linkLookup(right.secret);
  return { lookup: toBase64(lookup), link_sig: toBase64(await joining.signAccountByLink(link.secret, lookup, accountId)) };
}

interface FirstWay {
  id: Bytes;
  wrap: Bytes;
  verifier: Bytes;
  lookup: Bytes;
}

async function firstWay(home: string, name: string, passphrase: string, ak: Bytes, accountId: Bytes): Promise<FirstWay> {
  const master = await passphraseMaster(home, name, passphrase);
  const kind = account.UNLOCKER.passphrase;
  const id = random(16);
  const wrap = await account.wrapAccountKey(await account.wrapping(master, kind), ak, { account: accountId, kind, unlocker: id });
  const verifier = account.verifier(await account.signInKey(master, kind));
  return { id, wrap, verifier, lookup: account.nameId(home, name) };
}

async function ownCircle(key: CircleKey, way: FirstWay, now: number): Promise<Batch> {
  const batch = new Batch(new Log(), key, now);
  await batch.add('create', [random(32), 0, key.member, key.signPk, key.boxPk, null, null, null]);
  await batch.rotate(KNOWS_NOTHING);
  const hashes = [account.wrapHash(way.wrap), account.verifierHash(way.verifier, way.lookup)] as const;
  await batch.add('unlock', [1, account.UNLOCKER.passphrase, way.id, ...hashes]);
  return batch;
}

/** A new account, with its own circle, in one request. */
export async function signUp(hold: Hold, home: string, wanted: NewAccount, right: Right): Promise<Entered> {
  const name = nameOf(wanted.signInName);
  const [raw, accountId] = [random(32), random(16)];
  const way = await firstWay(home, name, wanted.passphrase, raw, accountId);
  const key = await makeCircleKey(raw, accountId, 0);
  const batch = await ownCircle(key, way, hold.clock.now());
  const own = batch.log.circle ?? random(32);
  const ownKey = { ...key, circle: own };
  const ak = await baseKey(raw);
  const me: Me = { account: accountId, home, signInName: name, ak, own, version: 1, keys: [ownKey], canStart: false };
  const { id, wrap, verifier, lookup } = way;
  const told = await hold.api.post<SessionTold>('/accounts', {
    account: toBase64(accountId),
    name,
    unlocker: { id: toBase64(id), kind: 1, lookup: toBase64(lookup), verifier: toBase64(verifier), wrap: toBase64(wrap) },
    ...batch.asJson(),
    record: { version: 1, sealed: toBase64(await sealAccountRecord(raw, me, 1)) },
    right: await rightJson(right, accountId),
    device: wanted.device,
    consent: { version: wanted.consent, over_18: true },
  });
  const book = new LogBook(hold, own, ownKey);
  await book.takeOwn(batch);
  return { me: { ...me, canStart: told.can_start }, told, own: book, fresh: raw };
}

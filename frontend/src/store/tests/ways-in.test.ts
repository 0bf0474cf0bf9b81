/** Before anything about the ways in changes, one of them is typed again: and only one that stands in one's own log counts. */
import { sha256 } from '@noble/hashes/sha2.js';
import { beforeEach, expect, it, vi } from 'vitest';
import { account, baseKey, join, KIND, Log, random, toBase64, type Bytes } from '../../protocol';
import { makeCode, readCode, writeCode } from '../../protocol/later';
import { Batch, KNOWS_NOTHING } from '../batch';
import { LogBook } from '../log-book';
import { makeCircleKey, type Me } from '../me';
import { byCode, putIn, WaysIn, type Fresh } from '../ways-in';
import { holdOf, now, Shelf } from './shelf';

/** In the place of the worker, which only a browser has: what it makes of a passphrase is its own, and quick. */
class StretchWorker {
  onmessage: (said: { data: Bytes }) => void = () => undefined;
  postMessage({ passphrase, salt }: { passphrase: Bytes; salt: Bytes }): void {
    const data = new Uint8Array(sha256(join(passphrase, salt)));
    queueMicrotask(() => this.onmessage({ data }));
  }
  terminate(): void {}
}

let shelf: Shelf;
let ways: WaysIn;
let ak: Bytes;
let fresh: Fresh;
let told: Fresh[];
let me: Me;
const mine = makeCode();
const typed = writeCode(mine).join('-');

/** The account key, or another, wrapped under the code: by its owner, or by whoever runs the server. */
async function wrapped(key: Bytes, id: Bytes): Promise<Fresh> {
  const kind = account.UNLOCKER.code;
  const master = await account.codeMaster('here', mine);
  const wrap = await account.wrapAccountKey(await account.wrapping(master, kind), key, { account: me.account, kind, unlocker: id });
  const verifier = account.verifier(await account.signInKey(master, kind));
  return { id, kind, wrap, verifier, lookup: await account.codeLookup(master) };
}

beforeEach(async () => {
  vi.stubGlobal('Worker', StretchWorker);
  const id = random(16);
  ak = random(32);
  const key = await makeCircleKey(ak, id, KIND.own);
  me = { account: id, home: 'here', signInName: '', ak: await baseKey(ak), own: random(32), version: 1, keys: [key], canStart: false };
  fresh = await wrapped(ak, random(16));
  const batch = new Batch(new Log(), key, now());
  await batch.add('create', [random(32), KIND.own, key.member, key.signPk, key.boxPk, null, null, null]);
  await batch.rotate(KNOWS_NOTHING);
  await putIn(batch, fresh);
  shelf = new Shelf();
  shelf.answer('POST', '/circles/x/events', batch.asJson());
  told = [fresh];
  shelf.lie = (path, answer) => {
    if (path !== '/unlockers') return answer;
    return { unlockers: told.map(({ id: one, kind, wrap }) => ({ id: toBase64(one), kind, wrap: toBase64(wrap) })) };
  };
  const own = batch.log.circle as Bytes;
  key.circle = own;
  me.own = own;
  const hold = holdOf(shelf);
  ways = new WaysIn(hold, me, new LogBook(hold, own, key));
});

it('a code typed again gives the account key', async () => {
  expect(readCode(typed)).toBe(mine);
  expect(await ways.openWith(typed)).toEqual(ak);
});

it('nothing goes on with a code that is not one’s own p58', async () => {
  await expect(ways.openWith(writeCode(makeCode()).join('-'))).rejects.toMatchObject({ code: 'passphrase_again' });
  await expect(ways.openWith('some passphrase of somebody')).rejects.toMatchObject({ code: 'passphrase_again' });
});

it('a wrap that the server put there does not count, whatever it opens to p57', async () => {
  const theirs = random(32);
  told = [await wrapped(theirs, fresh.id), await wrapped(theirs, random(16))];
  await expect(ways.openWith(typed)).rejects.toMatchObject({ code: 'passphrase_again' });
});

it('where nobody knows the sign-in name, a passphrase is made under the one that is typed', async () => {
  await expect(ways.changePassphrase(ak, 'seven calm words for tonight')).rejects.toMatchObject({ code: 'name_empty' });
  expect(me.signInName).toBe('');
  await ways.openWith(typed);
  await ways.changePassphrase(ak, 'seven calm words for tonight', ' Ben ');
  const sent = shelf.asked.filter(({ method, path }) => method === 'POST' && path === '/unlockers');
  expect([sent.length, me.signInName]).toEqual([1, 'ben']);
});

it.each([0, 3, 6])('a code with a letter missing or too many says in which part, where the parts are set apart (%i)', async (at) => {
  const short = writeCode(mine).map((part, n) => (n === at ? part.slice(1) : part));
  const long = writeCode(mine).map((part, n) => (n === at ? `${part}7` : part));
  await expect(byCode('here', short.join('-'))).rejects.toMatchObject({ code: 'code_length', part: at + 1 });
  await expect(byCode('here', ` ${long.join('  ')} `)).rejects.toMatchObject({ code: 'code_length', part: at + 1 });
  await expect(byCode('here', short.join(''))).rejects.toMatchObject({ code: 'code_length', part: undefined });
});

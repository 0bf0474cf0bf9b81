/**
 * Someone may know the passphrase: every key of an account anew (SPEC.md section 3, Renewal). First the account, in
 * one request; then one group after the other. What is to come stands among one's own settings, so that it goes on
 * by itself on whatever device is opened next.
 */
import { Trouble } from '../inside/trouble';
import { account, baseKey, DAY, KIND, random, same, sign, toBase64, type Bytes, type Id } from '../protocol';
import { makeCode, writeCode } from '../protocol/later';
import type { Aboard } from './aboard';
import { Batch, KNOWS_NOTHING } from './batch';
import { byPassphrase, type SessionTold } from './entry';
import type { Group } from './group';
import { keysOf, makeCircleKey, sealAccountRecord, type CircleKey, type Me } from './me';
import { Refused } from './refusals';
import { signedRecord } from './signed';
import { freshJson, putIn, takeAway, type Fresh, type WaysIn } from './ways-in';

const TRIES = 4;
/** A knock waits for sixty days at most: after these nobody lets anybody in by the keys of before. */
const NO_DOOR_OPENS = 90 * DAY;

/** New keys of the same member, signed for by the old and the new. */
async function exchange(batch: Batch, key: CircleKey): Promise<void> {
  const { circle, head } = batch.log;
  if (circle === null || head === null) throw new Trouble('gone');
  const signature = await sign(key.sign, 'rekey', circle, head.id, key.member, key.signPk, key.boxPk);
  await batch.add('rekey', [key.signPk, key.boxPk, signature]);
  batch.become(key);
}

/** The same keys, as a record under another account key holds them. */
async function resealed(me: Me, raw: Bytes, key: CircleKey): Promise<CircleKey> {
  const again = (use: 'sign' | 'box', sealed: Bytes) => account.resealPrivateKey(me.ak, raw, me.account, key.member, use, sealed);
  return { ...key, sealedSign: await again('sign', key.sealedSign), sealedBox: await again('box', key.sealedBox) };
}

interface NewAccount {
  me: Me;
  own: CircleKey;
  ways: Fresh[];
  code: string[];
}

async function prepare({ me, own }: Aboard, ways: WaysIn, next: string, name: string): Promise<NewAccount & { raw: Bytes }> {
  const raw = random(32);
  const { master: typed, signInName } = await byPassphrase(me.home, me.signInName || name, next);
  const symbols = makeCode();
  const master = await account.codeMaster(me.home, symbols);
  const fresh = [
    await ways.seal(raw, account.UNLOCKER.passphrase, typed, account.nameId(me.home, signInName)),
    await ways.seal(raw, account.UNLOCKER.code, master, await account.codeLookup(master)),
  ];
  const key = { ...(await makeCircleKey(raw, me.account, KIND.own, own.key.member)), circle: me.own };
  const keys = [key, ...(await Promise.all(me.keys.map((one) => resealed(me, raw, one))))];
  const renewed = { ...me, signInName, ak: await baseKey(raw), keys, version: me.version + 1 };
  return { raw, me: renewed, own: key, ways: fresh, code: writeCode(symbols) };
}

/** Circle → the newest public key that the record of before holds: it and all before it may be somebody else's too. */
function stillToCome({ me }: Aboard): Record<Id, string> {
  const theirs = me.keys.flatMap(({ circle, kind }) => (circle === null || kind !== KIND.group ? [] : [toBase64(circle)]));
  return Object.fromEntries([...new Set(theirs)].flatMap((id) => keysOf(me, id).slice(0, 1).map(({ signPk }) => [id, toBase64(signPk)])));
}

/** One request, taken whole or not at all. Passkeys go with the rest: they may be what somebody else holds. */
async function renewOnce(aboard: Aboard, ways: WaysIn, next: string, name: string): Promise<string[]> {
  const { me, own, mine, pins } = aboard;
  const made = await prepare(aboard, ways, next, name);
  const signed = (slot: account.Slot, version: number, sealed: Bytes) => signedRecord(me, slot, version, sealed, made.own.sign);
  const { signInName } = made.me;
  const settings = await mine.sealedUnder(made.me.ak, (state) => ({ ...state, signInName, ways: {}, ringsTo: '', renewing: stillToCome(aboard) }));
  const pinned = await pins.sealedUnder(made.me.ak);
  const record = await sealAccountRecord(made.raw, made.me, made.me.version);
  own.learnKey(made.own);
  await own.act(
    async (batch) => {
      const before = [...batch.log.unlockers.keys()];
      for (const one of made.ways) await putIn(batch, one);
      for (const id of before) await takeAway(batch, id);
      await exchange(batch, made.own);
      await batch.rotate(KNOWS_NOTHING);
    },
    {
      unlockers: made.ways.map(freshJson),
      account: await signed('account', made.me.version, record),
      mine: await signed('mine', settings.version, settings.sealed),
      ...(pinned && { pins: await signed('pins', pinned.version, pinned.sealed) }),
    },
    '/account/renewal',
  );
  Object.assign(me, { signInName, ak: made.me.ak, keys: made.me.keys, version: made.me.version });
  aboard.fresh = made.raw;
  pinned?.taken();
  await settings.taken();
  await aboard.device.keepMe(me);
  await aboard.drafts.keepAll();
  return made.code;
}

/** The new recovery code. Throws before anything has changed, or not at all. */
export async function renewAccount(aboard: Aboard, ways: WaysIn, next: string, name = ''): Promise<string[]> {
  for (let tries = 0; tries < TRIES; tries++) {
    await aboard.mine.save();
    await aboard.take(await aboard.hold.api.get<SessionTold>('/session'));
    try {
      return await renewOnce(aboard, ways, next, name);
    } catch (wrong) {
      if (!(wrong instanceof Refused) || wrong.code !== 'record_moved') throw wrong;
    }
  }
  throw new Trouble('someone_was_faster');
}

/** The keys made since the renewal began, newest first. */
function keysSince(me: Me, id: Id, before: string): CircleKey[] {
  const all = keysOf(me, id);
  const old = all.findIndex(({ signPk }) => toBase64(signPk) === before);
  return old < 0 ? all : all.slice(0, old);
}

/** New keys in one group. They stand in the record before anybody is told of them; an earlier try's are used up. */
async function renewGroup(aboard: Aboard, group: Group, before: string): Promise<void> {
  const { me } = aboard;
  const since = keysSince(me, group.id, before);
  if (since.some(({ signPk }) => same(signPk, group.key.signPk))) return;
  let [key] = since;
  if (key === undefined) {
    key = { ...(await makeCircleKey(me.ak, me.account, KIND.group, group.key.member)), circle: group.book.circle };
    await aboard.saveKey(key, true);
    group.book.learnKey(key);
  }
  const made = key;
  await group.act(async (batch) => {
    await exchange(batch, made);
    await batch.rotate(group);
  });
}

/** Groups that the server did not know in this visit, and this person's devices neither. */
const notIn = new WeakMap<Aboard, Set<Id>>();

/** Null where this person has not been in yet, or not for long: it stays to come, for a door that opens later. */
async function broughtUp(aboard: Aboard, id: Id): Promise<Group | null> {
  const here = aboard.groups.get(id);
  // Behind a door just opened, what was asked for is held against what is there first: see waiting.ts.
  if (here === undefined && (aboard.waiting.circle === id || notIn.get(aboard)?.has(id) === true)) return null;
  try {
    return await aboard.catchUpWith(id);
  } catch (wrong) {
    // Of a group that this person's devices know, the server is not believed that there is none.
    const isTheirs = here === undefined ? aboard.pins.knows(id) : here.isMember;
    if (!(wrong instanceof Refused) || wrong.status !== 404 || isTheirs) throw wrong;
    if (here === undefined) notIn.set(aboard, new Set(notIn.get(aboard)).add(id));
    return here ?? null;
  }
}

/** Of a group that none of this person's devices ever knew, and whose door cannot open any more, nothing is to come. */
function isOver({ waiting, own, hold }: Aboard, id: Id): boolean {
  const renewed = own.events.findLast(({ type }) => type === 'rekey');
  return waiting.circle !== id && renewed !== undefined && renewed.time + NO_DOOR_OPENS < hold.clock.own();
}

async function notToCome({ mine }: Aboard, id: Id): Promise<void> {
  await mine.changeNow((state) => {
    const { [id]: _, ...renewing } = state.renewing;
    return { ...state, renewing };
  });
}

async function renewIn(aboard: Aboard, id: Id, before: string): Promise<void> {
  const group = await broughtUp(aboard, id);
  if (group === null) {
    if (isOver(aboard, id)) await notToCome(aboard, id);
    return;
  }
  // A server that tells of no event at all has not shown that it is over.
  if (group.book.log.length === 0) throw new Trouble('away');
  if (group.isMember) await renewGroup(aboard, group, before);
  await notToCome(aboard, id);
}

/** Goes on where it was left; `tell` hears how many groups are still to come. Throws where some could not be reached. */
export async function renewGroups(aboard: Aboard, tell: (left: number) => void): Promise<void> {
  const all = Object.entries(aboard.mine.cell.get().renewing);
  let left = all.length;
  tell(left);
  for (const [id, before] of all) {
    try {
      await renewIn(aboard, id, before);
      tell(--left);
    } catch {
      // One group that says no stands in no other's way.
    }
  }
  if (left > 0) throw new Trouble('away');
}

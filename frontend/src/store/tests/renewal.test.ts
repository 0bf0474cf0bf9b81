/** New keys in every group after "Someone may know it": finished whenever it can be, and never on the server's word alone. */
import { beforeEach, expect, it } from 'vitest';
import { account, DAY, fromBase64, same, toBase64, type Bytes, type Event, type Id } from '../../protocol';
import { Aboard } from '../aboard';
import { ThisDevice } from '../device';
import { passingDrawer } from '../drawer';
import type { Me } from '../me';
import type { Knocked } from '../mine-state';
import { renewGroups } from '../renewal';
import { Household } from './household';
import { holdOf, now, refused } from './shelf';

let home: Household;
let me: Me;
let aboard: Aboard;
let circle: Id;
let before: Bytes;
let member: Bytes;

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben');
  const ben = home.people.get('Ben');
  if (ben === undefined) throw new Error('Ben does not live here');
  me = ben.me;
  [before, member] = [ben.key.signPk, ben.key.member];
  circle = toBase64(ben.key.circle as Bytes);
  const device = Reflect.construct(ThisDevice, [passingDrawer()]) as ThisDevice;
  aboard = new Aboard(holdOf(home.shelf, ben.since, toBase64(member)), device, me, null, null);
  aboard.mine.change((mine) => ({ ...mine, renewing: { [circle]: toBase64(before) } }));
});

const goOn = () => renewGroups(aboard, () => undefined);
const stillToCome = () => Object.keys(aboard.mine.cell.get().renewing);
/** The key that the group knows for Ben, as Ana sees it. */
const known = async () => (await home.device('Ana')).book.log.member(member)?.signPk as Bytes;

function refuse(which: (method: string, path: string) => boolean, status: number): void {
  home.shelf.refuse = (method, path) => {
    if (which(method, path)) throw refused(status, 'nothing_here');
  };
}

it('the group has new ones, and nothing is still to come p8', async () => {
  await goOn();
  expect(stillToCome()).toEqual([]);
  expect(same(await known(), before)).toBe(false);
});

it('a try that broke off is gone on with, by the key that stands in the record p8', async () => {
  refuse((method, path) => method === 'POST' && path.endsWith('/events'), 502);
  await expect(goOn()).rejects.toMatchObject({ code: 'away' });
  const kept = me.keys[0]?.signPk as Bytes;
  expect(stillToCome()).toEqual([circle]);
  refuse(() => false, 0);
  expect(same(await known(), before)).toBe(true);
  await goOn();
  expect(same(await known(), kept)).toBe(true);
  expect(stillToCome()).toEqual([]);
});

it('a group that a server hides is still to come, where a pin or this device knows it p8', async () => {
  const body = account.writeBody([1, [[fromBase64(circle), 1, new Uint8Array(32)]]]);
  await aboard.pins.take({ version: 1, sealed: await account.sealRecord(me.ak, me.account, 'pins', 1, body) });
  refuse((_, path) => path.includes('/events'), 404);
  await expect(goOn()).rejects.toMatchObject({ code: 'away' });
  expect(stillToCome()).toEqual([circle]);
  refuse(() => false, 0);
  await aboard.catchUpWith(circle);
  refuse((_, path) => path.includes('/events'), 404);
  await expect(goOn()).rejects.toMatchObject({ code: 'away' });
  expect(stillToCome()).toEqual([circle]);
});

it('whoever waits at a door meanwhile has new keys once inside p8', async () => {
  const knocked = { circle } as Knocked;
  aboard.mine.change((mine) => ({ ...mine, knocked }));
  await goOn();
  expect([stillToCome(), same(await known(), before)]).toEqual([[circle], true]);
  aboard.mine.change((mine) => ({ ...mine, knocked: null }));
  await goOn();
  expect([stillToCome(), same(await known(), before)]).toEqual([[], false]);
});

it('one that nobody of theirs ever saw holds nothing up, and is not asked for again in this visit', async () => {
  refuse((_, path) => path.includes('/events'), 404);
  await goOn();
  const asked = home.shelf.asked.length;
  await goOn();
  expect([stillToCome(), home.shelf.asked.length]).toEqual([[circle], asked]);
});

it('one that nobody of theirs ever saw is over once no door could open by the keys of before', async () => {
  refuse((_, path) => path.includes('/events'), 404);
  const renewed = (daysAgo: number) => aboard.own.events.splice(0, 1, { type: 'rekey', time: now() - daysAgo * DAY } as Event);
  renewed(89);
  await goOn();
  expect(stillToCome()).toEqual([circle]);
  renewed(91);
  aboard.mine.change((mine) => ({ ...mine, knocked: { circle } as Knocked }));
  await goOn();
  expect(stillToCome()).toEqual([circle]);
  aboard.mine.change((mine) => ({ ...mine, knocked: null }));
  await goOn();
  expect(stillToCome()).toEqual([]);
});

/** Talks of two: held against their group's log before anything of them is shown, and one for each two. */
import { beforeEach, expect, it } from 'vitest';
import { KIND, Log, own, random, toBase64, type Id } from '../../protocol';
import { Aboard } from '../aboard';
import type { Api, Json } from '../api';
import { Batch, KNOWS_NOTHING } from '../batch';
import type { ThisDevice } from '../device';
import type { Group } from '../group';
import { makeCircleKey } from '../me';
import { Pairs } from '../pairs';
import { Refused } from '../refusals';
import { Household, room, says } from './household';
import { holdOf, quiet, Shelf } from './shelf';

interface Device {
  pairs: Pairs;
  group: Group;
  aboard: Aboard;
}

let home: Household;
let shelves: Map<Id, Shelf>;

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben');
  shelves = new Map();
});

/** A server of many circles, each on a shelf of its own; all of them talks but the group. */
function routed(group: Api, who: Id): Api {
  const line = (path: string) => {
    const found = [...shelves].find(([id]) => path.includes(id));
    return found === undefined ? group : holdOf(found[1], 0, who).api;
  };
  const post = (path: string, body: Json = {}) => line(path).post(path, body);
  const get = (path: string) => (path === '/circles' ? Promise.resolve({ circles: told() }) : line(path).get(path));
  return { get, post, put: () => Promise.resolve({}), remove: (path: string) => line(path).remove(path) } as unknown as Api;
}

let shared = '';
const told = () => [...shelves.keys()].map((circle) => ({ circle, kind: KIND.talk, talk: { shared, over: false } }));

async function device(name: string): Promise<Device> {
  const person = home.people.get(name);
  if (person === undefined) throw new Error(`${name} does not live here`);
  const who = toBase64(person.key.member);
  const hold = { ...holdOf(home.shelf, person.since, who) };
  Object.assign(hold, { api: routed(hold.api, who) });
  const aboard = new Aboard(hold, {} as ThisDevice, person.me, null, null);
  const group = aboard.make(person.key);
  await group.sync();
  aboard.add(group);
  shared = group.id;
  const pairs = new Pairs(aboard, () => undefined);
  aboard.pairs = pairs;
  await quiet();
  return { pairs, group, aboard };
}

/** A talk's first batch, as somebody of this key would make it. */
async function begun(group: Group, key: Group['key'], other: Id): Promise<Id> {
  const { log } = group.book;
  const them = log.members.get(other);
  if (log.circle === null || log.head === null || them === undefined) throw new Error('no group');
  const batch = new Batch(new Log(), key, log.head.time);
  const pair = [log.circle, log.head.id, them.id, them.signPk, them.boxPk, 90, null] as const;
  await batch.add('create', [random(32), KIND.talk, key.member, key.signPk, key.boxPk, null, null, null, [...pair]]);
  await batch.rotate(KNOWS_NOTHING);
  const id = toBase64(batch.log.circle ?? random(32));
  const shelf = new Shelf();
  shelf.answer('POST', '/circles/x/events', batch.asJson());
  shelves.set(id, shelf);
  return id;
}

async function find({ pairs }: Device): Promise<void> {
  await pairs.sync(told());
  await quiet();
}

it('brings each what the other says, and a line in the list', async () => {
  const [ana, ben] = [await device('Ana'), await device('Ben')];
  const id = await begun(ana.group, ana.group.key, ben.group.me);
  for (const one of [ana, ben]) await find(one);
  const [mine, theirs] = [ana.pairs.get(id), ben.pairs.get(id)];
  if (mine === null || theirs === null) throw new Error('no talk');
  expect(ben.pairs.lines.get()).toEqual([]);
  await says(mine, 'Are you up?');
  await find(ben);
  expect(room(theirs)).toEqual(['Are you up?']);
  expect(ben.pairs.lines.get()).toMatchObject([{ id, name: 'Ana', isNew: true, state: 'on' }]);
  expect(theirs.view().members.map(({ name }) => name)).toEqual(['Ana', 'Ben']);
});

it('shows nothing of a talk under other keys than the group’s, and says so (P65)', async () => {
  const ben = await device('Ben');
  const ana = home.people.get('Ana');
  if (ana === undefined) throw new Error('nobody');
  const thief = { ...(await makeCircleKey(random(32), random(16), KIND.talk)), member: ana.key.member };
  const id = await begun(ben.group, thief, ben.group.me);
  await find(ben);
  expect(ben.pairs.get(id)).toBeNull();
  expect(ben.aboard.hold.notices.cell.get()).toContain('unverified');
});

it('goes on in the same one where two were opened at once (P65)', async () => {
  const [ana, ben] = [await device('Ana'), await device('Ben')];
  await begun(ana.group, ana.group.key, ben.group.me);
  await begun(ben.group, ben.group.key, ana.group.me);
  for (const one of [ana, ben]) await find(one);
  expect(await ana.pairs.open(ana.group, ben.group.me)).toBe(await ben.pairs.open(ben.group, ana.group.me));
  expect(shelves.size).toBe(2);
});

it('opens no talk with another member than the one asked for, whatever the server names (P65)', async () => {
  home = await Household.of('Ana', 'Ben', 'Cat');
  const [ana, ben, cat] = [await device('Ana'), await device('Ben'), await device('Cat')];
  const real = await begun(ana.group, ana.group.key, cat.group.me);
  const right = await begun(ben.group, ben.group.key, ana.group.me);
  let named = real;
  ana.aboard.hold.api.post = () => Promise.reject(new Refused(409, 'talk_there', { circle: named }));
  await expect(ana.pairs.open(ana.group, ben.group.me)).rejects.toMatchObject({ code: 'unverified' });
  expect(ana.aboard.hold.notices.cell.get()).toContain('unverified');
  named = right;
  expect(await ana.pairs.open(ana.group, ben.group.me)).toBe(right);
});

it('ends with the membership of either (P65)', async () => {
  const [ana, ben] = [await device('Ana'), await device('Ben')];
  const id = await begun(ana.group, ana.group.key, ben.group.me);
  await find(ana);
  await ben.group.act(async (batch) => void (await batch.add('leave', [null])));
  await ana.group.sync();
  await find(ana);
  expect(ana.pairs.get(id)?.state).toBe('left');
  await expect(ana.pairs.open(ana.group, ben.group.me)).rejects.toMatchObject({ code: 'gone' });
});

it('keeps what a server forgot, and forgets what was closed', async () => {
  const ana = await device('Ana');
  const id = await begun(ana.group, ana.group.key, toBase64(home.people.get('Ben')?.key.member ?? own(random(16))));
  await find(ana);
  const pair = ana.pairs.get(id);
  if (pair === null) throw new Error('no talk');
  await says(pair, 'still here');
  const shelf = shelves.get(id);
  shelves.clear();
  await find(ana);
  expect(ana.pairs.get(id)?.state).toBe('closed');
  expect(room(pair)).toEqual(['still here']);
  if (shelf !== undefined) shelves.set(id, shelf);
  await find(ana);
  expect(ana.pairs.get(id)?.state).toBe('on');
  await ana.pairs.close(id);
  expect(ana.pairs.get(id)).toBeNull();
  await find(ana);
  expect(ana.pairs.get(id)).toBeNull();
});

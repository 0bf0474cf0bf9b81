/** Talks of two: held against their group's log before anything of them is shown, and one for each two. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { reports } from '../../protocol/later';
import { epochs, Failure, KIND, Log, own, random, same, toBase64, type Id } from '../../protocol';
import { Aboard } from '../aboard';
import type { Api, Json } from '../api';
import { Batch, KNOWS_NOTHING } from '../batch';
import type { ThisDevice } from '../device';
import type { Group } from '../group';
import { decidingView } from '../deciding';
import { makeCircleKey } from '../me';
import type { Pair } from '../pair';
import { Pairs } from '../pairs';
import { Refused } from '../refusals';
import { mending } from '../repair';
import { openReport, report } from '../reports';
import { speak, spoken } from '../speaking';
import { say, takeBack } from '../talking';
import { chooseVoice } from '../together';
import { askToRing, mayRing, notToday, putAwayRang, rangInVain, reachView, saveUpFor, talked } from '../reach';
import { waits } from '../waits';
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
  Object.assign(hold, { api: routed(hold.api, who), mending: () => Promise.resolve(mending) });
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

it('says nothing of what is new in a talk that was muted, or from somebody who was', async () => {
  const [ana, ben] = [await device('Ana'), await device('Ben')];
  const id = await begun(ana.group, ana.group.key, ben.group.me);
  await find(ana);
  await says(ana.pairs.get(id)!, 'Are you up?');
  await find(ben);
  const { mine } = ben.aboard;
  const muting = async (change: { mutedThreads?: Id[]; mutedPeople?: Id[] }) => {
    mine.change((state) => ({ ...state, settings: { ...state.settings, ...change } }));
    await quiet();
    return ben.pairs.lines.get().map(({ isNew }) => isNew);
  };
  expect(await muting({ mutedThreads: [id] })).toEqual([false]);
  expect(await muting({ mutedThreads: [] })).toEqual([true]);
  expect(await muting({ mutedPeople: [ana.group.me] })).toEqual([false]);
});

it('carries what is spoken as the room does, unless their group has switched it off', async () => {
  const [ana, ben] = [await device('Ana'), await device('Ben')];
  const id = await begun(ana.group, ana.group.key, ben.group.me);
  for (const one of [ana, ben]) await find(one);
  const [mine, theirs] = [ana.pairs.get(id), ben.pairs.get(id)];
  if (mine === null || theirs === null) throw new Error('no talk');
  const note = { sound: random(20_000), ms: 4000 };
  await speak(mine, { place: 'room', text: 'How it was', note: null, wants: null, replyTo: null }, note, mine.shared);
  await mine.outbox.flush();
  await find(ben);
  expect(room(theirs)).toEqual(['How it was']);
  const row = theirs.feed.folded.rows.room[0]?.hash ?? '';
  expect(await spoken(theirs, row, theirs.shared)).toEqual(note);
  for (const one of [ana, ben]) await chooseVoice(one.group, 'off');
  for (const one of [ana, ben]) await one.group.outbox.flush();
  await ben.group.sync();
  await expect(spoken(theirs, row, theirs.shared)).rejects.toMatchObject({ code: 'voice_off' });
  expect(theirs.view().isVoiceOff).toBe(true);
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

const ALWAYS = { hours: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 0 })), reached: true };

it('has nobody ring whose talk one closed, whatever the server hands on, until one opens a talk with them again p70', async () => {
  const [ana, ben] = [await device('Ana'), await device('Ben')];
  const id = await begun(ana.group, ana.group.key, ben.group.me);
  await find(ana);
  await saveUpFor(ana.group, ALWAYS);
  const rings = () => mayRing(ana.group, ana.pairs.all(), ben.group.me);
  expect(rings()).toBe(true);
  await ana.pairs.close(id);
  expect(rings()).toBe(false);
  shelves.clear();
  const next = await begun(ben.group, ben.group.key, ana.group.me);
  await find(ana);
  expect(rings()).toBe(false);
  expect(await ana.pairs.open(ana.group, ben.group.me)).toBe(next);
  expect(rings()).toBe(true);
});

it('may be rung by whom one asked, until they talked or one said not today', async () => {
  const [ana, ben] = [await device('Ana'), await device('Ben')];
  const id = await begun(ana.group, ana.group.key, ben.group.me);
  await find(ana);
  const { clock } = ana.group.hold;
  const start = clock.own();
  const at = (seconds: number) => clock.hear(start + seconds);
  const talk = ana.pairs.get(id);
  if (talk === null) throw new Error('no talk');
  const asks = () => askToRing(talk, 'Ring me');
  const rings = () => mayRing(ana.group, ana.pairs.all(), ben.group.me);
  await asks();
  expect(rings()).toBe(true);
  at(60);
  talked(ana.group, ana.pairs.all(), ben.group.me);
  expect(rings()).toBe(false);
  at(120);
  await asks();
  expect(rings()).toBe(true);
  at(180);
  await notToday(ana.group, true);
  expect(rings()).toBe(false);
  at(240);
  await asks();
  expect(rings()).toBe(true);
  ana.aboard.mine.change((mine) => ({ ...mine, onBreak: [ana.group.id] }));
  expect(rings()).toBe(false);
});

it('shows whoever was asked to ring that they were, until the two have talked, and again when asked anew', async () => {
  const [ana, ben] = [await device('Ana'), await device('Ben')];
  const id = await begun(ana.group, ana.group.key, ben.group.me);
  for (const one of [ana, ben]) await find(one);
  const start = ben.group.hold.clock.own();
  const asked = () => reachView(ben.group, ben.pairs.all(), true).askedMe;
  const asks = async (seconds: number) => {
    for (const one of [ana, ben]) one.group.hold.clock.hear(start + seconds);
    await askToRing(ana.pairs.get(id)!, 'Ring me');
    await quiet();
    await ana.pairs.get(id)!.outbox.flush();
    await find(ben);
  };
  await asks(0);
  expect(asked()).toEqual([ana.group.me]);
  ben.group.hold.clock.hear(start + 60);
  talked(ben.group, ben.pairs.all(), ana.group.me);
  expect(asked()).toEqual([]);
  await asks(120);
  expect(asked()).toEqual([ana.group.me]);
});

describe('a ring that nobody took', () => {
  const rang = ({ group, pairs }: Device) => reachView(group, pairs.all(), true).rang;
  const mayBeRung = (by: Device, { group }: Device) => mayRing(by.group, by.pairs.all(), group.me);

  /** Ana and Ben, who have a talk, and Ana rang. */
  async function rungInVain() {
    const [ana, ben] = [await device('Ana'), await device('Ben')];
    const id = await begun(ana.group, ana.group.key, ben.group.me);
    for (const one of [ana, ben]) await find(one);
    const again = async () => {
      const isLeft = rangInVain(ana.group, ana.pairs.all(), ben.group.me);
      await quiet();
      await ana.pairs.get(id)!.outbox.flush();
      await find(ben);
      return isLeft;
    };
    expect([await again(), ben.pairs.get(id)!.feed.folded.rows.room]).toEqual([true, []]);
    return { ana, ben, id, again };
  }

  it('is found by the one who was rung, who may ring back; put away it is gone on all their devices, and nobody hears of it', async () => {
    const { ana, ben, id, again } = await rungInVain();
    expect([rang(ana), rang(ben).map(({ id: by }) => by), mayBeRung(ana, ben), mayBeRung(ben, ana)]).toEqual([[], [ana.group.me], true, false]);
    expect(ben.pairs.get(id)!.isNew).toBe(false);
    const before = shelves.get(id)!.messages.length;
    putAwayRang(ben.group, ben.pairs.all(), ana.group.me);
    expect(rang(ben)).toEqual([]);
    const other = await device('Ben');
    other.aboard.mine.change(() => ben.aboard.mine.cell.get());
    await find(other);
    expect([rang(other), shelves.get(id)!.messages.length]).toEqual([[], before]);
    // The next one is another, and of two only the newest stands.
    await again();
    await again();
    const standing = ben.pairs.get(id)!.feed.folded.decisions.filter(({ hash, author, content }) => content.type === 'rang' && !ben.pairs.get(id)!.feed.folded.isTakenBack(hash, author));
    expect([rang(ben).length, standing.length]).toEqual([1, 1]);
  });

  it('is over once the two have talked, and stays so; is not shown of whom one has muted, on a break, or after a week', async () => {
    const { ana, ben } = await rungInVain();
    const { clock } = ben.group.hold;
    const start = clock.own();
    ben.aboard.mine.change((mine) => ({ ...mine, settings: { ...mine.settings, mutedPeople: [ana.group.me] } }));
    expect(rang(ben)).toEqual([]);
    ben.aboard.mine.change((mine) => ({ ...mine, settings: { ...mine.settings, mutedPeople: [] }, onBreak: [ben.group.id] }));
    expect(rang(ben)).toEqual([]);
    ben.aboard.mine.change((mine) => ({ ...mine, onBreak: [] }));
    expect(rang(ben).length).toBe(1);
    clock.hear(start + 23 * 3_600);
    expect(rang(ben)[0]?.at).toBeLessThan(start + 60);
    vi.useFakeTimers({ toFake: ['Date'], now: (start + 8 * 86_400) * 1000 });
    clock.hear(start + 8 * 86_400);
    expect(rang(ben)).toEqual([]);
    vi.useRealTimers();
    clock.hear(start);
    talked(ben.group, ben.pairs.all(), ana.group.me);
    expect(rang(ben)).toEqual([]);
    talked(ana.group, ana.pairs.all(), ben.group.me);
    expect(mayBeRung(ana, ben)).toBe(false);
  });

  it('makes no talk where there is none, and is believed of nobody but the other of the two, in their talk', async () => {
    const [ana, ben] = [await device('Ana'), await device('Ben')];
    expect([rangInVain(ana.group, ana.pairs.all(), ben.group.me), shelves.size]).toEqual([false, 0]);
    await ana.group.outbox.put('rang', []);
    await ana.group.outbox.flush();
    await ben.group.sync();
    await quiet();
    expect([rang(ben), mayBeRung(ana, ben)]).toEqual([[], false]);
  });
});

describe('a concern about what was said to one alone (P34)', () => {
  let four: Device[];
  let pair: Pair;
  let said: Id;
  beforeEach(async () => {
    home = await Household.of('Ana', 'Ben', 'Cat', 'Dee');
    four = await Promise.all(['Ana', 'Ben', 'Cat', 'Dee'].map(device));
    const [ana, ben] = four;
    if (ana === undefined || ben === undefined) throw new Error('nobody');
    const id = await begun(ana.group, ana.group.key, ben.group.me);
    await find(ben);
    said = await says(talkOf(ben, id), 'Something hard.');
    await says(talkOf(ben, id), 'Something else, not picked.');
    await find(ana);
    pair = talkOf(ana, id);
  });
  const talkOf = ({ pairs }: Device, id: Id): Pair => {
    const found = pairs.get(id);
    if (found === null) throw new Error('no talk');
    return found;
  };
  const raised = async () => {
    await report(pair, { messages: [said], words: 'To me alone.', toContact: false });
    const [, , cat, dee] = four;
    return await Promise.all([cat, dee].map(async (one) => {
      if (one === undefined) throw new Error('nobody');
      await one.group.sync();
      const [note] = decidingView(one.group).reports;
      return { group: one.group, note: note?.id ?? '' };
    }));
  };

  it('goes to the two others of their group, proved, and opens only what was picked', async () => {
    const both = await raised();
    expect(both).toHaveLength(2);
    for (const { group, note } of both) {
      const open = await openReport(group, note);
      expect(open).toMatchObject({ words: 'To me alone.', isMoreBeside: true });
      expect(open.messages).toMatchObject([{ author: pair.other, text: 'Something hard.' }]);
      expect(new Set(open.alone)).toEqual(new Set([pair.me, pair.other]));
      expect(waits(group).asks).toEqual([{ kind: 'report', id: note }]);
      expect(JSON.stringify(group.door.notes.find(({ id }) => id === note))).not.toContain('not picked');
    }
    expect(decidingView(pair.shared).sent).toHaveLength(1);
    for (const { group } of four.slice(0, 2)) {
      await group.sync();
      expect(decidingView(group).reports).toEqual([]);
    }
  });

  it('is not shown with another log than that talk’s, or told by somebody who was not there', async () => {
    const [first] = await raised();
    const { group, note } = first ?? { group: pair.shared, note: '' };
    const held = group.door.notes.find(({ id }) => id === note);
    if (held?.note.type !== 'report-talk') throw new Error('no report came');
    const { rest } = held.note;
    const [, wires] = rest;
    for (const [other, code] of [[[], 'wrong_kind'], [wires.slice(0, 1), 'epoch_required'], [group.book.events.map(({ wire }) => wire), 'wrong_kind']] as const) {
      Object.assign(rest, { 1: other });
      await expect(openReport(group, note)).rejects.toMatchObject({ code });
    }
    Object.assign(rest, { 1: wires });
    Object.assign(held, { from: group.me });
    await expect(openReport(group, note)).rejects.toMatchObject({ code: 'not_a_member' });
  });

  it('says so where the log of the talk is too long to go along', () => {
    const wires = Array.from({ length: 80 }, () => random(32));
    expect(reports.talkLog(wires, 63)).toEqual(wires.slice(0, 64));
    expect(() => reports.talkLog(wires, 64)).toThrow('too_long');
  });

  it('can be raised about what was taken back, and is gone with the talk that one closes', async () => {
    const [, ben] = four;
    if (ben === undefined) throw new Error('nobody');
    const theirs = talkOf(ben, pair.id);
    await takeBack(theirs, said);
    await theirs.outbox.flush();
    await find(four[0] ?? ben);
    await quiet();
    expect(await pair.feed.taken.find(said)).not.toBeNull();
    const [{ group, note } = { group: pair.shared, note: '' }] = await raised();
    expect((await openReport(group, note)).messages).toMatchObject([{ text: 'Something hard.' }]);
    await four[0]?.pairs.close(pair.id);
    expect(await pair.feed.taken.find(said)).toBeNull();
  });
});

describe('a talk of which two stories are told', () => {
  it('stands still until one of the two goes on with the server’s, and then goes on for both (P46)', async () => {
    const [ana, ben] = [await device('Ana'), await device('Ben')];
    const id = await begun(ana.group, ana.group.key, ben.group.me);
    for (const one of [ana, ben]) await find(one);
    const ours = shelves.get(id) ?? new Shelf();
    const theirs = new Shelf();
    theirs.events.push(...ours.events);
    const [mine, his] = [ana.pairs.get(id), ben.pairs.get(id)];
    if (mine === null || his === null) throw new Error('no talk');
    await mine.act((batch) => batch.rotate(mine));
    await says(mine, 'Said on the branch that ends.');
    shelves.set(id, theirs);
    for (let turn = 0; turn < 2; turn++) await his.act((batch) => batch.rotate(his));
    await find(ana);
    expect(mine.state).toBe('forked');
    expect(ana.aboard.hold.notices.cell.get()).toEqual([]);
    await say(mine, { place: 'room', text: 'Written meanwhile.', note: null, wants: null, replyTo: null });
    await mine.outbox.flush();
    expect(theirs.messages).toEqual([]);
    const back: string[] = [];
    ana.aboard.drafts.giveBack = (_, words) => Promise.resolve(void back.push(words.text));
    await ana.pairs.heal(id);
    const again = ana.pairs.get(id);
    if (again === null) throw new Error('no talk any more');
    expect(again.state).toBe('on');
    expect(back).toEqual(['Said on the branch that ends.', 'Written meanwhile.']);
    await says(again, 'And on.');
    await find(ben);
    expect(ben.pairs.get(id)?.state).toBe('on');
    expect(room(his)).toEqual(['And on.']);
  });

  it('gets a new key where the newest does not open, and the group keeps its own (P54)', async () => {
    const [ana, ben] = [await device('Ana'), await device('Ben')];
    const id = await begun(ana.group, ana.group.key, ben.group.me);
    for (const one of [ana, ben]) await find(one);
    const [mine, his] = [ana.pairs.get(id), ben.pairs.get(id)];
    if (mine === null || his === null) throw new Error('no talk');
    const opened = epochs.openBox;
    const shut = vi.spyOn(epochs, 'openBox');
    await his.act((batch) => batch.rotate(his));
    const bad = his.book.log.epoch?.prev ?? random(32);
    shut.mockImplementation((key, circle, epoch, member, sealed) => {
      return same(epoch.prev, bad) && same(member, mine.key.member) ? Promise.reject(new Failure('bad_box')) : opened(key, circle, epoch, member, sealed);
    });
    await says(his, 'You cannot read this.');
    await find(ana);
    expect(ana.aboard.hold.notices.cell.get()).toContain('someone_was_out');
    expect(ana.group.keys.isShut).toBe(false);
    const before = ana.group.book.log.length;
    await ana.pairs.newKeys();
    expect(ana.aboard.hold.notices.cell.get()).not.toContain('someone_was_out');
    expect(ana.group.book.log.length).toBe(before);
    await says(mine, 'With a new key.');
    await find(ben);
    expect(room(his)).toEqual(['You cannot read this.', 'With a new key.']);
    shut.mockRestore();
  });
});

/** What was written is sent once, also when the browser empties its store meanwhile. */
import { beforeEach, expect, it } from 'vitest';
import { Trouble } from '../../inside/trouble';
import type { Group } from '../group';
import { Refused } from '../refusals';
import { hear, say, takeBack, unhear } from '../talking';
import { Household, room, says } from './household';
import { holdOf, quiet } from './shelf';

let home: Household;
let ben: Group;

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben');
  const hold = holdOf(home.shelf, home.people.get('Ben')?.since);
  hold.drawer = Object.assign(hold.drawer, { lasts: true });
  await hold.drawer.put('facts', 'account', 'ben');
  await hold.drawer.put('facts', 'born', 'first');
  ben = home.asleep('Ben', hold);
  await ben.sync();
  home.shelf.refuse = (method) => {
    if (method === 'POST') throw new Refused(503, 'broken', {});
  };
  for (const text of ['one', 'two']) await say(ben, { place: 'room', text, note: null, wants: null, replyTo: null });
  await quiet();
});

/** The browser takes all that the site has kept; the next page or tab to look makes the stores anew. */
async function emptied(): Promise<void> {
  await ben.hold.drawer.wipe();
  await ben.hold.drawer.put('facts', 'born', String(Math.random()));
}

async function sent(): Promise<string[]> {
  home.shelf.refuse = () => undefined;
  await ben.outbox.flush();
  await ben.outbox.flush();
  return room(await home.device('Ana'));
}

it('is sent, although the browser has emptied its store', async () => {
  await emptied();
  await ben.outbox.load();
  expect(await sent()).toEqual(['one', 'two']);
  expect(ben.outbox.waiting.get()).toEqual([]);
});

const STEPS = ['get', 'span', 'put', 'remove'] as const;

it.each(STEPS.flatMap((step) => [0, 1].map((nth) => [step, nth] as const)))(
  'is sent once, emptied before any step: %s, %i',
  async (step, nth) => {
    const { drawer } = ben.hold;
    const real = drawer[step].bind(drawer) as (...given: unknown[]) => Promise<unknown>;
    let before = nth;
    Object.assign(drawer, {
      [step]: async (...given: unknown[]) => {
        if (before-- === 0) await emptied();
        return await real(...given);
      },
    });
    await ben.outbox.load();
    await say(ben, { place: 'room', text: 'three', note: null, wants: null, replyTo: null });
    expect(await sent()).toEqual(['one', 'two', 'three']);
    await emptied();
    expect(await sent()).toEqual(['one', 'two', 'three']);
    expect(ben.outbox.waiting.get()).toEqual([]);
  },
);

it('is sent once by two tabs, when the browser has emptied the store of both', async () => {
  const other = home.asleep('Ben', ben.hold);
  await other.load();
  await emptied();
  home.shelf.refuse = () => undefined;
  await Promise.all([ben.outbox.flush(), other.outbox.flush()]);
  await Promise.all([ben.outbox.flush(), other.outbox.flush()]);
  expect(await sent()).toEqual(['one', 'two']);
  expect([...ben.outbox.waiting.get(), ...other.outbox.waiting.get()]).toEqual([]);
});

it('is not sent by another tab as it was before one tab took it back, when the browser has emptied the store of both_p62', async () => {
  const other = home.asleep('Ben', ben.hold);
  await other.load();
  await emptied();
  await takeBack(ben, await waits('two'));
  expect(await sent()).toEqual(['one']);
  await other.outbox.flush();
  expect(await sent()).toEqual(['one']);
  expect(home.shelf.messages).toHaveLength(1);
});

it('is sent once, sealed anew in one of two tabs, when the browser has emptied the store of both, and by a third_p62', async () => {
  const others = [home.asleep('Ben', ben.hold), home.asleep('Ben', ben.hold)];
  for (const other of others) await other.load();
  await emptied();
  await ben.outbox.load();
  const third = home.asleep('Ben', ben.hold);
  await third.load();
  home.shelf.refuse = () => undefined;
  const ana = await home.device('Ana');
  await ana.act((batch) => batch.rotate(ana));
  for (const tab of [third, ...others, ben]) await tab.outbox.flush();
  expect(await sent()).toEqual(['one', 'two']);
  expect(home.shelf.messages).toHaveLength(2);
});

it('is sent once, sealed anew while the browser empties the store of two tabs_p62', async () => {
  const other = home.asleep('Ben', ben.hold);
  await other.load();
  home.shelf.refuse = () => undefined;
  const ana = await home.device('Ana');
  await ana.act((batch) => batch.rotate(ana));
  const post = ben.hold.api.post.bind(ben.hold.api);
  ben.hold.api.post = async (path, body) => {
    ben.hold.api.post = post;
    await emptied();
    return await post(path, body);
  };
  for (const tab of [ben, other]) await tab.outbox.flush();
  expect(await sent()).toEqual(['one', 'two']);
});

it('brings back all that was said before, to whoever comes in again after the store was emptied', async () => {
  expect(await sent()).toEqual(['one', 'two']);
  const ana = await home.device('Ana');
  await ben.sync();
  await emptied();
  await says(ana, 'three');
  await ben.hear('message', home.shelf.messages.at(-1) as never);
  const again = home.asleep('Ben', ben.hold);
  await again.sync();
  await quiet();
  expect(room(again)).toEqual(['one', 'two', 'three']);
});

it('is not sent once another tab has taken it back', async () => {
  const [first] = ben.outbox.waiting.get();
  await ben.hold.drawer.remove('outbox', [ben.id, first?.order ?? 0]);
  await ben.outbox.load();
  expect(ben.outbox.waiting.get().map(({ row }) => row)).not.toContain(first?.row);
});

it('names no message that the device had no room for', async () => {
  const { drawer } = ben.hold;
  const put = drawer.put.bind(drawer);
  drawer.put = () => Promise.reject(new Error('no room'));
  const full = say(ben, { place: 'room', text: 'three', note: null, wants: null, replyTo: null });
  await expect(full).rejects.toThrow('no room');
  drawer.put = put;
  await say(ben, { place: 'room', text: 'four', note: null, wants: null, replyTo: null });
  expect(await sent()).toEqual(['one', 'two', 'four']);
});

it('goes from memory on a full device, in its turn, and is said to be kept nowhere', async () => {
  const { drawer, notices } = ben.hold;
  const put = drawer.put.bind(drawer);
  drawer.put = () => Promise.reject(new Trouble('storage_full'));
  await say(ben, { place: 'room', text: 'three', note: null, wants: null, replyTo: null });
  await quiet();
  expect(ben.outbox.waiting.get().length).toBe(3);
  expect(notices.cell.get()).toContain('storage_full');
  expect(await sent()).toEqual(['one', 'two', 'three']);
  expect(ben.outbox.waiting.get()).toEqual([]);
  drawer.put = put;
  await say(ben, { place: 'room', text: 'four', note: null, wants: null, replyTo: null });
  expect(await sent()).toEqual(['one', 'two', 'three', 'four']);
});

/** The server takes what is sent, and its answer is lost on the way. */
function answersAreLost(): void {
  home.shelf.refuse = () => undefined;
  home.shelf.lie = (path, answer) => {
    if (path.endsWith('/messages')) throw new Trouble('away');
    return answer;
  };
}

function arrivesAgain(): void {
  home.shelf.refuse = () => undefined;
  home.shelf.lie = (_, answer) => answer;
}

async function waits(text: string): Promise<string> {
  await ben.outbox.load();
  const item = ben.outbox.waiting.get().find(({ content }) => content.type === 'say' && content.rest[4] === text);
  return item?.row ?? '';
}

it('is said once, when its answer was lost and words behind it are taken back', async () => {
  answersAreLost();
  await ben.outbox.flush();
  expect(home.shelf.messages).toHaveLength(1);
  await takeBack(ben, await waits('two'));
  arrivesAgain();
  expect(await sent()).toEqual(['one']);
  expect(home.shelf.messages).toHaveLength(1);
});

it('is taken back by a page that finds it waiting, and what is behind still names what it answers', async () => {
  const first = await waits('one');
  await say(ben, { place: 'room', text: 'three', note: null, wants: null, replyTo: first });
  answersAreLost();
  await ben.outbox.flush();
  const later = home.asleep('Ben', ben.hold);
  const flush = later.outbox.flush.bind(later.outbox);
  later.outbox.flush = () => Promise.resolve();
  await later.sync();
  await later.outbox.load();
  const second = later.outbox.waiting.get()[1]?.row ?? '';
  await takeBack(later, second);
  await takeBack(later, await waits('one'));
  arrivesAgain();
  await flush();
  const ana = await home.device('Ana');
  const rows = ana.feed.folded.rows.room;
  expect(rows.map(({ hash, author }) => ana.feed.folded.isTakenBack(hash, author))).toEqual([true, false]);
  expect(rows[1]?.reply).toBe(rows[0]?.hash);
});

it.each([[true], [false]])('is taken back for everyone, when its answer was lost; seen here meanwhile: %s', async (isSeen) => {
  answersAreLost();
  await ben.outbox.flush();
  const row = await waits('one');
  if (isSeen) await ben.hear('message', home.shelf.messages[0] as never);
  await takeBack(ben, row);
  if (!isSeen) await takeBack(ben, row);
  expect(ben.feed.talks.room.get().at(0)?.state).toBe('taken-back');
  arrivesAgain();
  await ben.outbox.flush();
  await quiet();
  expect(ben.outbox.waiting.get()).toEqual([]);
  expect(home.shelf.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  const ana = await home.device('Ana');
  const shown = ana.feed.folded.rows.room.map(({ hash, author }) => ana.feed.folded.isTakenBack(hash, author));
  expect(shown).toEqual([true, false]);
  expect(home.shelf.messages).toHaveLength(3);
});

it('is heard no more for anybody, when the answer to the hearing was lost', async () => {
  expect(await sent()).toEqual(['one', 'two']);
  const ana = await home.device('Ana');
  const said = await says(ana, 'three');
  await ben.sync();
  answersAreLost();
  await hear(ben, said);
  await quiet();
  await unhear(ben, said);
  const last = ben.feed.talks.room.get();
  expect(last.at(last.count - 1)?.heardBy).toEqual([]);
  arrivesAgain();
  await ben.outbox.flush();
  expect((await home.device('Ana')).feed.folded.heardBy(said)).toEqual([]);
});

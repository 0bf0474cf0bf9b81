/** What was written is sent once, also when the browser empties its store meanwhile. */
import { beforeEach, expect, it } from 'vitest';
import { Trouble } from '../../inside/trouble';
import type { Group } from '../group';
import { Refused } from '../refusals';
import { say } from '../talking';
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

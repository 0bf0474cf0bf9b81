/** Back after a long while, the room opens at the first message that is new, however many there are. */
import { beforeAll, expect, it, vi } from 'vitest';
import type { Place, TalkView } from '../../inside/model';
import type { Group } from '../group';
import type { Hold } from '../hold';
import { Household, says } from './household';
import { holdOf, quiet } from './shelf';

const MANY = 150;
let home: Household;
let hold: Hold;

beforeAll(async () => {
  home = await Household.of('Ana', 'Ben');
  const ana = await home.device('Ana');
  for (let n = 0; n < MANY; n++) await says(ana, `number ${String(n)}`, null, n % 50 === 49 ? 'everyday' : 'room');
  hold = holdOf(home.shelf, home.people.get('Ben')?.since);
  await home.asleep('Ben', hold).sync();
  await quiet();
});

/** Ben's device opened again, with the room as it is first shown. */
async function opened(read: Partial<Record<Place, number>>): Promise<{ ben: Group; first: TalkView }> {
  const { id, mine } = home.asleep('Ben', hold);
  mine.quietly((state) => ({ ...state, read: { [id]: read } }));
  const ben = home.asleep('Ben', hold, mine);
  let first: TalkView | null = null;
  const cell = ben.feed.talks.room;
  cell.watch(() => {
    if (cell.get().isReady) first ??= cell.get();
  });
  await ben.load();
  await vi.waitFor(() => expect(first).not.toBeNull(), 10_000);
  return { ben, first: first ?? cell.get() };
}

const firstNew = (talk: TalkView) => (talk.firstNew === null ? null : talk.at(talk.firstNew)?.text);

it.each([[7, 'number 7'], [20, 'number 20'], [MANY - 3, `number ${String(MANY - 3)}`]])('at the first paint, read up to %d', async (room, text) => {
  const { ben, first } = await opened({ room });
  expect(firstNew(first)).toBe(text);
  // And it stays the first, when all the rest has come.
  await vi.waitFor(() => expect(ben.feed.talks.room.get().count).toBe(MANY - 3), 10_000);
  expect(firstNew(ben.feed.talks.room.get())).toBe(text);
});

it('paints the newest before all of it is opened', async () => {
  const { first } = await opened({ room: 7 });
  expect(first.count).toBeLessThan(MANY - 3);
  expect(first.at(first.count - 1)?.text).toBe(`number ${String(MANY - 2)}`);
});

it('each place has a first of its own', async () => {
  const { ben } = await opened({ room: 60, everyday: 100 });
  expect(firstNew(ben.feed.talks.everyday.get())).toBe('number 149');
});

it('says when everything that the server has is here', async () => {
  const { ben } = await opened({ room: 7 });
  expect(ben.feed.talks.room.get().isCaughtUp).toBe(false);
  await ben.sync();
  await quiet();
  expect(ben.feed.talks.room.get().isCaughtUp).toBe(true);
});

it.each([[7, 'number 7'], [-1, 'number 0']])('on a new device not before what was read last is here, read up to %d', async (read, text) => {
  const fresh = holdOf(home.shelf, home.people.get('Ben')?.since);
  const ask = fresh.api.get.bind(fresh.api);
  let goOn = () => undefined as void;
  const held = new Promise<void>((done) => (goOn = done));
  fresh.api.get = async (path) => {
    if (path.includes('before=')) await held;
    return await ask(path);
  };
  const { id, mine } = home.asleep('Ben', fresh);
  mine.quietly((state) => ({ ...state, read: { [id]: { room: read, everyday: MANY } } }));
  const ben = home.asleep('Ben', fresh, mine);
  const view = (place: Place) => ben.feed.talks[place].get();
  await ben.sync();
  await quiet();
  expect([view('room').isReady, view('room').isCaughtUp, view('everyday').isCaughtUp]).toEqual([true, false, true]);
  goOn();
  await vi.waitFor(() => expect(view('room').isCaughtUp).toBe(true), 10_000);
  expect(firstNew(view('room'))).toBe(text);
});

/** Whatever place a server makes up, fetching goes on from this device's own. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServedMessage } from '../feed-entries';
import type { Take } from '../feed-reach';
import type { Hold } from '../hold';
import { Household, room, says } from './household';
import { holdOf, quiet } from './shelf';

type Rows = ServedMessage[];

let home: Household;

/** The same device with a page opened anew. */
async function opened(hold: Hold) {
  const group = home.asleep('Ben', hold);
  await group.sync();
  await quiet();
  return group;
}

function lies(change: (rows: Rows) => Rows, more?: boolean): void {
  home.shelf.lie = (path, answer) => {
    if (!path.includes('/messages')) return answer;
    const told = { ...answer, messages: change(answer['messages'] as Rows) };
    return more === undefined ? told : { ...told, more };
  };
}

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben');
  const ana = await home.device('Ana');
  for (const text of ['early', 'told', 'lost', 'lost as well']) await says(ana, text);
});

afterEach(() => {
  home.shelf.lie = (_, answer) => answer;
});

const MADE_UP: readonly unknown[] = [Number.MAX_SAFE_INTEGER, 2 ** 60, 1_000_000_000, 900, 0, -7, 1.5, null, 'x', {}];

describe('a place that a server makes up', () => {
  it.each(MADE_UP)('stops no fetching: %s', async (position) => {
    const hold = holdOf(home.shelf);
    const ana = await home.device('Ana');
    await says(ana, `before ${String(position)}`);
    lies((rows) => [...rows, { ...rows[0], position } as ServedMessage]);
    const first = await opened(hold);
    await first.hear('message', { ...home.shelf.messages[0], position });
    await first.hear('gone', { position, hash: 'x' });
    await quiet();
    home.shelf.lie = (_, answer) => answer;
    await says(ana, `after ${String(position)}`);
    expect(room(await opened(hold))).toEqual(room(ana));
    expect(hold.notices.cell.get()).not.toContain('storage_full');
  });

  it('stands in the way of nothing that is no message either', async () => {
    const hold = holdOf(home.shelf);
    const ana = await home.device('Ana');
    const position = home.shelf.messages.length + 1;
    lies((rows) => [...rows, { position, at: 1, envelope: '!' }, { position, at: 1, envelope: 7 } as never, { position, at: 1 }]);
    expect(room(await opened(hold))).toEqual(room(ana));
    home.shelf.lie = (_, answer) => answer;
    await says(ana, 'and on');
    expect(room(await opened(hold))).toEqual(room(ana));
  });
});

describe('what a server holds back', () => {
  it('is asked for again when the page is opened anew', async () => {
    const hold = holdOf(home.shelf);
    const ana = await home.device('Ana');
    await says(ana, 'held back');
    await says(ana, 'the newest');
    const held = home.shelf.messages.length - 1;
    lies((rows) => rows.filter(({ position }) => position !== held));
    expect(room(await opened(hold))).not.toContain('held back');
    home.shelf.lie = (_, answer) => answer;
    expect(room(await opened(hold))).toEqual(room(ana));
  });

  it('is asked for again after "there is no more"', async () => {
    const hold = holdOf(home.shelf);
    const ana = await home.device('Ana');
    lies((rows) => rows.slice(-1), false);
    expect(room(await opened(hold))).not.toContain('held back');
    home.shelf.lie = (_, answer) => answer;
    expect(room(await opened(hold))).toEqual(room(ana));
  });

  it('is kept, although the stream told it before the server was asked', async () => {
    const ana = await home.device('Ana');
    await says(ana, 'told early');
    const hold = holdOf(home.shelf);
    const early = home.asleep('Ben', hold);
    await early.load();
    await early.book.sync();
    await early.hear('message', { ...home.shelf.messages.at(-1) });
    expect(room(early)).toEqual(['told early']);
    await says(ana, 'and on');
    await early.sync();
    await quiet();
    expect(room(await opened(hold))).toEqual(room(ana));
  });

  it('is fetched when the stream leaves something out', async () => {
    const ana = await home.device('Ana');
    const ben = await opened(holdOf(home.shelf));
    await says(ana, 'left out');
    await says(ana, 'told');
    await ben.hear('message', { ...home.shelf.messages.at(-1) });
    await quiet();
    expect(room(ben)).toEqual(room(ana));
  });

  /**
   * Ben's page asks what is new; the server has answered, and while that is on its way Ana says two things and the
   * stream tells the second. `isSlow`: that one is opened only once the answer is.
   */
  async function overtaken(heldBack: boolean, isSlow = false): Promise<string[]> {
    const ana = await home.device('Ana');
    const hold = holdOf(home.shelf);
    const ben = await opened(hold);
    const { api } = hold;
    const ask = api.get.bind(api);
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((done) => (arrive = done));
    api.get = async <T>(path: string): Promise<T> => {
      const told = await ask<T>(path);
      if (path.includes('/messages')) await arrived;
      return told;
    };
    ben.feed.reach.lostTouch();
    const asking = ben.feed.sync();
    await quiet();
    await says(ana, 'not told');
    await says(ana, 'told at once');
    if (heldBack) lies((rows) => rows.filter(({ position }) => position !== home.shelf.messages.length - 1));
    if (isSlow) opensAfter(asking, ben.feed.reach, home.shelf.messages.length);
    const hearing = ben.hear('message', { ...home.shelf.messages.at(-1) });
    if (!isSlow) await hearing;
    arrive();
    await Promise.all([asking, hearing]);
    await quiet();
    return room(ben).slice(-2);
  }

  /** What the stream tells of this place is opened when all that was asked for is. */
  function opensAfter(asking: Promise<void>, reach: unknown, place: number): void {
    const reaching = reach as { take: Take };
    const take = reaching.take.bind(reach);
    reaching.take = async (served, stretch) => {
      if (served.length === 1 && served[0]?.position === place) await asking;
      await take(served, stretch);
    };
  }

  it.each([false, true])('is fetched although the server was just being asked when the stream left it out (slow: %s)', async (isSlow) => {
    expect(await overtaken(false, isSlow)).toEqual(['not told', 'told at once']);
  });

  it.each([false, true])('is missing although the server was just being asked when the stream left it out (slow: %s)_p26', async (isSlow) => {
    expect(await overtaken(true, isSlow)).toEqual(['missing', 'told at once']);
  });
});

it('goes on with a server that was put back to an earlier day', async () => {
  const hold = holdOf(home.shelf);
  const ana = await home.device('Ana');
  await opened(hold);
  home.shelf.messages.splice(-2);
  await opened(hold);
  await says(await home.device('Ana'), 'a new day');
  const ben = await opened(hold);
  expect(room(ben)).toContain('a new day');
  expect(room(ana)).toContain('told');
});

it('keeps both where a server that was put back gives a place to something else', async () => {
  const hold = holdOf(home.shelf, home.people.get('Ben')?.since);
  await says(await home.device('Ana'), 'of the lost day');
  await opened(hold);
  home.shelf.messages.splice(-1);
  const ana = await home.device('Ana');
  await says(ana, 'in its place');
  const ben = await opened(hold);
  expect(room(ben).slice(-2)).toEqual(['of the lost day', 'in its place']);
  for (const n of [1, 2, 3]) await says(ana, `and on ${String(n)}`);
  for (let times = 0; times < 2; times++) {
    const again = await opened(hold);
    await vi.waitFor(() => expect(room(again).slice(-5)).toEqual(['of the lost day', 'in its place', 'and on 1', 'and on 2', 'and on 3']), 10_000);
  }
});

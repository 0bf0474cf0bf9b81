/** After a copy of the server was put back, every device goes on, whatever it holds: P47. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fromBase64, TERM } from '../../protocol';
import type { Json } from '../api';
import type { Group } from '../group';
import { mending } from '../repair';
import { Household, room, says } from './household';
import { holdOf, now, quiet, type Shelf } from './shelf';

const HALF_A_YEAR_MS = 182 * 86_400_000;
let home: Household;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  home = await Household.of('Ana', 'Ben');
});

afterEach(() => {
  vi.useRealTimers();
});

/** A device that stays what it is, and knows how to mend. */
async function lasting(name: string): Promise<Group> {
  const person = home.people.get(name);
  const hold = holdOf(home.shelf, 0, person === undefined ? '' : home.asleep(name).me);
  hold.drawer = Object.assign(hold.drawer, { lasts: true });
  hold.mending = () => Promise.resolve(mending);
  const group = home.asleep(name, hold);
  await synced(group);
  return group;
}

async function synced(...groups: Group[]): Promise<void> {
  for (const group of groups) {
    await group.sync();
    await quiet();
  }
}

/** What the server does with what it is handed after that: each thing once, in its place. */
function takes(shelf: Shelf, path: string, body: Json): Json | null {
  if (path.endsWith('/repair/messages')) {
    const given = body['messages'] as { envelope: string; at: number }[];
    return { positions: given.map(({ envelope, at }) => placeOf(shelf, envelope, at)) };
  }
  if (!path.endsWith('/repair')) return null;
  const [events, from] = [(body['events'] ?? []) as string[], Number(body['from_seq'])];
  events.forEach((event, i) => {
    if (from + i === shelf.events.length) shelf.events.push({ seq: from + i, event, attachments: body['attachments'] as Record<string, string> });
  });
  return { wanted: [] };
}

function placeOf(shelf: Shelf, envelope: string, at: number): number {
  const known = shelf.messages.find((one) => one.envelope === envelope);
  if (known === undefined) shelf.messages.push({ position: shelf.messages.length + 1, at, envelope });
  return known?.position ?? shelf.messages.length;
}

/** What stands on the server now, to be put back later. */
function copied(shelf: Shelf): () => void {
  const [events, messages] = [shelf.events.length, shelf.messages.length];
  return () => {
    shelf.events.length = events;
    shelf.messages.length = messages;
    const restored = { at: now(), to: now() - 60, open: false, position: messages };
    const answer = shelf.answer.bind(shelf);
    shelf.answer = (method, path, body, since, who) => {
      const told = takes(shelf, path, body) ?? answer(method, path, body, since, who);
      return path.includes('/events?') ? { ...told, restored } : told;
    };
  };
}

it('a phone that was away for half a year, one that holds more than the server, and one that was wiped all read and write_p47', async () => {
  const stale = await lasting('Ben');
  await home.admit('Dee');
  await says(await home.device('Ana'), 'while the phone was away');
  vi.setSystemTime(Date.now() + HALF_A_YEAR_MS);
  const ahead = await lasting('Ana');
  const putBack = copied(home.shelf);
  await ahead.act(async (batch) => void (await batch.add('role', [fromBase64(ahead.me), batch.time + TERM, null])));
  await says(ahead, 'only this phone still holds this');
  await synced(ahead);
  putBack();

  await synced(stale);
  await says(stale, 'half a year later');
  await synced(ahead);
  const wiped = await lasting('Dee');
  const all = [stale, ahead, wiped];
  for (const one of all) {
    await synced(one);
    await says(one, 'here');
  }
  await synced(...all, ...all);
  const words = ['while the phone was away', 'half a year later', 'only this phone still holds this', 'here', 'here', 'here'];
  for (const one of all) {
    expect(room(one).sort()).toEqual([...words].sort());
    expect(one.book.log.length).toBe(home.shelf.events.length);
    expect(one.book.isForked).toBe(false);
    expect(one.outbox.waiting.get()).toEqual([]);
  }
});

it.each([[true], [false]])('words that the server had taken, and told nobody yet, are handed back by this page or, same page: %s, the next_p47', async (isSamePage) => {
  const [ana, ben] = [await lasting('Ana'), await lasting('Ben')];
  const putBack = copied(home.shelf);
  await says(ana, 'taken, and then lost');
  putBack();
  const next = isSamePage ? ana : home.asleep('Ana', ana.hold);
  await synced(next, ben);
  for (const one of [next, ben]) expect(room(one)).toEqual(['taken, and then lost']);
});

/** When nothing is left under an epoch, what opened it goes from the device as well (SPEC.md section 10). */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fromBase64, random, readEnvelope, toBase64, type Epoch } from '../../protocol';
import { affirm } from '../affirm';
import type { Group } from '../group';
import type { Hold } from '../hold';
import { Household, room, says } from './household';
import { holdOf, quiet } from './shelf';

const DAY_MS = 86_400_000;
let home: Household;
let hold: Hold;
let ana: Group;

/** In order: talk under the first, something kept under the second, talk that is young under the third, and the newest. */
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  home = await Household.fading(30, 'Ana', 'Ben');
  hold = holdOf(home.shelf, 0, home.asleep('Ben').me);
  ana = await home.device('Ana');
  await says(ana, 'to be gone');
});

afterEach(() => {
  ana.close();
  vi.useRealTimers();
});

/** Ben's page, opened on the same device once more. */
async function opened(): Promise<Group> {
  const ben = home.asleep('Ben', hold);
  await ben.sync();
  await quiet();
  return ben;
}

async function later(days: number): Promise<void> {
  vi.setSystemTime(Date.now() + days * DAY_MS);
  await ana.act((batch) => batch.rotate(ana));
}

/** The last four epochs, and whether Ben's device has what opens each. */
async function opens(ben: Group): Promise<boolean[]> {
  const four = [...ben.book.log.epochs.values()].slice(-4);
  return await Promise.all(four.map(async (epoch) => (await ben.keys.of(epoch)) !== null || ben.book.attachment(epoch.card) !== null));
}

async function aMonth(): Promise<void> {
  await later(0);
  await affirm(ana);
  await ana.outbox.flush();
  await later(1);
  vi.setSystemTime(Date.now() + 9 * DAY_MS);
  await says(ana, 'still young');
  (await opened()).close();
  await later(10);
  vi.setSystemTime(Date.now() + 11 * DAY_MS);
}

it('opens nothing more of which nothing is left, and all else_p35', async () => {
  const [old] = home.shelf.messages;
  await aMonth();
  const before = home.asleep('Ben', hold);
  await before.book.load();
  await before.book.sync();
  expect(await opens(before)).toEqual([true, true, true, true]);
  await opened();

  const ben = await opened();
  expect(await opens(ben)).toEqual([false, true, true, true]);
  const gone = [...ben.book.log.epochs.values()].at(-4) as Epoch;
  const row = await hold.drawer.get<{ attachments: Uint8Array[] }>('events', [ben.id, gone.seq]);
  expect(row?.attachments).toEqual([]);
  // Who kept a copy of the sealed words without their boxes finds no key to them on today's device.
  await ben.hear('message', { ...old });
  expect([readEnvelope(fromBase64(String(old?.envelope))).epoch, room(ben)]).toEqual([gone.id, ['still young']]);
});

it('goes with what was sealed for it afterwards_p35', async () => {
  const first = ana.book.log.epoch as Epoch;
  const box = random(80);
  await ana.act(async (batch) => void (await batch.add('history', [fromBase64(home.asleep('Ben').me), [[first.id, batch.attach(box)]], null])));
  await aMonth();
  const has = async () => (await hold.drawer.all<{ attachments: Uint8Array[] }>('events')).some(({ attachments }) => attachments.some((one) => toBase64(one) === toBase64(box)));
  expect(await has()).toBe(true);
  await opened();
  expect(await has()).toBe(false);
});

it('stays as long as words wait that were sealed under it', async () => {
  const writing = await opened();
  hold.api.post = () => Promise.reject(new TypeError('away'));
  await writing.outbox.put('say', ['room', null, null, 0, 'written without a connection']);
  writing.close();
  await aMonth();
  for (let times = 0; times < 2; times++) {
    const ben = await opened();
    ben.close();
    expect(ben.outbox.waiting.get().length).toBe(1);
  }
});

/** What was verified once is held by its hash: only what is new is verified again, and what was changed is not believed. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { baseKey, random, toBase64, TERM, writeEvent, type Event } from '../../protocol';
import type { Group } from '../group';
import type { Hold } from '../hold';
import { Household } from './household';
import { holdOf } from './shelf';

interface Kept {
  wire: Uint8Array<ArrayBuffer>;
  attachments: Uint8Array<ArrayBuffer>[];
}

let home: Household;
let hold: Hold;
let me: { ak: CryptoKey; account: Uint8Array<ArrayBuffer> };
const checks = vi.spyOn(globalThis.crypto.subtle, 'verify');

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben');
  const host = await home.device('Ana');
  for (let n = 0; n < 8; n++) await host.act(async (batch) => void (await batch.add('role', [host.key.member, batch.time + TERM, null])));
  hold = holdOf(home.shelf, home.people.get('Ben')?.since);
  hold.drawer = Object.assign(hold.drawer, { lasts: true });
  me = { ak: await baseKey(random(32)), account: random(16) };
  await opened(me).then((ben) => ben.book.sync());
});

afterEach(() => checks.mockClear());

/** Ben's page, opened on the same device once more. */
async function opened(keeper: typeof me | null): Promise<Group> {
  const ben = home.asleep('Ben', hold);
  ben.book.keeper = keeper;
  checks.mockClear();
  await ben.book.load();
  return ben;
}

/** Signatures of events, without those inside of one. */
const ofLog = (): number => home.shelf.events.length;

it('takes what it verified before without verifying it again, and verifies what is new', async () => {
  const ben = await opened(me);
  expect(ben.book.log.length).toBe(ofLog());
  const inside = checks.mock.calls.length;
  expect(inside).toBeLessThan(ofLog() / 2);
  const host = await home.device('Ana');
  await host.act(async (batch) => void (await batch.add('role', [host.key.member, batch.time + TERM, null])));
  checks.mockClear();
  await ben.book.sync();
  expect(ben.book.log.length).toBe(ofLog());
  expect(checks.mock.calls.length).toBe(1);
});

it('verifies all of it where nobody, or somebody else, says that it was verified', async () => {
  for (const keeper of [null, { ...me, ak: await baseKey(random(32)) }]) {
    const ben = await opened(keeper);
    expect(ben.book.log.length).toBe(ofLog());
    expect(checks.mock.calls.length).toBeGreaterThanOrEqual(ofLog());
  }
});

it.each([0, 3, -1])('does not believe a log in which event %i was exchanged on the device', async (which) => {
  const ben = await opened(me);
  const was = ben.book.events.at(which)!;
  // Well formed and in its place, but signed by somebody else.
  const wire = await writeEvent(ben.key.sign, { ...was, time: was.time + (which === -1 ? 1 : 0) }, was.type, which === -1 ? was.body : otherwise(was.body));
  await hold.drawer.put('events', [ben.id, was.seq], { wire, attachments: [] } satisfies Kept);
  const again = await opened(me);
  expect(again.book.log.length).toBe(0);
  await again.book.sync();
  expect(again.book.log.length).toBe(ofLog());
});

/** The first 16 or 32 bytes of a body are another's. */
function otherwise(body: Event['body']): Event['body'] {
  return body.map((part, n) => (n === 0 && part instanceof Uint8Array ? random(part.length) : part)) as unknown as Event['body'];
}

it('does not believe a log whose end was taken away', async () => {
  const ben = await opened(me);
  await hold.drawer.remove('events', [ben.id, ben.book.log.length - 1]);
  const again = await opened(me);
  expect(checks.mock.calls.length).toBeGreaterThanOrEqual(again.book.log.length);
});

it('takes nothing of many where one signature is not good, but those before it', async () => {
  hold = holdOf(home.shelf, 0);
  const bad = home.shelf.events.length - 2;
  home.shelf.lie = (path, answer) => {
    if (!path.includes('/events?')) return answer;
    const events = (answer['events'] as { seq: number; event: string }[]).map((one) => (one.seq === bad ? { ...one, event: spoiled(one.event) } : one));
    return { ...answer, events };
  };
  const ben = home.asleep('Ben', hold);
  await ben.book.sync();
  expect(ben.book.log.length).toBe(bad);
  expect(hold.notices.cell.get()).toContain('unverified');
});

/** The last byte of an event's wire form is the last of its signature. */
function spoiled(event: string): string {
  const bytes = Uint8Array.from(atob(event.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  bytes[bytes.length - 1]! ^= 1;
  return toBase64(bytes);
}

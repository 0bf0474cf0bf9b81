/** All tabs of a browser share one connection, and lose nothing when the one that listens goes (P62). */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Live } from '../live';
import { holdOf, Shelf } from './shelf';

interface Connection {
  write(text: string): void;
  signal: AbortSignal;
}

interface Tab {
  live: Live;
  told: string[];
  opened: number;
  lost: number;
}

let open: Connection[];
let tabs: Tab[];
let account = 0;
let isAway = false;

/** A server that answers with streams, held open until whoever listens goes. */
function answer(_: string, { signal }: { signal: AbortSignal }): Promise<Response> {
  if (isAway) return Promise.reject(new TypeError('away'));
  const text = new TextEncoder();
  const body = new ReadableStream({
    start: (controller) => {
      const connection = { signal, write: (words: string) => controller.enqueue(text.encode(words)) };
      open.push(connection);
      connection.write('event: ready\ndata: {}\n\n');
      signal.addEventListener('abort', () => {
        open = open.filter((one) => one !== connection);
        controller.error(new DOMException('', 'AbortError'));
      });
    },
  });
  return Promise.resolve(new Response(body));
}

beforeEach(() => {
  [open, tabs, isAway] = [[], [], false];
  account += 1;
  const doc = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', doc);
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('fetch', answer);
});

afterEach(() => {
  for (const { live } of tabs) live.stop();
  vi.unstubAllGlobals();
});

function tab(): Tab {
  const told: string[] = [];
  const live = new Live(holdOf(new Shelf()), `account ${String(account)}`, (_, { n }) => void told.push(String(n)));
  const made = { live, told, opened: 0, lost: 0 };
  live.onOpen = () => void (made.opened += 1);
  live.onLost = () => void (made.lost += 1);
  tabs.push(made);
  live.start();
  return made;
}

const tell = (n: number) => open[0]?.write(`id: x\nevent: message\ndata: {"n":${String(n)}}\n\n`);
const soon = (check: () => void, timeout = 1000) => vi.waitFor(check, { timeout, interval: 10 });
const each = (check: (one: Tab) => void) => soon(() => tabs.forEach(check));

it('opens one connection for seven tabs, and tells all of them, in order', async () => {
  for (let n = 0; n < 7; n++) tab();
  await each(({ opened }) => expect(opened).toBeGreaterThan(0));
  for (let n = 0; n < 20; n++) tell(n);
  await each(({ told }) => expect(told).toHaveLength(20));
  expect(new Set(tabs.map(({ told }) => told.join()))).toEqual(new Set([Array.from({ length: 20 }, (_, n) => n).join()]));
  expect(open).toHaveLength(1);
});

it('is taken over within a second when the tab that listens closes, and everyone looks what they missed', async () => {
  for (let n = 0; n < 4; n++) tab();
  await each(({ opened }) => expect(opened).toBeGreaterThan(0));
  const [first, ...others] = tabs;
  const before = others.map(({ opened, lost }) => ({ opened, lost }));
  first?.live.stop();
  tabs = others;
  await soon(() => others.forEach(({ opened, lost }, i) => {
    expect(lost).toBeGreaterThan(before[i]?.lost ?? 0);
    expect(opened).toBeGreaterThan(before[i]?.opened ?? 0);
  }));
  tell(7);
  await each(({ told }) => expect(told).toEqual(['7']));
  expect(open).toHaveLength(1);
  expect(first?.told).toEqual([]);
});

it('lets a late tab look what it missed, and no other', async () => {
  const first = tab();
  await soon(() => expect(first.opened).toBe(1));
  const late = tab();
  await soon(() => expect(late.opened).toBe(1));
  expect(first.opened).toBe(1);
  expect(open).toHaveLength(1);
});

it('is taken from a tab that sleeps', async () => {
  const asleep = tab();
  await soon(() => expect(asleep.opened).toBe(1));
  // It holds the lock, and hears and says nothing.
  asleep.live['channel']?.close();
  const awake = tab();
  await soon(() => expect(awake.opened).toBe(1), 4000);
  await soon(() => expect(open).toHaveLength(1));
  tell(1);
  await soon(() => expect(awake.told).toEqual(['1']));
});

it('says to every tab that the server is away, and that it is back', async () => {
  isAway = true;
  const [one, other] = [tab(), tab()];
  await each(({ lost }) => expect(lost).toBeGreaterThan(0));
  isAway = false;
  await soon(() => expect([one.opened, other.opened]).toEqual([1, 1]), 4000);
});

it('has a connection of its own where tabs cannot speak to each other', async () => {
  vi.stubGlobal('BroadcastChannel', undefined);
  const [one, other] = [tab(), tab()];
  await soon(() => expect([one.opened, other.opened]).toEqual([1, 1]));
  expect(open).toHaveLength(2);
});

it('has a connection of its own where there are no locks', async () => {
  vi.stubGlobal('navigator', { locks: { request: () => Promise.reject(new DOMException('', 'SecurityError')) } });
  const [one, other] = [tab(), tab()];
  await each(({ opened }) => expect(opened).toBeGreaterThan(0));
  expect(open).toHaveLength(2);
  expect([one, other]).toHaveLength(2);
});

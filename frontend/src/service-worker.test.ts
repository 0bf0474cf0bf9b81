/** The shell's keeper: which of the builds that are kept a page is answered with. */
import { afterEach, expect, it, vi } from 'vitest';
import { WAITING } from './inside/what-waits';

type Hear = (event: Record<string, unknown>) => void;

/** As a browser has them: in the order in which they were made. */
function shelves() {
  const kept = new Map<string, Map<string, Response>>();
  const open = (name: string) => {
    const cache = kept.get(name) ?? new Map<string, Response>();
    kept.set(name, cache);
    return Promise.resolve({
      put: (address: string, answer: Response) => Promise.resolve(void cache.set(address, answer)),
      match: (address: string) => Promise.resolve(cache.get(address)?.clone()),
    });
  };
  const keys = () => Promise.resolve([...kept.keys()]);
  return { kept, open, keys, delete: (name: string) => Promise.resolve(kept.delete(name)) };
}

let begins = 0;

/** A worker as it begins, with what a browser gives it: what it hears. */
async function hearing(given: object, build = 'A'): Promise<Map<string, Hear>> {
  const hears = new Map<string, Hear>();
  vi.stubGlobal('BUILD', build);
  vi.stubGlobal('self', { ...given, addEventListener: (name: string, hear: Hear) => void hears.set(name, hear) });
  await import(/* @vite-ignore */ `./service-worker?begins=${String(begins++)}`);
  return hears;
}

const happens = (hears: ReadonlyMap<string, Hear>, name: string, given: object) =>
  new Promise<void>((done) => hears.get(name)?.({ ...given, waitUntil: (work: Promise<unknown>) => void work.then(() => done()) }));

/** A worker of this build: takes the place of the one before, and says what it answers a page with. */
async function worker(build: string): Promise<() => Promise<string>> {
  vi.stubGlobal('FILES', [['/in/', 'sha384-x']]);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(build)));
  const hears = await hearing({ skipWaiting: () => Promise.resolve() }, build);
  for (const name of ['install', 'activate']) await happens(hears, name, {});
  return async () => {
    const request = { method: 'GET', mode: 'navigate', url: 'https://here.example/in/' };
    const answer = await new Promise<Response>((respondWith) => hears.get('fetch')?.({ request, respondWith }));
    return await answer.text();
  };
}

afterEach(() => void vi.unstubAllGlobals());

it('answers with the build that was brought back, not with the one that was taken back', async () => {
  const caches = shelves();
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('location', { origin: 'https://here.example' });
  for (const build of ['A', 'B', 'A']) expect(await (await worker(build))()).toBe(build);
  expect([...caches.kept.keys()].sort()).toEqual(['shell-A', 'shell-B']);
});

it('keeps its own and the one that was in use before it, and without its own answers with that one', async () => {
  const caches = shelves();
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('location', { origin: 'https://here.example' });
  for (const build of ['A', 'B', 'C', 'B']) await worker(build);
  const page = await worker('D');
  expect([...caches.kept.keys()].sort()).toEqual(['shell-B', 'shell-D']);
  caches.kept.delete('shell-D');
  expect(await page()).toBe('B');
});

it('is not woken by what the page asks the site itself, and a browser that refuses such a rule keeps the shell', async () => {
  const caches = shelves();
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('FILES', [['/in/', 'sha384-x']]);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('here')));
  const hears = await hearing({ skipWaiting: () => Promise.resolve() });
  const asked: unknown[] = [];
  const addRoutes = (rule: unknown) => {
    asked.push(rule);
    return Promise.reject(new TypeError('not known'));
  };
  await happens(hears, 'install', { addRoutes });
  expect(asked).toEqual([{ condition: { urlPattern: { pathname: '/api/*' } }, source: 'network' }]);
  expect([...caches.kept.keys()]).toEqual(['shell-A']);
});

it('shows one note at a time, the same for all, and one that comes while another lies there is heard as well', async () => {
  const lying = new Map<string, string>();
  let heard = 0;
  /** As the Notifications standard has it: of one tag there is one, and it is silent in another's place unless told otherwise. */
  const showNotification = (said: string, { tag, renotify }: { tag: string; renotify?: boolean }) => {
    if (!lying.has(tag) || renotify === true) heard += 1;
    lying.set(tag, said);
    return Promise.resolve();
  };
  const hears = await hearing({ registration: { showNotification }, clients: { matchAll: () => Promise.resolve([]) } });
  for (const said of ['Something waits', 'Something waits']) await happens(hears, 'push', { data: { text: () => said } });
  expect([...lying.values()]).toEqual(['Something waits']);
  expect(heard).toBe(2);
});

it('opens, of a note that is touched, the place from which what waits is found', async () => {
  const went: string[] = [];
  const navigate = (address: string) => Promise.resolve(void went.push(address));
  const open = { navigate, focus: () => Promise.resolve() };
  const notification = { close: () => undefined };
  for (const pages of [[], [open]]) {
    const clients = { matchAll: () => Promise.resolve(pages), openWindow: navigate };
    await happens(await hearing({ clients }), 'notificationclick', { notification });
  }
  expect(went).toEqual([`/in/${WAITING}`, `/in/${WAITING}`]);
});

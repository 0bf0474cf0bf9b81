/**
 * The service worker: keeps the shell and its assets so that they open without a connection, and shows what is pushed.
 *
 * It is a cache and no anchor of trust (PROTOCOL, Delivery). It never touches /api and keeps nothing of a person: what is
 * kept is the same for everybody, asked for without a cookie, byte for byte what this build was (its hashes stand in
 * FILES). A build is kept whole or not at all, and a page is always answered with one whole build.
 */
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Installing extends Extendable {
  /** Chrome 123; elsewhere there is none. */
  addRoutes?(rule: object): Promise<void>;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Pushed extends Extendable {
  readonly data: { text(): string } | null;
}
interface Pressed extends Extendable {
  readonly notification: Notification;
}
interface Window_ {
  readonly url: string;
  readonly focused: boolean;
  readonly visibilityState: string;
  postMessage(said: string): void;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
}
interface Worker_ {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(which: object): Promise<readonly Window_[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: string, hear: (event: never) => void): void;
}

/** Put there by the build (plugins/service-worker.ts): the build's name, and each file with the hash of its bytes. */
declare const BUILD: string;
declare const FILES: readonly (readonly [address: string, integrity: string])[];

const worker = self as unknown as Worker_;
const KEPT = 'shell-';
const MINE = KEPT + BUILD;
/** The page that is open, and the build before it: what a page from then still asks for afterwards is there. */
const BUILDS = 2;
const SHELL = '/in/';
/** The page finds what it is, for the note does not say: inside/what-waits.ts. */
const WAITING = `${SHELL}#/what-waits`;
const ASSETS = '/assets/inside/';
const STRAIGHT = { condition: { urlPattern: { pathname: '/api/*' } }, source: 'network' };
const WORDS = 'Something is waiting';
/** One for all: the next one takes the place of the one before, and is heard although that one still lies there. */
const NOTE = { tag: 'w', renotify: true, icon: '/in/icon.png', badge: '/in/icon.png' };

worker.addEventListener('install', (event: Installing) => {
  // What is none of its business does not wake it: else a newer build waits behind a page that asks for something all
  // the time. Where a browser knows no such rule, nobody is worse off.
  const straight = Promise.resolve(event.addRoutes?.(STRAIGHT)).catch(() => undefined);
  event.waitUntil(Promise.all([straight, keep().then(() => worker.skipWaiting())]));
});
worker.addEventListener('activate', (event: Extendable) => event.waitUntil(letGo()));
worker.addEventListener('fetch', (event: Fetching) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return;
  if (mode === 'navigate' && pathname.startsWith(SHELL)) event.respondWith(shell(event.request));
  else if (pathname.startsWith(ASSETS)) event.respondWith(asset(event.request));
});
worker.addEventListener('push', (event: Pushed) => event.waitUntil(Promise.all([show(event.data?.text() || WORDS), tellPages()])));
worker.addEventListener('notificationclick', (event: Pressed) => {
  event.notification.close();
  event.waitUntil(openWaiting());
});

async function keep(): Promise<void> {
  // All of it first: what was fetched by half is nowhere. The shell comes last, and stands for the whole.
  const answers = await Promise.all(FILES.map(([address, integrity]) => fetched(address, integrity)));
  // A build that is brought back is made anew: caches stand in the order in which they were made.
  await caches.delete(MINE);
  const cache = await caches.open(MINE);
  for (const [index, [address]] of FILES.entries()) await cache.put(address, answers[index]!);
}

async function fetched(address: string, integrity: string): Promise<Response> {
  const answer = await fetch(address, { integrity, credentials: 'omit', redirect: 'error' });
  if (!answer.ok) throw new TypeError('not here');
  return answer;
}

/** The builds that are here, in the order in which they were kept; this worker's own last. */
async function builds(): Promise<string[]> {
  const names = (await caches.keys()).filter((name) => name.startsWith(KEPT));
  return [...names.filter((name) => name !== MINE), ...names.filter((name) => name === MINE)];
}

async function letGo(): Promise<void> {
  for (const name of (await builds()).slice(0, -BUILDS)) await caches.delete(name);
}

/** This worker's own build; where it is gone, the newest that is here whole. */
async function shell(request: Request): Promise<Response> {
  for (const name of (await builds()).reverse()) {
    const found = await (await caches.open(name)).match(SHELL);
    if (found !== undefined) return found;
  }
  return await fetch(request);
}

async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? (await fetch(request));
}

async function show(words: string): Promise<void> {
  const open = await worker.clients.matchAll({ type: 'window' });
  // Whoever has it before them needs no note over it.
  if (open.some(({ focused, visibilityState }) => focused && visibilityState === 'visible')) return;
  await worker.registration.showNotification(words, { ...NOTE });
}

/** Whoever tries whether a ring arrives here has the page open: store/reached.ts. */
async function tellPages(): Promise<void> {
  for (const page of await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })) page.postMessage('pushed');
}

async function openWaiting(): Promise<void> {
  const [open] = await worker.clients.matchAll({ type: 'window' });
  if (open === undefined) {
    await worker.clients.openWindow(WAITING);
    return;
  }
  await open.navigate(WAITING);
  await open.focus();
}

export {};

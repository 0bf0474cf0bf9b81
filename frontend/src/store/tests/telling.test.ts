/** Being told on this browser: by the site's own key, added with a signature, and anew where the site has another key. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { baseKey, KIND, own, random, toBase64 } from '../../protocol';
import { Cell } from '../../inside/watched';
import type { Core } from '../core';
import { makeCircleKey, type Me } from '../me';
import { mineOf, saveUpFor } from '../reach';
import { tellingOf } from '../telling';
import { Household } from './household';
import { quiet } from './shelf';

const OLD = own(random(65));
const NEW = own(random(65));
let asked: { path: string; body: Record<string, unknown> }[];
let current: { endpoint: string; key: Uint8Array } | null;
let told: Record<string, unknown>;

function pushesOf({ endpoint, key }: NonNullable<typeof current>) {
  const unsubscribe = () => Promise.resolve(void (current = null));
  return { endpoint, options: { applicationServerKey: key.buffer }, unsubscribe, getKey: (name: string) => random(name === 'auth' ? 16 : 65).buffer };
}

function subscribe({ applicationServerKey: key }: { applicationServerKey: Uint8Array }) {
  if (current !== null && toBase64(current.key) !== toBase64(key)) return Promise.reject(new DOMException('another', 'InvalidStateError'));
  current ??= { endpoint: 'https://push.example/new', key };
  return Promise.resolve(pushesOf(current));
}

const take = (path: string, body: Record<string, unknown>) => {
  asked.push({ path, body });
  if (path === '/told/device') told['devices'] = [body['endpoint']];
  if (path === '/told') told = { ...told, ...body };
  return Promise.resolve(path === '/told/here' ? { wanted: true, words: 'x', push_key: toBase64(NEW) } : told);
};

async function coreOf(): Promise<Core> {
  const [raw, id] = [random(32), random(16)];
  const key = { ...(await makeCircleKey(raw, id, KIND.own)), circle: random(32) };
  const me: Me = { account: id, home: 'here', signInName: 'ben', ak: await baseKey(raw), own: key.circle, version: 1, keys: [key], canStart: false };
  const api = { get: () => Promise.resolve(told), put: take, post: take, remove: () => Promise.resolve({}) };
  return { session: new Cell({ kind: 'in' }), askTelling: new Cell(null), in: { me }, hold: { api, clock: { theirs: () => 1 } } } as unknown as Core;
}

beforeEach(() => {
  asked = [];
  current = { endpoint: 'https://push.example/old', key: OLD };
  told = {
    words: 'x', push_key: toBase64(NEW), sends_mail: false, devices: ['https://push.example/old'], mailbox: null,
    talks: true, group: true, meetings: true, rings: false, zone: 'UTC', quiet_from: null, quiet_to: null, break_until: null, looks_at: null,
  };
  const keeper = { pushManager: { getSubscription: () => Promise.resolve(current && pushesOf(current)), subscribe } };
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => undefined });
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: () => Promise.resolve(keeper) } });
  vi.stubGlobal('Notification', { permission: 'granted', requestPermission: () => Promise.resolve('granted') });
  vi.useFakeTimers({ toFake: ['setInterval'] });
});

afterEach(async () => {
  // What a page asks for by itself is asked for by then.
  await quiet();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a browser that was asked for under another key of the site’s', () => {
  it('is not said to be told here, and asks anew by itself where that is allowed', async () => {
    vi.stubGlobal('Notification', { permission: 'default' });
    const boat = tellingOf(await coreOf());
    await boat.lookUpTelling();
    await quiet();
    expect(boat.telling.get()?.isHere).toBe(false);
    expect(current?.endpoint).toBe('https://push.example/old');
    vi.stubGlobal('Notification', { permission: 'granted' });
    const again = tellingOf(await coreOf());
    await quiet();
    await again.lookUpTelling();
    expect(again.telling.get()?.isHere).toBe(true);
    const added = asked.filter(({ path }) => path === '/told/device');
    expect(added.map(({ body }) => body['endpoint'])).toEqual(['https://push.example/new']);
    expect(added[0]?.body).toHaveProperty('sig');
  });

  it('one under this key is left alone', async () => {
    current = { endpoint: 'https://push.example/old', key: NEW };
    const boat = tellingOf(await coreOf());
    await quiet();
    await boat.lookUpTelling();
    expect(boat.telling.get()?.isHere).toBe(true);
    expect(asked.map(({ path }) => path)).toEqual(['/told/here']);
  });
});

describe('what somebody wants to be told', () => {
  const wished = () => asked.filter(({ path }) => path === '/told').map(({ body }) => body);

  it('holds both of two that are pressed before the first is answered', async () => {
    const boat = tellingOf(await coreOf());
    await boat.lookUpTelling();
    await Promise.all([boat.saveWish({ talks: false }), boat.saveWish({ group: false })]);
    expect(wished().at(-1)).toMatchObject({ talks: false, group: false });
  });

  it.each([true, false])('is told of rings from the start by whoever a test ring had reached: %s', async (reached) => {
    const ben = await (await Household.of('Ana', 'Ben')).device('Ben');
    await saveUpFor(ben, { hours: [{ day: 1, from: 0, to: 60 }], reached });
    const core = await coreOf();
    const boat = tellingOf({ ...core, aboard: { groups: new Map([[ben.id, ben]]) } } as unknown as Core);
    expect(await boat.tellHere()).toBe('on');
    expect(wished().at(-1)).toMatchObject({ rings: reached });
  });
});

describe('whoever is shown as up for a call after a test ring', () => {
  const ends: [string, (boat: ReturnType<typeof tellingOf>) => Promise<void>][] = [
    ['stops notes on this device', (boat) => boat.stopHere()],
    ['stops them everywhere', (boat) => boat.stopEverywhere()],
    ['wants none of rings', (boat) => boat.saveWish({ rings: false })],
  ];

  it.each(ends)('is so no more once they %s, and needs another', async (_, end) => {
    const ben = await (await Household.of('Ana', 'Ben')).device('Ben');
    await saveUpFor(ben, { hours: [{ day: 1, from: 0, to: 60 }], reached: true });
    const boat = tellingOf({ ...(await coreOf()), aboard: { groups: new Map([[ben.id, ben]]) } } as unknown as Core);
    await boat.lookUpTelling();
    await boat.saveWish({ talks: false });
    expect(mineOf(ben).reached).toBe(true);
    await end(boat);
    expect(mineOf(ben)).toMatchObject({ reached: false, hours: [{ day: 1, from: 0, to: 60 }] });
  });
});

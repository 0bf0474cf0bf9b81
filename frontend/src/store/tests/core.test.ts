/** What this device does with keys and dates while a page is opened. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { account, baseKey, KIND, random, toBase64 } from '../../protocol';
import { Core } from '../core';
import { ThisDevice } from '../device';
import { passingDrawer } from '../drawer';
import type { SessionTold } from '../entry';
import { makeCircleKey, type Me } from '../me';
import { now, quiet } from './shelf';

let core: Core;
let device: ThisDevice;
let me: Me;
let flags: Map<string, string>;

beforeEach(async () => {
  flags = new Map();
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => undefined });
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => flags.get(name) ?? null,
    setItem: (name: string, value: string) => flags.set(name, value),
    removeItem: (name: string) => flags.delete(name),
  });
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const [raw, id] = [random(32), random(16)];
  const own = { ...(await makeCircleKey(raw, id, KIND.own)), circle: random(32) };
  me = { account: id, home: 'here', signInName: 'ben', ak: await baseKey(raw), own: own.circle, version: 1, keys: [own], canStart: false };
  device = Reflect.construct(ThisDevice, [passingDrawer()]) as ThisDevice;
  await device.is('mine');
  core = new Core(device);
  // The server does not answer.
  Object.assign(core.hold.api, { get: () => new Promise(() => undefined) });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function told(askAgainMinutes: number | null): Promise<SessionTold> {
  const text = JSON.stringify({ settings: { askAgainMinutes } });
  const sealed = toBase64(await account.sealRecord(me.ak, me.account, 'mine', 1, account.writeBody([1, text])));
  const answer = { account: toBase64(me.account), own: toBase64(me.own), device: 'mine' as const, can_start: false, unlocker: null };
  return { ...answer, records: { mine: { version: 1, sealed } }, closing_at: now() + 1000 };
}

it('no key is kept for a moment without the wish to be asked again', async () => {
  const put = device.drawer.put.bind(device.drawer);
  let asks: string | undefined;
  device.drawer.put = async (store, key, value) => {
    if (store === 'keys') asks = flags.get('ask');
    await put(store, key, value);
  };
  await core.enter({ me, told: await told(0), own: null as never, fresh: random(32) });
  expect(asks).toBe('0');
});

it('the wish to be asked again stands while nobody knows what was set, and goes once it is known', async () => {
  device.setAsk(10);
  device.here();
  await core.resume(me);
  core.in.mine.quietly((mine) => ({ ...mine, read: {} }));
  expect(flags.get('ask')).toBe('10');
  await core.enter({ me, told: await told(null), own: null as never, fresh: random(32) });
  expect(flags.get('ask')).toBeUndefined();
});

it.each([[-60, 'in'], [60, 'closing']])('a closing that ends in %d seconds is shown as %s', async (within, kind) => {
  await device.setClosing(now() + within);
  await core.resume(me);
  await quiet();
  expect(core.session.get().kind).toBe(kind);
});

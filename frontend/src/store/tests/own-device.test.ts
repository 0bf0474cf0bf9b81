/** What a browser keeps for its owner, and when it goes: nobody else's screen shows that something waits. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { comingOf } from '../coming';
import { Core } from '../core';
import { ThisDevice } from '../device';
import { passingDrawer } from '../drawer';

const ADDRESS = 'https://push.example/ana';
let told: { isKept: boolean; isPushed: boolean; caches: Set<string> };
let device: ThisDevice;

beforeEach(async () => {
  told = { isKept: true, isPushed: true, caches: new Set(['shell-A', 'another']) };
  const pushes = { endpoint: ADDRESS, unsubscribe: () => Promise.resolve((told.isPushed = false)) };
  const keeper = {
    pushManager: { getSubscription: () => Promise.resolve(told.isPushed ? pushes : null) },
    unregister: () => Promise.resolve((told.isKept = false)),
  };
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => undefined });
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: () => Promise.resolve(told.isKept ? keeper : undefined) } });
  vi.stubGlobal('caches', { keys: () => Promise.resolve([...told.caches]), delete: (name: string) => Promise.resolve(told.caches.delete(name)) });
  vi.useFakeTimers({ toFake: ['setInterval'] });
  device = Reflect.construct(ThisDevice, [passingDrawer()]) as ThisDevice;
  await device.is('mine');
  await device.makeRoomFor('ana');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a device of one’s own', () => {
  it('keeps its shell and is told while it stays so', async () => {
    await device.makeRoomFor('ana');
    expect(told).toMatchObject({ isKept: true, isPushed: true });
  });

  it('that is called a shared one is told nothing more and keeps no shell', async () => {
    await device.is('shared');
    expect(told).toEqual({ isKept: false, isPushed: false, caches: new Set(['another']) });
  });

  it('that is forgotten keeps nothing either', async () => {
    await device.forget();
    expect(told).toEqual({ isKept: false, isPushed: false, caches: new Set(['another']) });
  });

  it('is told no more for whoever was here before', async () => {
    await device.makeRoomFor('ben');
    expect(told).toMatchObject({ isKept: true, isPushed: false });
  });

  it('is told no more after signing out, before anything else was fetched', async () => {
    const core = new Core(device);
    const asked: unknown[] = [];
    Object.assign(core.hold.api, {
      get: () => new Promise(() => undefined),
      post: (path: string, body: unknown) => Promise.resolve(asked.push([path, body])),
      remove: (path: string) => Promise.resolve(asked.push([path])),
    });
    await comingOf(core).goOut();
    expect(told.isPushed).toBe(false);
    expect(asked).toEqual([['/told/device/forget', { endpoint: ADDRESS }], ['/session']]);
  });
});

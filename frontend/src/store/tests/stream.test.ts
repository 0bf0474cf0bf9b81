/** A site that was away is found again: soon by whoever looks, with patience by a page that nobody sees. */
import { afterEach, expect, it, vi } from 'vitest';
import type { Hold } from '../hold';
import { Stream } from '../stream';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each([['visible', 8], ['hidden', 30]])('after ten minutes away it is asked for again, the page being %s, within %d seconds', async (visibilityState, within) => {
  vi.useFakeTimers();
  const asked: number[] = [];
  vi.stubGlobal('document', { visibilityState });
  vi.stubGlobal('fetch', () => {
    asked.push(Date.now());
    return Promise.reject(new TypeError('away'));
  });
  const stream = new Stream({} as Hold, { open: () => undefined, lost: () => undefined, told: () => Promise.resolve(), alive: () => undefined });
  stream.start();
  await vi.advanceTimersByTimeAsync(600_000);
  stream.stop();
  const [before, last] = asked.slice(-2) as [number, number];
  expect((last - before) / 1000).toBe(within);
});

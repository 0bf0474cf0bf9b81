/** The screen stays on while somebody talks, and not a moment longer. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Awake } from './awake';

interface Lock {
  released: boolean;
  release(): Promise<void>;
}

/** A browser: its locks, whether it gives any, and what is before somebody. */
function browser(gives = true) {
  const locks: Lock[] = [];
  let look: () => void = () => undefined;
  const page = { visibilityState: 'visible', addEventListener: (_: string, then: () => void) => (look = then) };
  const request = () => {
    const lock: Lock = { released: false, release: () => Promise.resolve(void (lock.released = true)) };
    if (gives) locks.push(lock);
    return gives ? Promise.resolve(lock) : Promise.reject(new Error('low'));
  };
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { wakeLock: { request } });
  /** The page goes out of sight, and the browser lets go by itself; or it comes back. */
  const sees = (state: 'visible' | 'hidden') => {
    page.visibilityState = state;
    if (state === 'hidden') locks.forEach((lock) => (lock.released = true));
    look();
  };
  return { held: () => locks.filter(({ released }) => !released).length, sees };
}

const settled = () => new Promise((done) => setTimeout(done));

afterEach(() => vi.unstubAllGlobals());

describe('a screen', () => {
  it('stays on as long as somebody talks, also after the page was out of sight for a while', async () => {
    const { held, sees } = browser();
    const awake = new Awake();
    const after = async (then: () => void) => {
      then();
      await settled();
      return held();
    };
    expect(await after(() => undefined)).toBe(0);
    expect(await after(() => awake.want(true))).toBe(1);
    expect(await after(() => awake.want(true))).toBe(1);
    expect(await after(() => sees('hidden'))).toBe(0);
    expect(await after(() => sees('visible'))).toBe(1);
    expect(await after(() => awake.want(false))).toBe(0);
    expect(await after(() => sees('visible'))).toBe(0);
    // Ended before the browser has answered.
    expect(await after(() => [true, false].forEach((on) => awake.want(on)))).toBe(0);
  });

  it('may go dark where the browser gives no way to keep it on: nothing else changes', async () => {
    const { held } = browser(false);
    const awake = new Awake();
    awake.want(true);
    await settled();
    vi.stubGlobal('navigator', {});
    awake.want(false);
    awake.want(true);
    await settled();
    expect(held()).toBe(0);
  });
});

/** Read before each file of tests: nothing that a file left waiting, or put in a browser's place, is there in the next. */
import { afterAll, vi } from 'vitest';
import { quiet } from './under-way';

const real = { setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval };
const left = new Set<ReturnType<typeof setTimeout>>();

/** The same, and what was begun is known. */
function known(begin: typeof setTimeout | typeof setInterval) {
  return (...given: Parameters<typeof setTimeout>) => {
    const timer = begin(...given);
    left.add(timer);
    return timer;
  };
}

Object.assign(globalThis, { setTimeout: known(real.setTimeout), setInterval: known(real.setInterval) });

function end(): void {
  left.forEach((timer) => clearTimeout(timer));
  left.clear();
}

afterAll(async () => {
  vi.useRealTimers();
  end();
  await quiet();
  end();
  Object.assign(globalThis, real);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

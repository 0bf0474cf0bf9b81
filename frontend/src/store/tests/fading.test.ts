/** What is old is deleted only when the server, this device and the group's own log agree on the day (SPEC.md section 10). */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY } from '../../protocol';
import { Clock } from '../clock';
import { fadedOf, mayHaveFaded } from '../fading';
import type { Read } from '../feed-entries';
import type { LogBook } from '../log-book';

const NOW = 1_790_000_000;
const YEARS = 3_650 * DAY;
const WINDOW = 90;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A device whose clock is out by so much, and what the server said of the time. */
function clockOf(device: number, server: number): Clock {
  vi.setSystemTime((NOW + device) * 1000);
  const clock = new Clock();
  clock.hear(NOW + server);
  return clock;
}

function said(daysAgo: number, keep = false, claimed = 0): Read {
  const at = NOW - daysAgo * DAY;
  return { at, message: { keep }, content: { time: at + claimed } } as Read;
}

const book = (headTime: number) => ({ log: { windowAt: () => WINDOW, head: { time: headTime } } }) as unknown as LogBook;
const old = said(WINDOW + 1);
const faded = (device: number, server: number, head = NOW - DAY) => fadedOf([old], book(head), clockOf(device, server));

describe('what is older than the window', () => {
  it('is gone when all agree on the day_p52', () => {
    expect(faded(0, 0)).toEqual([old]);
    expect(fadedOf([said(WINDOW - 1), said(WINDOW + 1, true)], book(NOW), clockOf(0, 0))).toEqual([]);
  });

  it.each([YEARS, -YEARS, 2 * DAY, -2 * DAY])('stays where this device is %d seconds out_p52', (out) => {
    expect(faded(out, 0)).toEqual([]);
  });

  it.each([YEARS, -YEARS, 2 * DAY, -2 * DAY])('stays where the server is %d seconds out_p52', (out) => {
    expect(faded(0, out)).toEqual([]);
  });

  it('stays where device and server are out together and the log knows better_p52', () => {
    expect(faded(YEARS, YEARS)).toEqual([]);
    expect(faded(-YEARS, -YEARS)).toEqual([]);
  });
});

it('is not younger than its author said, nor older than the server took it_p52', () => {
  expect(fadedOf([said(WINDOW + 1, false, 5 * DAY)], book(NOW), clockOf(0, 0))).toEqual([]);
  expect(fadedOf([said(WINDOW - 1, false, -YEARS)], book(NOW), clockOf(0, 0))).toEqual([]);
});

it('may not be called faded by a server in a hurry_p61', () => {
  const events = [{ type: 'policy', body: [[], [WINDOW], null] }] as never[];
  expect(mayHaveFaded(events, NOW - (WINDOW - 2) * DAY, NOW)).toBe(false);
  expect(mayHaveFaded(events, NOW - WINDOW * DAY, NOW)).toBe(true);
});

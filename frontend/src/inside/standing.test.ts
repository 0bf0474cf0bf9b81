/** Who is up for a call when: in their own zone, over midnight and Sunday, and not once they said not today. */
import { describe, expect, it } from 'vitest';
import { endOfToday, NEVER, standing } from './standing';

const at = (iso: string) => Date.parse(iso) / 1000;
const LONDON = { ...NEVER, zone: 'Europe/London', hours: [{ day: 2, from: 20 * 60, to: 23 * 60 }], reached: true };
const LATE = { ...LONDON, hours: [{ day: 7, from: 22 * 60, to: 60 }] };
// A Tuesday in winter.
const EIGHT = at('2026-11-24T20:00:00Z');

describe('who is up for a call', () => {
  it('is up in the hours they said, to the minute, and not before or after', () => {
    expect(standing(LONDON, EIGHT)).toEqual({ kind: 'up', until: at('2026-11-24T23:00:00Z') });
    expect(standing(LONDON, EIGHT + 90)).toEqual({ kind: 'up', until: at('2026-11-24T23:00:00Z') });
    for (const now of [EIGHT - 1, at('2026-11-24T23:00:00Z'), EIGHT + 86_400]) expect(standing(LONDON, now).kind).toBe('none');
  });

  it('is so by the clock where they are', () => {
    const there = { ...LONDON, zone: 'America/New_York' };
    expect(standing(there, EIGHT).kind).toBe('none');
    expect(standing(there, at('2026-11-25T01:00:00Z')).kind).toBe('up');
    expect(standing({ ...LONDON, zone: 'Nowhere/At_All' }, EIGHT).kind).toBe('none');
  });

  it('goes on over midnight, and from Sunday to Monday', () => {
    const until = at('2026-11-30T01:00:00Z');
    for (const now of [at('2026-11-29T22:00:00Z'), at('2026-11-30T00:59:00Z')]) expect(standing(LATE, now)).toEqual({ kind: 'up', until });
    expect(standing(LATE, until).kind).toBe('none');
  });

  it('is asked, not rung, where no test ring came, or where they would rather', () => {
    expect(standing({ ...LONDON, reached: false }, EIGHT).kind).toBe('ask');
    expect(standing({ ...LONDON, ask: true }, EIGHT - 86_400).kind).toBe('ask');
    expect(standing(NEVER, EIGHT).kind).toBe('none');
  });

  it('is nothing to anybody once they said not today, until the day is over', () => {
    const off = { ...LONDON, rest: endOfToday(LONDON, EIGHT) };
    expect(off.rest).toBe(at('2026-11-25T00:00:00Z'));
    expect(standing(off, EIGHT + 60).kind).toBe('none');
    expect(standing({ ...off, ask: true }, EIGHT).kind).toBe('none');
    expect(standing(off, EIGHT + 7 * 86_400).kind).toBe('up');
    expect(endOfToday(LATE, at('2026-11-29T23:00:00Z'))).toBe(at('2026-11-30T01:00:00Z'));
  });

  it('takes rows that are none for none', () => {
    const odd = [{ day: 0, from: 0, to: 1439 }, { day: 8, from: 0, to: 1439 }, { day: 2, from: 1440, to: 0 }, { day: 2, from: 0, to: 2000 }];
    expect(standing({ ...LONDON, hours: odd }, EIGHT).kind).toBe('none');
  });
});

/** Whether somebody is up for a call at a moment, worked out from what they said (SPEC.md section 18). */
import type { HoursRow, UpFor } from './reach-views';

export const NEVER: UpFor = { zone: '', hours: [], rest: 0, ask: false, reached: false };
const DAY_MIN = 1440;
const WEEK_MIN = 7 * DAY_MIN;

export type Standing = { kind: 'up'; until: number } | { kind: 'ask' } | { kind: 'none' };

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Minutes since Monday, 0:00, in that zone; null where the zone is not known. */
export function minuteOfWeek(zone: string, now: number): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' }).formatToParts(now * 1000);
    const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
    return NAMES.indexOf(of('weekday')) * DAY_MIN + Number(of('hour')) * 60 + Number(of('minute'));
  } catch {
    return null;
  }
}

function isRow({ day, from, to }: HoursRow): boolean {
  return day >= 1 && day <= 7 && from < DAY_MIN && to < DAY_MIN;
}

/** Minutes that are left of the row that holds now, the longest one; 0 for none. */
export function minutesLeft({ zone, hours }: UpFor, now: number): number {
  const minute = minuteOfWeek(zone, now);
  if (minute === null) return 0;
  const left = hours.filter(isRow).map(({ day, from, to }) => {
    const lasts = to > from ? to - from : to + DAY_MIN - from;
    const since = (minute - ((day - 1) * DAY_MIN + from) + WEEK_MIN) % WEEK_MIN;
    return Math.max(0, lasts - since);
  });
  return Math.max(0, ...left);
}

export function standing(said: UpFor, now: number): Standing {
  if (now < said.rest) return { kind: 'none' };
  const left = minutesLeft(said, now);
  if (left > 0 && said.reached && !said.ask) return { kind: 'up', until: (Math.floor(now / 60) + left) * 60 };
  return left > 0 || said.ask ? { kind: 'ask' } : { kind: 'none' };
}

/** Within quiet hours of the day, over midnight too; none where either end is null, or both are the same. */
export function isQuiet(zone: string, from: number | null, to: number | null, now: number): boolean {
  const minute = minuteOfWeek(zone, now);
  if (minute === null || from === null || to === null) return false;
  return ((minute % DAY_MIN) - from + DAY_MIN) % DAY_MIN < (to - from + DAY_MIN) % DAY_MIN;
}

/** Until when "not today" holds: midnight where they are, or the end of the row that goes past it. */
export function endOfToday(said: UpFor, now: number): number {
  const minute = minuteOfWeek(said.zone, now) ?? 0;
  const toMidnight = DAY_MIN - (minute % DAY_MIN);
  return (Math.floor(now / 60) + Math.max(toMidnight, minutesLeft(said, now))) * 60;
}

/** Days and times of meetings as people say them, and the rules behind "every Tuesday". */
import { clock, day, dayNumber } from '../../ui/when';
import { words } from '../../words/en';
import type { DayView, MeetingsView, MeetingTimes, MeetingView } from '../meeting-views';

const text = words.meetings;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const CODES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** "Tuesday" within the next six days, "Today", "Tomorrow", else with the date. */
export function dayAhead(start: number, now: number): string {
  const ahead = dayNumber(start) - dayNumber(now);
  return ahead > 1 && ahead < 7 ? (DAYS[new Date(start * 1000).getDay()] ?? '') : day(start, now);
}

/** "Tuesday, 7pm to 8:30pm". */
export function whenIs({ start, end }: Pick<DayView, 'start' | 'end'>, now: number): string {
  return text.on(dayAhead(start, now), clock(start), clock(end));
}

export interface Next {
  meeting: MeetingView;
  day: DayView;
}

/** The next that takes place, and those before it that do not. */
export function nextOf({ meetings }: MeetingsView, now: number): { next: Next | null; cancelled: readonly Next[] } {
  const all = meetings.flatMap((meeting) => meeting.days.map((one) => ({ meeting, day: one })));
  const ahead = all.filter((one) => one.day.end > now).sort((a, b) => a.day.start - b.day.start);
  const next = ahead.find((one) => one.day.state !== 'cancelled') ?? null;
  const off = ahead.filter(({ day: { state, start } }) => state === 'cancelled' && (next === null || start <= next.day.start));
  // Of what is called off for good one day is enough to say so.
  return { next, cancelled: next === null ? off.slice(0, 1) : off };
}

const SOON_S = 14 * 86_400;

/** What else takes place soon: the next day of each other meeting, so that a walk beside the weekly one is not missed. */
export function alsoOf({ meetings }: MeetingsView, next: Next, now: number): readonly Next[] {
  const others = meetings.filter(({ id, isCancelled }) => id !== next.meeting.id && !isCancelled);
  const firsts = others.flatMap((meeting) => {
    const day = meeting.days.find(({ state, end }) => state !== 'cancelled' && end > now);
    return day === undefined || day.start > now + SOON_S ? [] : [{ meeting, day }];
  });
  return firsts.sort((a, b) => a.day.start - b.day.start);
}

const at = (local: string) => new Date(`${local}:00Z`);

/** What the clock of its own zone shows, where that is another time than here. */
export function elsewhere({ zone, start, end }: MeetingTimes, one: DayView): string | null {
  try {
    const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(one.start * 1000);
    const here = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(one.start * 1000);
    return shown === here || start === end ? null : text.elsewhere(shown, zone);
  } catch {
    return null;
  }
}

/** Ways in which a day can repeat, as rules, with their words. */
export function repeatsFrom(date: string): { value: string; label: string }[] {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return [];
  const first = at(`${date}T12:00`);
  const weekday = first.getUTCDay();
  const [name, code] = [DAYS[weekday] ?? '', CODES[weekday] ?? ''];
  const nth = Math.min(5, Math.ceil(first.getUTCDate() / 7));
  return [
    { value: '', label: text.once },
    { value: 'FREQ=WEEKLY', label: text.weekly(name) },
    { value: 'FREQ=WEEKLY;INTERVAL=2', label: text.fortnightly(name) },
    { value: `FREQ=MONTHLY;BYDAY=${nth === 5 ? '-1' : String(nth)}${code}`, label: text.monthly(nth, name) },
  ];
}

/** A rule without its end, and the last day on which it may meet, as "2027-06-01"; empty where it goes on. */
export function partsOf(rule: string): { repeat: string; until: string } {
  const end = /;UNTIL=(\d{4})(\d\d)(\d\d)(?:T\d{6})?$/.exec(rule);
  return end === null ? { repeat: rule, until: '' } : { repeat: rule.slice(0, end.index), until: end.slice(1).join('-') };
}

/** Up to the end of that day by the meeting's own clocks. */
export const withEnd = (repeat: string, until: string): string =>
  repeat === '' || !isDay(until) ? repeat : `${repeat};UNTIL=${until.replaceAll('-', '')}T235959`;

/** "Every Tuesday, until Tuesday 1 June"; empty for one alone, and for rules that this page does not make. */
export function repeats({ rule, start }: MeetingTimes, now: number): string {
  const { repeat, until } = partsOf(rule);
  const often = repeat === '' ? '' : (repeatsFrom(start.slice(0, 10)).find(({ value }) => value === repeat)?.label ?? '');
  return often === '' || until === '' ? often : text.ends(often, day(new Date(`${until}T12:00`).getTime() / 1000, now));
}

/** What the clocks of a zone show then, as "2026-11-24T19:00"; null for a zone that this browser does not know. */
export function localOf(seconds: number, zone: string): string | null {
  try {
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(seconds * 1000);
    return /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(shown) ? shown.replace(' ', 'T') : null;
  } catch {
    return null;
  }
}

export const isDay = (date: string): boolean => /^\d{4}-\d\d-\d\d$/.test(date);

/** Whether an end is on the day after, by its time alone; false while either is still to be picked. */
export const isAfterMidnight = (from: string, to: string): boolean => from !== '' && to !== '' && to <= from;

/** The end of what begins on a day: after midnight where its time comes before the start's. */
export function endOn(day: string, from: string, to: string): string {
  if (!isDay(day) || !isAfterMidnight(from, to)) return `${day}T${to}`;
  const next = new Date(`${day}T12:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return `${next.toISOString().slice(0, 10)}T${to}`;
}

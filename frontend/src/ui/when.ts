/** Times as people say them: figures with the day. `now` is passed in; all times are seconds since 1970. */
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];

const local = (seconds: number) => new Date(seconds * 1000);

/** Whole days since some local midnight: equal for two times on one local day. */
export function dayNumber(seconds: number): number {
  const date = local(seconds);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

/** "8:50pm", "7pm". */
export function clock(seconds: number): string {
  const date = local(seconds);
  const hour = date.getHours();
  const minute = date.getMinutes();
  const past = minute ? `:${String(minute).padStart(2, '0')}` : '';
  return `${hour % 12 || 12}${past}${hour < 12 ? 'am' : 'pm'}`;
}

/** "Today", "Yesterday", "Tuesday" within six days, else "Sunday 8 March", with the year when it is another. */
export function day(seconds: number, now: number): string {
  const ago = dayNumber(now) - dayNumber(seconds);
  const date = local(seconds);
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  if (ago === -1) return 'Tomorrow';
  const weekday = DAYS[date.getDay()]!;
  if (ago > 1 && ago < 7) return weekday;
  const year = date.getFullYear() === local(now).getFullYear() ? '' : ` ${date.getFullYear()}`;
  return `${weekday} ${date.getDate()} ${MONTHS[date.getMonth()]!}${year}`;
}

/** The day within a sentence: "until tomorrow", "until Tuesday 3 March". */
export const dayWithin = (seconds: number, now: number): string =>
  day(seconds, now).replace(/^(?:Today|Yesterday|Tomorrow)$/, (word) => word.toLowerCase());

/** "Today, 8:50pm". */
export function when(seconds: number, now: number): string {
  return `${day(seconds, now)}, ${clock(seconds)}`;
}

/** "Tuesday, 8:50pm": the first screen's heading. */
export function weekdayAndClock(now: number): string {
  return `${DAYS[local(now).getDay()]!}, ${clock(now)}`;
}

/** "Saturday night", "Sunday morning": the small hours belong to the night before. */
export function partOfDay(seconds: number): string {
  const hour = local(seconds).getHours();
  const weekday = DAYS[local(hour < 5 ? seconds - 86_400 : seconds).getDay()]!;
  const part = hour < 5 || hour >= 21 ? 'night' : hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
  return `${weekday} ${part}`;
}

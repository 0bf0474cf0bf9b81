/** What may be gone for its age, and what not: the server's word alone makes nothing old. */
import { DAY, type Body, type Event } from '../protocol';
import type { Clock } from './clock';
import type { Read } from './feed-entries';
import type { LogBook } from './log-book';

/** Days of the shortest window this group ever chose; null when it always kept everything. */
export function shortestWindow(events: readonly Event[]): number | null {
  const chosen = events.flatMap(({ type, body }) => {
    if (type === 'create') return (body as Body<'create'>)[7]?.[0] ?? [];
    return type === 'policy' ? (body as Body<'policy'>)[1][0] : [];
  });
  const fading = chosen.filter((days) => days > 0);
  return fading.length === 0 ? null : Math.min(...fading);
}

/** Could something that the server took at `at` have faded by now? To a day. */
export function mayHaveFaded(events: readonly Event[], at: number, now: number): boolean {
  const shortest = shortestWindow(events);
  return shortest !== null && at + shortest * DAY <= now + DAY;
}

/** Is a message older than the window, by the server's word and by its author's? */
function hasFaded({ message, at, content }: Read, window: number, now: number): boolean {
  return !message.keep && Math.max(at, content.time) + window * DAY <= now;
}

/** Of what is here, what has faded, when all clocks agree that it has. */
export function fadedOf(held: Iterable<Read>, { log }: LogBook, clock: Clock): Read[] {
  const now = Math.min(clock.now(), clock.own());
  const window = log.windowAt(now);
  if (window === 0 || !clock.agrees || Math.abs((log.head?.time ?? now) - now) > window * DAY) return [];
  return [...held].filter((read) => hasFaded(read, window, now));
}

/** What may be gone for its age, and what not: the server's word alone makes nothing old. */
import { DAY, readEnvelope, toBase64, type Body, type Bytes, type Epoch, type Event } from '../protocol';
import type { Clock } from './clock';
import type { Read } from './feed-entries';
import type { GroupKeys } from './group-keys';
import type { Hold } from './hold';
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

/** The window and the day, when all clocks agree on it; else nothing is old. */
function agreed({ log }: LogBook, clock: Clock): { now: number; window: number } | null {
  const now = Math.min(clock.now(), clock.own());
  const window = log.windowAt(now);
  const isFar = Math.abs((log.head?.time ?? now) - now) > window * DAY;
  return window === 0 || !clock.agrees || isFar ? null : { now, window };
}

/** Of what is here, what has faded, when all clocks agree that it has. */
export function fadedOf(held: Iterable<Read>, book: LogBook, clock: Clock): Read[] {
  const by = agreed(book, clock);
  if (by === null) return [];
  const { now, window } = by;
  return [...held].filter((read) => hasFaded(read, window, now));
}

/** Epochs that were followed by another so long ago that nothing said under them is still talk. */
export function outlived(book: LogBook, clock: Clock): Epoch[] {
  const by = agreed(book, clock);
  if (by === null) return [];
  const epochs = [...book.log.epochs.values()];
  return epochs.filter((_, i) => (epochs[i + 1]?.time ?? by.now) + by.window * DAY <= by.now);
}

/**
 * What opens epochs with nothing left under them goes (SPEC.md section 10): with it somebody could open words that were
 * kept without their boxes. A copy of the server that has the boxes too is opened by this member's key all the same.
 */
export async function letEpochsGo({ drawer, clock }: Hold, book: LogBook, keys: GroupKeys, held: Iterable<Read>): Promise<void> {
  const needed = new Set([...held].map(({ message }) => toBase64(message.epoch)));
  const over = outlived(book, clock).filter((epoch) => keys.has(epoch) && !needed.has(toBase64(epoch.id)));
  if (over.length === 0) return;
  // What did not open yet, and what waits to be sent, still needs its key.
  const kept = await drawer.span<{ envelope: Bytes | null }>('messages', { circle: book.id });
  const waiting = await drawer.span<{ envelope: Bytes }>('outbox', { circle: book.id });
  for (const { envelope } of [...kept, ...waiting]) if (envelope !== null) needed.add(toBase64(readEnvelope(envelope).epoch));
  await keys.letGo(over.filter(({ id }) => !needed.has(toBase64(id))));
}

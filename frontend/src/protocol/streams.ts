/** What is known of each page load's messages: order, gaps and forks (SPEC.md section 6, acceptance by a receiver). */
import { same, toBase64, type Bytes } from './bytes';
import { must } from './failures';
import type { Log, Moment } from './log-state';
import type { Envelope } from './message';

interface Held {
  counter: number;
  headSeq: number;
  hash: Bytes;
  prev: Bytes | null;
}

export type Standing = 'new' | 'known';

/** Every message of one circle that was accepted, by stream. Order of arrival does not matter. */
export class Streams {
  private readonly byStream = new Map<string, Held[]>();
  private readonly ids = new Set<string>();

  knows(message: Envelope): boolean {
    return this.ids.has(idOf(message));
  }

  /** Refuses as `stream_fork` or `head_back`; a message known already is ignored. */
  check(message: Envelope, moment: Moment): Standing {
    if (this.knows(message)) return 'known';
    const held = this.byStream.get(streamOf(message)) ?? [];
    const at = placeOf(held, message.counter);
    const [before, after] = [held[at - 1], held[at]];
    must(after?.counter !== message.counter, 'stream_fork');
    if (before?.counter === message.counter - 1) must(follows(message, before.hash), 'stream_fork');
    must(before === undefined || before.headSeq <= moment.seq, 'head_back');
    must(after === undefined || moment.seq <= after.headSeq, 'head_back');
    if (after?.counter === message.counter + 1) must(follows(after, message.hash), 'stream_fork');
    return 'new';
  }

  /** Remembers a message that was accepted and opened. */
  take(message: Envelope, moment: Moment): void {
    this.ids.add(idOf(message));
    const stream = streamOf(message);
    const held = this.byStream.get(stream) ?? [];
    const { counter, hash, prev } = message;
    held.splice(placeOf(held, counter), 0, { counter, headSeq: moment.seq, hash, prev });
    this.byStream.set(stream, held);
  }
}

/** Where this counter stands, or would stand, in a stream held in order. */
function placeOf(held: readonly Held[], counter: number): number {
  let low = 0;
  let high = held.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((held[middle]?.counter ?? 0) < counter) low = middle + 1;
    else high = middle;
  }
  return low;
}

function follows({ prev }: { prev: Bytes | null }, hash: Bytes): boolean {
  return prev !== null && same(prev, hash);
}

function idOf(message: Envelope): string {
  return toBase64(message.id);
}

function streamOf(message: Envelope): string {
  return `${toBase64(message.author)} ${toBase64(message.stream)}`;
}

/** Hashes that may stand before a message without being held: taken back by their author, or faded. */
export interface Excused {
  has(hash: string): boolean;
}

/** Is what this message came after neither held nor excused? */
export function leavesGap(message: Envelope, held: Excused, excused: Excused): boolean {
  if (message.prev === null) return false;
  const prev = toBase64(message.prev);
  return !held.has(prev) && !excused.has(prev);
}

/**
 * For an author who is no longer a member: the epoch that closed their words, when it is known.
 * Only what its list names, or what was held before it, is shown (`after_removal`).
 */
export function closingEpoch(log: Log, author: Bytes): { seq: number; list: Bytes } | null {
  const id = toBase64(author);
  if (log.members.has(id)) return null;
  for (const epoch of log.epochs.values()) {
    const list = epoch.closed.get(id);
    if (list !== undefined) return { seq: epoch.seq, list };
  }
  return null;
}

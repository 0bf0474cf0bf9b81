/** What is known of each page load's messages: order, gaps and forks (SPEC.md section 6, acceptance by a receiver). */
import { same, toBase64, type Bytes } from './bytes';
import { must } from './failures';
import type { Log, Moment } from './log-state';
import type { Envelope } from './message';

interface Held {
  counter: number;
  headSeq: number;
  hash: Bytes;
}

export type Standing = 'new' | 'known';

/** Every message of one circle that was accepted, by stream. Order of arrival does not matter. */
export class Streams {
  private readonly byStream = new Map<string, Held[]>();
  private readonly ids = new Map<string, Bytes>();

  /** Refuses as `stream_fork` or `head_back`; a message known already is ignored. */
  check(message: Envelope, moment: Moment): Standing {
    if (this.ids.has(idOf(message))) return 'known';
    const held = this.byStream.get(toBase64(message.stream)) ?? [];
    for (const other of held) {
      must(other.counter !== message.counter || same(other.hash, message.hash), 'stream_fork');
    }
    for (const other of held) {
      const goesBack = other.counter < message.counter ? moment.seq < other.headSeq : moment.seq > other.headSeq;
      must(other.counter === message.counter || !goesBack, 'head_back');
    }
    return 'new';
  }

  /** Remembers a message that was accepted and opened. */
  take(message: Envelope, moment: Moment): void {
    this.ids.set(idOf(message), message.hash);
    const stream = toBase64(message.stream);
    const held = this.byStream.get(stream) ?? [];
    held.push({ counter: message.counter, headSeq: moment.seq, hash: message.hash });
    this.byStream.set(stream, held);
  }
}

function idOf(message: Envelope): string {
  return `${toBase64(message.author)}.${toBase64(message.id)}`;
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

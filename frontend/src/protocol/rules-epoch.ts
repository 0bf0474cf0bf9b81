/** A key for a time: epoch events (SPEC.md section 5). */
import { order, same, toBase64, type Bytes } from './bytes';
import { must } from './failures';
import { DAY, type Event, type Log } from './log-state';
import type { Apply, Rule } from './rule';

const MOST_EXTRA = 6;

function names(given: readonly (readonly [Bytes, Bytes])[], wanted: Iterable<string>): boolean {
  const ids = new Set(wanted);
  const inOrder = given.every(([id], i) => i === 0 || order(given[i - 1]?.[0] ?? id, id) < 0);
  return inOrder && given.length === ids.size && given.every(([id]) => ids.has(toBase64(id)));
}

function tooMany(log: Log, event: Event): boolean {
  const author = toBase64(event.author);
  const lately = log.extraEpochs.filter((extra) => extra.author === author && extra.time > event.time - DAY);
  return lately.length >= MOST_EXTRA;
}

function byMember(given: readonly (readonly [Bytes, Bytes])[]): Map<string, Bytes> {
  return new Map(given.map(([id, hash]) => [toBase64(id), hash]));
}

function take(log: Log, event: Event<'epoch'>, isExtra: boolean): void {
  const [, boxes, commitment, card, closed] = event.body;
  const { id, seq, author, time } = event;
  const prev = event.prev ?? id;
  log.epoch = { id, seq, prev, author, time, commitment, card, boxes: byMember(boxes), closed: byMember(closed) };
  log.epochs.set(toBase64(id), log.epoch);
  log.usedCommitments.add(toBase64(commitment));
  log.departed.clear();
  if (isExtra) log.extraEpochs.push({ author: toBase64(author), time });
}

export const epochRules: Rule<'epoch'> = {
  judge: (log, event): Apply => {
    const [previous, boxes, commitment, , closed] = event.body;
    const newest = log.epoch;
    const follows = newest === null ? previous === null : previous !== null && same(previous, newest.id);
    must(follows, 'wrong_epoch');
    must(names(boxes, log.members.keys()), 'wrong_recipients');
    must(!log.usedCommitments.has(toBase64(commitment)), 'key_reused');
    must(names(closed, log.departed), 'wrong_closed');
    const isExtra = log.epochDue === null && log.departed.size === 0;
    must(!isExtra || !tooMany(log, event), 'too_many_epochs');
    return () => take(log, event, isExtra);
  },
};

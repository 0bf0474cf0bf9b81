/** What waits for this person about somebody who comes back, and about a host to be appointed. */
import type { HostAsked, ReturnWait } from '../inside/returning-views';
import { toBase64, type Event, type Rest } from '../protocol';
import type { Group } from './group';

/** Asked by one member in the room; anyone else's yes makes it so (SPEC.md section 4, `role`). */
export function hostsAsked(group: Group): HostAsked[] {
  const { log } = group.book;
  const now = group.hold.clock.now();
  const dropped = group.mine.cell.get().dropped;
  return group.feed.folded.decisions.flatMap(({ hash, author, content }) => {
    if (content.type !== 'propose-role' || dropped.includes(hash) || group.feed.folded.isTakenBack(hash, author)) return [];
    const [target, until, head, expiry] = content.rest as Rest<'propose-role'>;
    const [seen, member] = [log.at(head), log.member(target)];
    const isStale = group.book.events.some((event) => event.type === 'role' && seen !== null && event.seq > seen.seq && isAbout(event, target));
    if (seen === null || member === null || !log.members.has(author) || expiry < now || until <= now || isStale) return [];
    return [{ id: hash, by: author, target: toBase64(target), until }];
  });
}

function isAbout(event: Event, target: Uint8Array<ArrayBuffer>): boolean {
  return toBase64((event as Event<'role'>).body[0]) === toBase64(target);
}

export function returnWaits(group: Group): ReturnWait[] {
  const notes = group.door.notes.flatMap(({ id, note }): ReturnWait[] => {
    if (note.type === 'ask-replaces') return [{ kind: 'check', id }];
    const isHere = note.type === 'second-replaces' && group.door.knocks.some(({ invite }) => invite === toBase64(note.rest[0]));
    return isHere ? [{ kind: 'ready', id: toBase64(note.rest[0]) }] : [];
  });
  const hosts = hostsAsked(group).filter(({ by }) => by !== group.me);
  return [...notes, ...hosts.map(({ id }): ReturnWait => ({ kind: 'host', id }))];
}

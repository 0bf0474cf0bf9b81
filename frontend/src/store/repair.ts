/**
 * After a copy of the server was put back, this device hands back what it still holds, byte for byte, its own and
 * others' (SPEC.md section 11). What the server then says is believed as little as ever.
 */
import { encode, fromBase64, needsEpoch, readEnvelope, sign, toBase64, type Bytes, type Event, type Id } from '../protocol';
import { isPlace, type KeptMessage } from './feed-entries';
import { answerMissed, askForMissed } from './earlier';
import { mendFork } from './forks';
import type { Group } from './group';
import type { Hold } from './hold';
import type { LogBook, Served } from './log-book';
import type { Mending, Restored } from './mending';
import { Refused } from './refusals';

const TOGETHER = 32;

export const mending: Mending = { log: mendLog, room: mendRoom, fork: mendFork, missed: askForMissed, answer: answerMissed };

async function mendLog(book: LogBook, head: number, hold: Hold): Promise<void> {
  const path = `/circles/${book.id}`;
  let from = Math.max(head, 1);
  try {
    for (const events of batches(book.events.slice(from))) {
      const attachments = held(book, events.flatMap(named));
      await hold.api.post(`${path}/repair`, { from_seq: from, events: events.map(({ wire }) => toBase64(wire)), attachments });
      from += events.length;
    }
  } catch (wrong) {
    if (!(wrong instanceof Refused)) throw wrong;
    // What it holds in their place is evidence.
    if (wrong.code === 'fork') await book.take((await hold.api.get<{ events: Served[] }>(`${path}/events?after=-1`)).events);
  }
}

/** No batch ends where an epoch is needed. */
function batches(events: readonly Event[]): Event[][] {
  const all: Event[][] = [[]];
  for (const event of events) {
    all.at(-1)?.push(event);
    if ((all.at(-1)?.length ?? 0) >= TOGETHER && !needsEpoch(event.type)) all.push([]);
  }
  return all.filter(({ length }) => length > 0);
}

/** Hashes of all bytes an event names. */
function named(event: Event): Bytes[] {
  if (event.type === 'invite') return [(event as Event<'invite'>).body[4], (event as Event<'invite'>).body[5]];
  if (event.type === 'history') return (event as Event<'history'>).body[1].map(([, hash]) => hash);
  if (event.type !== 'epoch') return [];
  const [, boxes, , card, closed] = (event as Event<'epoch'>).body;
  return [...boxes.map(([, hash]) => hash), card, ...closed.map(([, hash]) => hash)];
}

function held(book: LogBook, hashes: readonly Bytes[]): Record<string, string> {
  const found = hashes.flatMap((hash): [string, string][] => {
    const bytes = book.attachment(hash);
    return bytes === null ? [] : [[toBase64(hash), toBase64(bytes)]];
  });
  return Object.fromEntries(found);
}

async function mendRoom(group: Group, restored: Restored): Promise<void> {
  try {
    await bringWanted(group);
    await group.feed.restart(restored.position, await offer(group, restored.position));
    await takeBackAgain(group);
    await group.hold.plans?.(group);
  } catch (wrong) {
    if (!(wrong instanceof Refused)) throw wrong;
  }
}

/** Keys and lists that the log names, that the server lacks, and that this device may hold. */
async function bringWanted({ book, hold }: Group): Promise<void> {
  const { wanted } = await hold.api.get<{ wanted: string[] }>(`/circles/${book.id}/repair`);
  const attachments = held(book, wanted.map(fromBase64));
  if (Object.keys(attachments).length > 0) await hold.api.post(`/circles/${book.id}/repair`, { from_seq: 1, events: [], attachments });
}

/** What stood behind the copy, and where each stands now. */
async function offer({ book, hold }: Group, position: number): Promise<Map<Id, number>> {
  const kept = await hold.drawer.span<KeptMessage>('messages', { circle: book.id, after: position });
  const lost = kept.flatMap(({ envelope, at }) => (envelope === null ? [] : [{ envelope, at }]));
  const places = new Map<Id, number>();
  for (let from = 0; from < lost.length; from += TOGETHER) {
    const some = lost.slice(from, from + TOGETHER);
    const messages = some.map(({ envelope, at }) => ({ envelope: toBase64(envelope), at }));
    const told = await hold.api.post<{ positions: (number | null)[] }>(`/circles/${book.id}/repair/messages`, { messages });
    some.forEach(({ envelope }, i) => {
      const place = told.positions[i];
      if (place != null) places.set(toBase64(readEnvelope(envelope).hash), place);
    });
  }
  // Places that contradict each other are no places.
  const isSound = new Set(places.values()).size === places.size && [...places.values()].every((place) => isPlace(place) && place > position);
  return isSound ? places : new Map<Id, number>();
}

/** What one's own words took back stands in the copy again. */
async function takeBackAgain(group: Group): Promise<void> {
  for (const { content, author } of group.feed.folded.held.values()) {
    if (content.type !== 'take-back' || author !== group.me) continue;
    await group.hold.api.remove(`/circles/${group.id}/messages/${toBase64(content.rest[0])}`).catch(() => undefined);
  }
}

/** While the log takes no `leave`: nothing more is delivered, and another brings the farewell tomorrow. */
export async function goWhileRestoring({ book, hold }: Group): Promise<void> {
  const { head } = book.log;
  if (head === null) return;
  const bytes = encode([book.circle, book.key.member, head.id, Math.max(hold.clock.theirs(), head.time)]);
  const sig = await sign(book.key.sign, 'parting', bytes);
  await hold.api.post(`/circles/${book.id}/go`, { bytes: toBase64(bytes), sig: toBase64(sig) });
}

/**
 * A circle's log: replayed from its first event, judged by its bytes alone (SPEC.md section 4).
 *
 * `append` either takes an event whole or throws a `Failure` and changes nothing.
 */
import { same, toBase64, type Bytes } from './bytes';
import { decode, encode, type Value } from './encoding';
import { Failure, must } from './failures';
import { sign, verify } from './keys';
import type { Body, EventType } from './log-shapes';
import { bodies, frame, MOST_EVENT, TYPES, wire as wireShape } from './log-shapes';
import { Log, type Event } from './log-state';
import { h } from './primitives';
import { readParting, readRequest } from './log-inside';
import { judge } from './rules';

const MEMBERSHIP: readonly EventType[] = ['create', 'admit', 'remove', 'leave', 'rekey', 'heal'];

/** Does this kind of event change who belongs, or with which keys? */
export function isMembership(type: EventType): boolean {
  return MEMBERSHIP.includes(type);
}

function isType(type: string): type is EventType {
  return Object.hasOwn(bodies, type);
}

/** Reads an event's bytes without judging them against a log. */
export function readEvent(wire: Bytes): Event {
  const [bytes, signature] = decode(wire, wireShape, MOST_EVENT);
  const [v, suite, circle, seq, prev, time, type, author, body] = decode(bytes, frame, MOST_EVENT);
  must(Array.isArray(body), 'not_canonical');
  must(v === 1, 'unknown_version');
  must(suite === 1, 'unknown_suite');
  if (!isType(type)) throw new Failure('unknown_type');
  const shape = bodies[type] as (value: unknown) => value is Body<EventType>;
  must(shape(body), 'not_canonical');
  readInside(type, body);
  return { id: eventId(bytes), wire, bytes, signature, circle, seq, prev, time, type, author, body };
}

/** What stands inside an event as bytes is part of its form. */
function readInside(type: EventType, body: Body<EventType>): void {
  if (type === 'admit') readRequest((body as Body<'admit'>)[0]);
  if (type === 'leave') readParting(body as Body<'leave'>);
}

export function eventId(bytes: Uint8Array): Bytes {
  return h('event-id', bytes);
}

function equal(a: Bytes | null, b: Bytes | null): boolean {
  return a === null || b === null ? a === b : same(a, b);
}

function checkPlace(log: Log, event: Event): void {
  const head = log.head;
  must(equal(event.circle, log.circle), 'wrong_circle');
  must(event.seq === log.length, 'wrong_seq');
  must(equal(event.prev, head?.id ?? null), 'broken_chain');
  must(event.time >= (head?.time ?? 0), 'time_backwards');
  must((event.type === 'create') === (head === null), 'wrong_seq');
  const due = log.epochDue;
  must(due === null || (event.type === 'epoch' && same(due, event.author)), 'epoch_required');
  if (head === null) return;
  must(TYPES[log.kind]?.includes(event.type) === true, 'wrong_kind');
  must(log.member(event.author) !== null, 'not_a_member');
}

function signerOf(log: Log, event: Event): Bytes {
  if (event.type === 'create') return (event as Event<'create'>).body[3];
  const author = log.member(event.author);
  if (author === null) throw new Failure('not_a_member');
  return author.signPk;
}

const NEEDS_EPOCH: readonly EventType[] = ['create', 'admit', 'remove', 'rekey', 'heal'];

/** Does the same author's epoch have to follow? */
export function needsEpoch(type: EventType): boolean {
  return NEEDS_EPOCH.includes(type);
}

function note(log: Log, event: Event): void {
  if (event.type === 'create') log.circle = event.id;
  if (isMembership(event.type)) log.lastMembership = event.id;
  log.epochDue = needsEpoch(event.type) ? event.author : null;
  const settled = event.type === 'epoch' || ((log.head?.settled ?? false) && !isMembership(event.type));
  const { id, seq, time, type, author } = event;
  log.bySeq.set(toBase64(id), seq);
  log.moments.push({ id, seq, time, type, author, members: log.members, epoch: log.epoch, words: log.words, settled });
}

async function take(log: Log, event: Event, checkSignature: () => Promise<void>): Promise<Event> {
  checkPlace(log, event);
  const apply = await judge(log, event, checkSignature);
  apply();
  note(log, event);
  return event;
}

async function checkSignature(log: Log, event: Event): Promise<void> {
  await verify(signerOf(log, event), event.signature, 'event', event.bytes);
}

/** Takes one event; refuses with its named failure and then the log is as it was. */
export async function append(log: Log, wire: Bytes): Promise<Event> {
  const event = readEvent(wire);
  return await take(log, event, () => checkSignature(log, event));
}

/** The same for many that were read, their signatures checked side by side. A log that refused one is of no more use. */
export async function appendAll(log: Log, events: readonly Event[]): Promise<void> {
  const due: Promise<void>[] = [];
  try {
    for (const event of events) {
      await take(log, event, () => {
        const checked = checkSignature(log, event);
        checked.catch(() => undefined); // looked at below, once all are under way
        due.push(checked);
        return Promise.resolve();
      });
    }
  } finally {
    const checked = await Promise.allSettled(due);
    const bad = checked.find(({ status }) => status === 'rejected');
    if (bad?.status === 'rejected') throw bad.reason;
  }
}

/** Takes an event whose signature was checked once before: its id is what the caller has to hold against it. */
export async function appendKnown(log: Log, wire: Bytes): Promise<Event> {
  return await take(log, readEvent(wire), () => Promise.resolve());
}

/** The log after a batch, all or nothing; the log given is not touched. */
export async function extend(log: Log, wires: readonly Bytes[]): Promise<Log> {
  const after = log.copy();
  for (const wire of wires) await append(after, wire);
  must(after.epochDue === null, 'epoch_required');
  return after;
}

/** A whole log; one that ends where an epoch is needed is `epoch_required`. */
export async function replay(wires: readonly Bytes[]): Promise<Log> {
  return await extend(new Log(), wires);
}

/**
 * Another event at a seq already held is a `fork`, if one who was a member there signed it;
 * without such a signature it is only noise.
 */
export async function checkNoFork(log: Log, wire: Bytes): Promise<void> {
  const event = readEvent(wire);
  const held = log.moments[event.seq];
  if (held === undefined || same(held.id, event.id)) return;
  must(equal(event.circle, log.circle) && event.seq > 0, 'wrong_circle');
  const author = log.moments[event.seq - 1]?.members.get(toBase64(event.author));
  if (author === undefined) throw new Failure('not_a_member');
  await verify(author.signPk, event.signature, 'event', event.bytes);
  throw new Failure('fork', event.seq);
}

/** Where a new event goes. */
export interface Place {
  circle: Bytes | null;
  seq: number;
  prev: Bytes | null;
  time: number;
  author: Bytes;
}

/** A signed event in its wire form. */
export async function writeEvent<T extends EventType>(
  key: CryptoKey,
  at: Place,
  type: T,
  body: Body<T>,
): Promise<Bytes> {
  const bytes = encode([1, 1, at.circle, at.seq, at.prev, at.time, type, at.author, body as Value]);
  return encode([bytes, await sign(key, 'event', bytes)]);
}

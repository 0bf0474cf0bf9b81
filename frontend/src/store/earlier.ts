/** Earlier words for somebody who came later, and keys that somebody missed: `history` events (SPEC.md section 4). */
import type { Earlier, EarlierView } from '../inside/earlier-views';
import { Trouble } from '../inside/trouble';
import { fromBase64, history, same, seconds, toBase64, type Bytes, type Epoch, type Event, type Id, type Second } from '../protocol';
import type { Batch } from './batch';
import type { Core } from './core';
import type { NoteHere } from './door';
import { outlived } from './fading';
import type { Group } from './group';
import { PROPOSAL_LASTS } from './proposing';
import { asTrouble } from './refusals';

const MOST_GIVEN = 512;
const MOST_MISSED = 16;
const ASKED = 4;

/** Was this member given the key, at once or later? */
function has(group: Group, epoch: Epoch, member: Id): boolean {
  const later = group.book.log.shared.get(toBase64(epoch.id)) ?? [];
  return epoch.boxes.has(member) || later.some((one) => one.member === member);
}

/** Epochs that one member lacks and these others had from the beginning, the oldest first; but for those of which nothing is left. */
function lacking(group: Group, target: Id, givers: readonly Id[]): Epoch[] {
  const all = [...group.book.log.epochs.values()];
  return all.filter((epoch) => group.keys.has(epoch) && !has(group, epoch, target) && givers.every((id) => epoch.boxes.has(id))).slice(-MOST_GIVEN);
}

function mayGive(group: Group): EarlierView['mayGive'] {
  const { log } = group.book;
  const now = group.hold.clock.now();
  const others = [...log.members.keys()].filter((id) => id !== group.me);
  return others.flatMap((member) => {
    const may = others.filter((id) => {
      const isHosted = log.isHost(group.key.member, now) || log.isHost(fromBase64(id), now);
      return id !== member && isHosted && lacking(group, member, [group.me, id]).length > 0;
    });
    return may.length === 0 ? [] : [{ member, seconds: may }];
  });
}

function given(group: Group): EarlierView['given'] {
  const events = group.book.events.filter(({ type }) => type === 'history') as Event<'history'>[];
  return events.flatMap(({ id, time, author, body: [target, , second] }) => {
    return second === null ? [] : [{ id: toBase64(id), target: toBase64(target), by: [author, second[0]].map(toBase64), at: time }];
  }).reverse();
}

interface Asked {
  id: string;
  by: Id;
  target: Id;
  epochs: readonly Bytes[];
  second: Second;
}

function asked(group: Group): Asked[] {
  const { log } = group.book;
  return group.door.notes.flatMap(({ id, from, note }) => {
    if (note.type !== 'second-history') return [];
    const [target, epochs, head, expiry, signature] = note.rest;
    const by = log.members.get(from);
    const stands = by !== undefined && log.member(target) !== null && expiry >= group.hold.clock.now();
    return stands ? [{ id, by: from, target: toBase64(target), epochs, second: [by.id, head, expiry, signature] as Second }] : [];
  });
}

async function ask(group: Group, target: Id, second: Id): Promise<void> {
  const { book, key, hold, door } = group;
  const epochs = lacking(group, target, [group.me, second]).map(({ id }) => id);
  const head = book.log.head?.id;
  if (head === undefined || epochs.length === 0) throw new Trouble('gone');
  const expiry = hold.clock.now() + PROPOSAL_LASTS;
  const act = seconds.historyAct(book.circle, fromBase64(target), epochs);
  const [, , , signature] = await seconds.signSecond(key.sign, key.member, act, head, expiry);
  await door.note(fromBase64(second), 'second-history', [fromBase64(target), epochs, head, expiry, signature]);
}

async function confirm(group: Group, id: string): Promise<void> {
  const one = asked(group).find((other) => other.id === id);
  if (one === undefined) throw new Trouble('gone');
  await give(group, one.target, one.epochs, one.second);
  await group.door.dropNote(id).catch(() => undefined);
}

/** With a second, exactly what they signed; without, what is still missing and was meant for them. */
async function give(group: Group, target: Id, epochs: readonly Bytes[], second: Second | null): Promise<void> {
  await group.book.act(async (batch) => {
    const rows: [Bytes, Bytes][] = [];
    for (const id of epochs) {
      const epoch = group.book.log.epochs.get(toBase64(id));
      if (epoch === undefined || (second === null && !(group.keys.has(epoch) && isMissed(group, epoch, target)))) continue;
      rows.push([id, batch.attach(await boxFor(group, batch, epoch, target))]);
    }
    if (rows.length > 0) await batch.add('history', [fromBase64(target), rows, second]);
  });
}

/** Meant for them, and by nobody sealed again yet. */
function isMissed({ book: { log } }: Group, epoch: Epoch, target: Id): boolean {
  return epoch.boxes.has(target) && !(log.shared.get(toBase64(epoch.id)) ?? []).some(({ member }) => member === target);
}

async function boxFor({ book, me }: Group, batch: Batch, epoch: Epoch, target: Id): Promise<Bytes> {
  const to = batch.log.members.get(target);
  if (to === undefined) throw new Trouble('gone');
  const own = epoch.boxes.get(me);
  const later = (book.log.shared.get(toBase64(epoch.id)) ?? []).filter(({ member }) => member === me);
  const hashes = [...(own === undefined ? [] : [{ hash: own, isLater: false }]), ...later.map(({ box }) => ({ hash: box, isLater: true }))];
  for (const { hash, isLater } of hashes) {
    const sealed = book.attachment(hash);
    for (const key of sealed === null ? [] : book.keys) {
      const box = await history.sealAgain(key.box, book.circle, epoch, key.member, { sealed: sealed ?? hash, isLater }, to).catch(() => null);
      if (box !== null) return box;
    }
  }
  throw new Trouble('unverified');
}

/** Asks a few others for keys whose box did not open here, unless it went because nothing is left under it. */
export async function askForMissed(group: Group): Promise<void> {
  const { log } = group.book;
  const missed: Epoch[] = [];
  const old = new Set(outlived(group.book, group.hold.clock));
  for (const epoch of log.epochs.values()) {
    if (old.has(epoch) && !group.keys.has(epoch)) continue;
    if (epoch.boxes.has(group.me) && (await group.keys.of(epoch)) === null) missed.push(epoch);
  }
  const epochs = missed.slice(-MOST_MISSED);
  if (epochs.length === 0) return;
  const isAuthor = (id: Id) => epochs.some(({ author }) => same(author, fromBase64(id)));
  const others = [...log.members.keys()].filter((id) => id !== group.me && !isAuthor(id) && epochs.every(({ boxes }) => boxes.has(id)));
  for (const id of others.slice(0, ASKED)) await group.door.note(fromBase64(id), 'missed-key', [epochs.map((epoch) => epoch.id)]);
}

/** Seals again what others missed and was meant for them: once for each key, so that nobody can keep us at it. */
export async function answerMissed(group: Group): Promise<void> {
  for (const { id, from, note } of [...group.door.notes] as NoteHere[]) {
    if (note.type !== 'missed-key') continue;
    await give(group, from, note.rest[0], null);
    await group.door.dropNote(id);
  }
}

export function earlierOf(core: Core): Earlier {
  return {
    earlier: () => ({ asks: asked(core.open).map(({ id, by, target }) => ({ id, by, target })), mayGive: mayGive(core.open), given: given(core.open) }),
    askEarlier: (target, second) => asTrouble(() => ask(core.open, target, second)),
    confirmEarlier: (id) => asTrouble(() => confirm(core.open, id)),
    declineEarlier: (id) => asTrouble(() => core.open.door.dropNote(id)),
  };
}

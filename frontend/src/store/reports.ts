/** Raising a concern: picked messages, sealed to the two who decide or to the contact outside (SPEC.md section 15). */
import type { NewReport, ReportShown } from '../inside/model';
import { Trouble } from '../inside/trouble';
import {
  acceptAt, asides, DAY, fromBase64, openMessage, random, readEnvelope, same, toBase64, type Bytes, type Envelope, type Id,
} from '../protocol';
import { reports } from '../protocol/later';
import type { NoteHere } from './door';
import type { Group } from './group';
import { Pair } from './pair';

type Pick = reports.Pick;
type ReportType = 'report' | 'report-talk';
/** How long one's own list names what was raised. */
const LISTED_FOR = 60 * DAY;

/** A message as it came, also when it was taken back in these days. */
async function bytesOf(group: Group, hash: Id): Promise<Envelope> {
  const held = group.feed.folded.held.get(hash)?.message;
  if (held !== undefined) return held;
  const kept = await group.feed.taken.find(hash);
  if (kept === null) throw new Trouble('gone');
  return readEnvelope(kept);
}

/** What proves one message to others, and opens nothing else. */
async function pickOf(group: Group, message: Envelope): Promise<Pick> {
  const { author, moment } = acceptAt(group.book.log, message);
  const key = moment.epoch === null ? null : await group.keys.of(moment.epoch);
  if (key === null) throw new Trouble('unverified');
  return await reports.pick(key, message, await openMessage(key, author, message));
}

/** Right before and right after each in its stream, as far as they are here: by hash only. */
function neighbours(group: Group, picked: readonly Envelope[]): Bytes[] {
  const hashes = new Set(picked.map(({ hash }) => toBase64(hash)));
  const beside = [...group.feed.folded.held.values()].filter(({ hash, message }) => {
    if (hashes.has(hash)) return false;
    return picked.some((one) => same(one.stream, message.stream) && Math.abs(one.counter - message.counter) === 1);
  });
  return reports.inOrder(beside.map(({ message }) => message.hash));
}

/** Where it is told: what was said in a talk of two, to the group that they share. */
function toldIn(where: Group): Group {
  return where instanceof Pair ? where.shared : where;
}

/** To whom a report about these people would go; empty where there are not two. Never to the other of a talk. */
export function whoDecides(where: Group, authors: readonly Id[]): Id[] {
  const of = where instanceof Pair ? [...authors, where.other] : authors;
  return reports.recipients(toldIn(where).book.log, where.me, of);
}

/** A talk's log, as far as these messages know it: whoever reads them can hold it against the group's. */
function logOf({ book }: Pair, picked: readonly Envelope[]): Bytes[] {
  const last = Math.max(...picked.map(({ head }) => book.log.at(head)?.seq ?? 0));
  return reports.talkLog(book.events.map(({ wire }) => wire), last);
}

export function contactOf(group: Group): Bytes | null {
  return group.book.log.policy?.[4] ?? null;
}

/** A report that was begun: pressed again, it is the same one, and nobody gets it twice. */
interface Begun {
  what: string;
  id: Bytes;
  reached: Set<Id>;
  toContact: Outgoing | null;
}

const begun = new WeakMap<Group, Begun>();

function beginning(group: Group, { messages, words, toContact }: NewReport): Begun {
  const what = JSON.stringify([[...messages].sort(), words, toContact]);
  const before = begun.get(group);
  if (before?.what === what) return before;
  const fresh = { what, id: random(16), reached: new Set<Id>(), toContact: null };
  begun.set(group, fresh);
  return fresh;
}

interface Sending {
  toMember: (member: Id) => Promise<void>;
  outside: () => Promise<Outgoing>;
}

function sending<T extends ReportType>(group: Group, type: T, rest: reports.ReportRest<T> & asides.AsideRest<T>): Sending {
  return {
    toMember: (member) => group.door.note(fromBase64(member), type, rest),
    outside: () => outgoing(group, type, rest),
  };
}

export async function report(where: Group, asked: NewReport): Promise<void> {
  const { messages, words, toContact } = asked;
  const group = toldIn(where);
  const picked = await Promise.all(messages.map((row) => bytesOf(where, where.hashOf(row))));
  const to = toContact ? [] : whoDecides(where, picked.map(({ author }) => toBase64(author)));
  if (!toContact && to.length < 2) throw new Trouble('needs_second');
  const one = beginning(where, asked);
  const rows = await Promise.all(picked.map((message) => pickOf(where, message)));
  const shown = [rows, neighbours(where, picked), words.normalize('NFC')] as const;
  const { toMember, outside } =
    where instanceof Pair
      ? sending(group, 'report-talk', [one.id, logOf(where, picked), ...shown])
      : sending(group, 'report', [one.id, ...shown]);
  // The very bytes again, where the answer was lost: the server takes an id once.
  if (toContact) await group.hold.api.post('/reports', (one.toContact ??= await outside()));
  for (const member of to) {
    if (!one.reached.has(member)) await toMember(member);
    one.reached.add(member);
  }
  begun.delete(where);
  remember(group, { id: toBase64(one.id), to, isAppeal: false });
}

type Outgoing = Readonly<Record<'circle' | 'sender' | 'id' | 'sealed' | 'sig', string>>;

/** Sealed to the contact whose key the policy names; also by somebody who was removed. */
async function outgoing<T extends reports.ReportType>(group: Group, type: T, rest: reports.ReportRest<T>): Promise<Outgoing> {
  const contact = contactOf(group);
  if (contact === null) throw new Trouble('gone');
  const { circle } = group.book;
  const from = group.key.member;
  const { sealed, signature } = await reports.sealReport(group.key.sign, contact, { circle, from }, type, group.hold.clock.now(), rest);
  return { circle: group.id, sender: group.me, id: toBase64(rest[0]), sealed: toBase64(sealed), sig: toBase64(signature) };
}

export function remember(group: Group, { id, to, isAppeal }: { id: Id; to: readonly Id[]; isAppeal: boolean }): void {
  const sent = { id, circle: group.id, at: group.hold.clock.now(), to, isAppeal };
  group.mine.change((mine) => ({ ...mine, reports: [...mine.reports.filter(({ at }) => at > sent.at - LISTED_FOR), sent] }));
  group.touch();
}

type ReportNote = Extract<asides.Aside, { type: ReportType }>;
export type ReportHere = NoteHere & { note: ReportNote };

export function isReport(one: NoteHere): one is ReportHere {
  return one.note.type === 'report' || one.note.type === 'report-talk';
}

function noteOf(group: Group, id: string): ReportHere {
  const found = group.door.notes.find((note) => note.id === id);
  if (found === undefined || !isReport(found)) throw new Trouble('gone');
  return found;
}

/** Those that wait here, each once: one whose answer was lost on the way may have come again. */
export function waiting(group: Group): ReportHere[] {
  const newest = new Map<string, ReportHere>();
  for (const note of group.door.notes) {
    if (isReport(note)) newest.set(`${note.from} ${toBase64(note.note.rest[0])}`, note);
  }
  return [...newest.values()];
}

/** Opens a report for one of those who decide: every message in it is proved, or none is shown. */
export async function openReport(group: Group, noteId: string): Promise<ReportShown> {
  const { note, at, from } = noteOf(group, noteId);
  const [id] = note.rest;
  const [picks, beside, words] = note.type === 'report' ? ([note.rest[1], note.rest[2], note.rest[3]] as const) : ([note.rest[2], note.rest[3], note.rest[4]] as const);
  const talk = note.type === 'report' ? null : await reports.readTalk(group.book.log, from, note.rest[1]);
  const shown = await Promise.all(picks.map((one) => reports.readPick(talk ?? group.book.log, one)));
  const hashes = new Set(shown.map(({ header }) => toBase64(header.hash)));
  const messages = shown.map(({ header, content }) => {
    const isSaid = content.type === 'say' || content.type === 'voice';
    return {
      id: toBase64(header.hash),
      author: toBase64(header.author),
      time: content.time,
      text: isSaid ? content.rest[4] : '',
      about: isSaid ? content.rest[2] : null,
      /** Something of the same stream stands before it and was not picked. */
      isGapBefore: header.prev !== null && !hashes.has(toBase64(header.prev)),
    };
  });
  messages.sort((a, b) => a.time - b.time);
  return { id: toBase64(id), note: noteId, at, words, messages, alone: talk && [...talk.members.keys()], isMoreBeside: beside.length > 0 };
}

async function tell(group: Group, noteId: string, state: 1 | 2, words: string): Promise<void> {
  const { from, note } = noteOf(group, noteId);
  const what = `report ${String(state)} ${toBase64(note.rest[0])}`;
  if (state === 1 && group.mine.cell.get().dropped.includes(what)) return;
  await group.door.note(fromBase64(from), 'report-state', [note.rest[0], state, words.normalize('NFC')]);
  group.mine.change((mine) => ({ ...mine, dropped: [...mine.dropped, what] }));
  group.touch();
}

/** Whoever raised it is told that somebody has read it. */
export async function markRead(group: Group, noteId: string): Promise<void> {
  await tell(group, noteId, 1, '');
}

export async function answer(group: Group, noteId: string, words: string): Promise<void> {
  await tell(group, noteId, 2, words);
}

interface Outside {
  state: 'sent' | 'read' | 'answered';
  read_at: number | null;
  answered_at: number | null;
  answer: string | null;
}

export interface FromOutside {
  readAt: number | null;
  answeredAt: number | null;
  words: string;
}

/** How far the contact has come with what was sent to them. */
export async function lookOutside(group: Group, id: Id): Promise<FromOutside> {
  const told = await group.hold.api.get<Outside>(`/reports/${id}`);
  const words = told.answer === null ? '' : (await reports.openAnswer(group.key.box, group.book.circle, fromBase64(id), fromBase64(told.answer))).words;
  return { readAt: told.read_at, answeredAt: told.answered_at, words };
}

/** What somebody who was removed sends to the outside person: agreement, decision, and their own words. */
export async function appeal(group: Group, words: string, why: string): Promise<void> {
  const id = random(16);
  const agreement = group.keys.text(group.book.log.words?.[1] ?? null) ?? '';
  await group.hold.api.post('/reports', await outgoing(group, 'appeal', [id, agreement, why, words.normalize('NFC')]));
  remember(group, { id: toBase64(id), to: [], isAppeal: true });
}

/** What a group decides about what was said: folding, quiet, and the log of decisions that everyone can read. */
import type { DecidingView, DecisionView, SentReportView } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { fromBase64, isFailure, same, toBase64, type Body, type Event, type Id, type Rest } from '../protocol';
import type { Group } from './group';
import { AT_ONCE, hasWeek, mayConfirm } from './removing';
import { contactOf, lookOutside, waiting, type FromOutside } from './reports';
import { openWeeks } from './weeks';

/** The whole message, for everyone. Its author is told why, alone, and has the words to send again. */
export async function fold(group: Group, row: Id, { toAuthor, why }: { toAuthor: string; why: string }): Promise<void> {
  const hash = group.hashOf(row);
  const target = group.feed.folded.held.get(hash);
  if (target === undefined) throw new Trouble('gone');
  await group.outbox.put('fold', [fromBase64(hash)]);
  await group.outbox.put('decision', ['fold', null, why.normalize('NFC')]);
  const isHere = group.book.log.members.has(target.author);
  if (isHere && target.author !== group.me) await group.door.note(fromBase64(target.author), 'folded', [fromBase64(hash), toAuthor.normalize('NFC')]);
}

/** 72 hours in which somebody's new messages are folded: once for each person and report. */
export async function askForQuiet(group: Group, member: Id, report: Id, why: string): Promise<void> {
  const isThere = group.folds().quiets.some((quiet) => quiet.member === member && quiet.report === report);
  if (!isThere) await group.outbox.put('quiet', [fromBase64(member), fromBase64(report), why.normalize('NFC')]);
}

interface Reason {
  why: string;
  isAtOnce: boolean;
}

type Line = Omit<DecisionView, 'id'> & { id: Id };

/** From the log itself: who was removed, what became of words and tasks. Two names stand under what took two. */
function fromLog(group: Group, reasons: ReadonlyMap<Id, Reason>): Line[] {
  return group.book.events.flatMap((event): Line[] => {
    const { type, author, time } = event;
    const by = (second: readonly unknown[] | null): Id[] => [toBase64(author), ...(second === null ? [] : [toBase64(second[0] as never)])];
    const line = { id: toBase64(event.id), at: time, about: null, why: '' };
    if (type === 'remove') {
      const [target, second] = event.body as Body<'remove'>;
      const about = toBase64(target);
      const { why, isAtOnce } = reasons.get(about) ?? { why: '', isAtOnce: false };
      return [{ ...line, what: isAtOnce ? 'removedAtOnce' : 'removed', by: by(second), about, why }];
    }
    if (type === 'policy') {
      const [, , second] = event.body as Body<'policy'>;
      return second === null ? [] : [{ ...line, what: 'words', by: by(second) }];
    }
    if (type !== 'role') return [];
    const [target, until, second] = (event as Event<'role'>).body;
    return until === 0 ? [] : [{ ...line, what: 'host', by: by(second), about: toBase64(target) }];
  });
}

/** Why somebody was removed, as whoever did it has said. */
function reasonsOf(group: Group): Map<Id, Reason> {
  const reasons = new Map<Id, Reason>();
  for (const { content } of group.feed.folded.decisions) {
    if (content.type !== 'decision') continue;
    const [what, about, why] = content.rest as Rest<'decision'>;
    if (what.startsWith('remove') && about !== null) reasons.set(toBase64(about), { why, isAtOnce: what === AT_ONCE });
  }
  return reasons;
}

function fromRoom(group: Group): Line[] {
  const { folded } = group.feed;
  return folded.decisions.flatMap(({ hash, author, content }): Line[] => {
    if (folded.isTakenBack(hash, author) || content.type === 'later') return [];
    const line = { id: hash, at: content.time, by: [author], about: null, why: '' };
    if (content.type === 'decision') {
      const [what, , why] = content.rest;
      return what === 'fold' ? [{ ...line, what: 'fold', why }] : [];
    }
    if (content.type === 'propose-remove') return [{ ...line, what: 'asked', about: toBase64(content.rest[0]), why: content.rest[6] }];
    return content.type === 'lets-talk' ? [{ ...line, what: 'talk' }] : [];
  });
}

function decisionsOf(group: Group): DecisionView[] {
  const quiets = group.folds().quiets.map(({ member, report, by, why, until }): Line => {
    return { id: `${member} ${report}`, at: until - 72 * 3600, what: 'quiet', by, about: member, why };
  });
  return [...fromLog(group, reasonsOf(group)), ...fromRoom(group), ...quiets].sort((a, b) => b.at - a.at);
}

/** What the deciders told whoever raised it. */
function sentOf(group: Group): SentReportView[] {
  const sent = group.mine.cell.get().reports.filter(({ circle }) => circle === group.id);
  return sent.map(({ id, at, to, isAppeal }) => {
    const told = group.door.notes.flatMap(({ from, at: when, note, id: noteId }) => {
      if (note.type !== 'report-state' || !to.includes(from) || !same(note.rest[0], fromBase64(id))) return [];
      return [{ note: noteId, by: from, at: when, words: note.rest[2], isAnswer: note.rest[1] === 2 }];
    });
    const read = [...new Set(told.map(({ by }) => by))];
    return { id, at, to: [...to], isAppeal, readBy: read, answers: told.filter(({ isAnswer }) => isAnswer) };
  });
}

function foldedOf(group: Group): DecidingView['folded'] {
  return group.door.notes.flatMap(({ id, from, note }) => {
    if (note.type !== 'folded') return [];
    const hash = toBase64(note.rest[0]);
    const said = group.feed.folded.held.get(hash);
    if (said?.author !== group.me || (said.content.type !== 'say' && said.content.type !== 'voice')) return [];
    const [place, , , , text] = said.content.rest;
    return [{ id, by: from, place: place === 'everyday' ? ('everyday' as const) : ('room' as const), text, words: note.rest[1] }];
  });
}

export function decidingView(group: Group): DecidingView {
  const done = group.mine.cell.get().dropped;
  return {
    hasContact: contactOf(group) !== null,
    hasWeek: hasWeek(group),
    reports: waiting(group).map(({ id, at, note }) => {
      const named = toBase64(note.rest[0]);
      return { id, at, isRead: done.includes(`report 1 ${named}`), isAnswered: done.includes(`report 2 ${named}`) };
    }),
    sent: sentOf(group),
    folded: foldedOf(group),
    saidNo: group.door.notes.flatMap(({ id, from, note }) => {
      return note.type === 'not-removed' ? [{ id, by: from, target: toBase64(note.rest[0]) }] : [];
    }),
    removals: openWeeks(group).map((week) => ({ ...week, mayIConfirm: mayConfirm(group, week), isMine: week.by === group.me })),
    quiets: group.folds().quiets,
    decisions: decisionsOf(group),
  };
}

/** Everything sent to the contact outside, with how far they have come; what cannot be asked now is left out. */
export async function outsideStates(group: Group): Promise<Map<Id, FromOutside>> {
  const states = new Map<Id, FromOutside>();
  for (const { id, circle, to } of group.mine.cell.get().reports) {
    if (circle !== group.id || to.length > 0) continue;
    try {
      states.set(id, await lookOutside(group, id));
    } catch (wrong) {
      if (isFailure(wrong)) continue;
    }
  }
  return states;
}

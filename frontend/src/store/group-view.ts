/** A group as a screen sees it, made anew from log, cards, messages and door. */
import type { AgreementView, AskView, GroupView, InvitationView, KnockView, MemberView, Place } from '../inside/model';
import { toBase64, type Id, type Member, type Words } from '../protocol';
import { wordsNow } from './calm-words';
import type { KnockHere } from './door';
import type { Group } from './group';
import { mayISecond, openProposal, openRemovals, type PolicyProposal } from './proposals';
import { newPhones, returnWaits } from './returning-waits';
import { readSafeguarding } from './safeguarding';
import { openWeeks } from './weeks';

const ANSWERED = 2;

function memberView(group: Group, { id: bytes }: Member): MemberView {
  const id = toBase64(bytes);
  const now = group.hold.clock.now();
  const current = group.book.log.members.get(id);
  const isHost = current !== undefined && current.termEnd >= now;
  return {
    id,
    name: group.names.of(id),
    isMe: id === group.me,
    isHost,
    termUntil: isHost ? current.termEnd : null,
    affirmed: group.keys.hasAffirmed(id),
    isGone: current === undefined,
  };
}

/** The text that would change: the agreement's, or the safeguarding page's. */
function suggested({ words, agreement, safeguarding }: PolicyProposal, now: Words | null): string {
  if (now === null || toBase64(now[1]) !== toBase64(words[1])) return agreement;
  return Object.values(readSafeguarding(safeguarding) ?? {}).filter((line) => line !== '').join('\n\n');
}

function agreementView(group: Group): AgreementView {
  const { log } = group.book;
  const words = log.words;
  const proposal = openProposal(group);
  const affirmedBy = [...log.members.keys()].filter((id) => group.keys.hasAffirmed(id));
  return {
    text: group.keys.text(words?.[1] ?? null) ?? '',
    version: words === null ? '' : toBase64(words[1]),
    affirmedByMe: affirmedBy.includes(group.me),
    affirmedBy,
    proposal: proposal && { text: suggested(proposal, words), by: proposal.by, mayISecond: mayISecond(group, proposal) },
  };
}

function knockView(group: Group, { invite, since, body }: KnockHere): KnockView {
  const { log } = group.book;
  const made = log.invites.get(invite);
  const { amHost } = group;
  const mayKnow = group.door.notes.flatMap(({ from, note }) => {
    return note.type === 'may-know' && toBase64(note.rest[0]) === invite ? [from] : [];
  });
  return {
    id: invite,
    name: body[3]?.[1] ?? '',
    hello: body[4],
    since,
    welcomer: made === undefined ? '' : toBase64(made.author),
    mayKnow: amHost ? mayKnow : [],
    iMayKnow: group.mine.cell.get().dropped.includes(`may-know ${invite}`),
    mayIAdmit: made !== undefined && (amHost || made.anyMember),
  };
}

function invitationView(group: Group, id: Id): InvitationView[] {
  const invite = group.book.log.invites.get(id);
  const card = group.door.card(id);
  if (invite === undefined || card === null) return [];
  const isOver = invite.expires < group.hold.clock.now();
  const isVoid = invite.state === 'void' || group.door.takenBack.has(id);
  const state = invite.state === 'used' ? 'used' : isVoid ? 'void' : isOver ? 'over' : 'open';
  return [{ id, forWhom: card[1], by: toBase64(invite.author), until: invite.expires, state }];
}

/** Seq up to which this person has said yes: who came later is joining. */
function affirmedUpTo(group: Group): number {
  const { log } = group.book;
  let upTo = log.member(group.key.member)?.admittedSeq ?? 0;
  for (const { author, content, message } of group.feed.folded.decisions) {
    if (author !== group.me || content.type !== 'affirm') continue;
    upTo = Math.max(upTo, log.at(message.head)?.seq ?? 0);
  }
  return upTo;
}

function isNew(group: Group, place: Place): boolean {
  const { settings, read, onBreak } = group.mine.cell.get();
  if (!settings.readingPlace || onBreak.includes(group.id)) return false;
  const upTo = read[group.id]?.[place] ?? -1;
  const rows = group.feed.folded.rows[place];
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    if (row === undefined || row.position <= upTo) return false;
    if (row.author !== group.me && !row.isMissing) return true;
  }
  return false;
}

/** What waits for this person, by kind: what it says is opened with its own page. */
function asksOf(group: Group): AskView[] {
  const notes = group.door.notes.flatMap(({ id, note }): AskView[] => {
    if (note.type === 'report' || note.type === 'folded') return [{ kind: note.type, id }];
    if (note.type === 'before-remove') return [{ kind: 'told', id }];
    if (note.type === 'second-history') return [{ kind: 'earlier', id }];
    return note.type === 'report-state' && note.rest[1] === ANSWERED ? [{ kind: 'answer', id }] : [];
  });
  return [...notes, ...openWeeks(group).map(({ id }): AskView => ({ kind: 'removal', id }))];
}

/** Until when my own words are folded for others. */
function quietOf(group: Group, now: number): number | null {
  const ends = group.folds().quiets.filter(({ member, until }) => member === group.me && now < until).map(({ until }) => until);
  return ends.length === 0 ? null : Math.max(...ends);
}

export function groupView(group: Group): GroupView {
  const { log } = group.book;
  const upTo = affirmedUpTo(group);
  const now = group.hold.clock.now();
  const safeguarding = readSafeguarding(group.keys.text(log.words?.[2] ?? null));
  const window = log.windowAt(now);
  const later = [...log.members.values()].filter((member) => member.admittedSeq > upTo).map(({ id }) => toBase64(id));
  return {
    id: group.id,
    name: group.keys.text(log.words?.[0] ?? null) ?? '',
    windowDays: window === 0 ? null : window,
    size: log.policy?.[1] ?? 0,
    anyMemberOpens: group.anyMemberOpens,
    nudgeOff: group.saying('nudge', 'off'),
    me: group.me,
    members: group.names.everyone().map((member) => memberView(group, member)),
    agreement: agreementView(group),
    safeguarding,
    knocks: group.door.knocks.map((knock) => knockView(group, knock)),
    invitations: [...log.invites.keys()].flatMap((id) => invitationView(group, id)),
    removals: openRemovals(group).map(({ id, target, by, why, until }) => ({ id, target, by, why, until })),
    asks: asksOf(group),
    quietUntil: quietOf(group, now),
    roomWords: wordsNow(log),
    returns: returnWaits(group),
    newPhones: newPhones(group, later.filter((id) => id !== group.me)),
    joining: later.filter((id) => id !== group.me),
    onBreak: group.mine.cell.get().onBreak.includes(group.id),
    isNew: { room: isNew(group, 'room'), everyday: isNew(group, 'everyday') },
    isMember: group.isMember,
  };
}


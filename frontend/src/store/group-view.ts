/** A group as a screen sees it, made anew from log, cards, messages and door. */
import type { AgreementView, GroupView, InvitationView, KnockView, MemberView, Place } from '../inside/model';
import type { NewPhone } from '../inside/returning-views';
import { part } from '../part';
import { toBase64, type Event, type Id, type Member } from '../protocol';
import { wordsNow } from './calm-words';
import type { KnockHere } from './door';
import type { Group } from './group';
import { readSafeguarding } from './safeguarding';
import { isVoiceOff } from './talking';
import type { Waits } from './waits';

const NOTHING: Waits = { asks: [], proposal: null, removals: [], returns: [] };

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

function agreementView(group: Group, proposal: AgreementView['proposal']): AgreementView {
  const { log } = group.book;
  const words = log.words;
  const affirmedBy = [...log.members.keys()].filter((id) => group.keys.hasAffirmed(id));
  return {
    text: group.keys.text(words?.[1] ?? null) ?? '',
    version: words === null ? '' : toBase64(words[1]),
    affirmedByMe: affirmedBy.includes(group.me),
    affirmedBy,
    proposal,
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

/** Until when my own words are folded for others. */
function quietOf(group: Group, now: number): number | null {
  const ends = group.folds().quiets.filter(({ member, until }) => member === group.me && now < until).map(({ until }) => until);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** Of these members, who came in the place of somebody they were before. */
function newPhones(group: Group, members: readonly Id[]): NewPhone[] {
  return members.flatMap((who) => {
    const seq = group.book.log.members.get(who)?.admittedSeq;
    const event = seq === undefined ? undefined : group.book.events[seq];
    if (event?.type !== 'admit') return [];
    const replaces = (event as Event<'admit'>).body[4];
    if (replaces === null) return [];
    const second = replaces[1];
    return [{ who, by: [toBase64(event.author), ...(second === null ? [] : [toBase64(second[0])])] }];
  });
}

export function groupView(group: Group): GroupView {
  const { log } = group.book;
  const { asks, proposal, removals, returns } = part.get()?.waits(group) ?? NOTHING;
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
    voiceOff: group.saying('voice', 'off'),
    isVoiceOff: isVoiceOff(group),
    me: group.me,
    members: group.names.everyone().map((member) => memberView(group, member)),
    agreement: agreementView(group, proposal),
    safeguarding,
    knocks: group.door.knocks.map((knock) => knockView(group, knock)),
    invitations: [...log.invites.keys()].flatMap((id) => invitationView(group, id)),
    removals,
    asks,
    quietUntil: quietOf(group, now),
    roomWords: wordsNow(log),
    returns,
    newPhones: newPhones(group, later.filter((id) => id !== group.me)),
    joining: later.filter((id) => id !== group.me),
    onBreak: group.mine.cell.get().onBreak.includes(group.id),
    isNew: { room: isNew(group, 'room'), everyday: isNew(group, 'everyday') },
    isMember: group.isMember,
  };
}


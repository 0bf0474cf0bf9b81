/** Changes that wait for a second person: a newer agreement, a safeguarding page, someone asked to go. */
import {
  encode, epochs, order, toBase64, type Id, type Log, type Policy, type Rest, type Second, type Words,
} from '../protocol';
import type { Read } from './feed-entries';
import type { Group } from './group';

export interface PolicyProposal {
  hash: Id;
  by: Id;
  words: Words;
  policy: Policy;
  agreement: string;
  safeguarding: string | null;
  second: Second;
}

function fromMessage(read: Read): PolicyProposal | null {
  if (read.content.type !== 'propose-policy') return null;
  const rest = read.content.rest as Rest<'propose-policy'>;
  const [group, agreement, safeguarding, policy, head, expiry, signature] = rest;
  const words: Words = [
    epochs.commit('group', group),
    epochs.commit('agreement', agreement),
    safeguarding === null ? null : epochs.commit('safeguarding', safeguarding),
  ];
  const second: Second = [read.message.author, head, expiry, signature];
  return { hash: read.hash, by: read.author, words, policy, agreement: agreement[1], safeguarding: safeguarding?.[1] ?? null, second };
}

/** The policy as it can be said again: whoever has gone decides nothing any more. */
export function standing({ policy, members }: Log): Policy | null {
  if (policy === null) return null;
  return [policy[0], policy[1], policy[2], policy[3].filter((id) => members.has(toBase64(id))), policy[4]];
}

/**
 * Whoever says yes signs all of it, and sees one text: so a proposal may change the agreement or the safeguarding
 * page, never both, and nothing beside it.
 */
function changesWhatItShows(log: Log, { words, policy }: PolicyProposal): boolean {
  const [now, rules] = [log.words, standing(log)];
  if (now === null || rules === null || order(encode(rules), encode(policy)) !== 0) return false;
  const isSame = ([0, 1, 2] as const).map((at) => order(encode(now[at]), encode(words[at])) === 0);
  return isSame[0] === true && isSame[1] !== isSame[2];
}

/** Nothing but this part of the policy: whoever says yes sees that part, and signs for all of it. */
export function changesOnly(part: number, log: Log, { words, policy }: PolicyProposal): boolean {
  const [now, rules] = [log.words, standing(log)];
  if (now === null || rules === null || order(encode(now), encode(words)) !== 0) return false;
  return rules.every((value, at) => (order(encode(value), encode(policy[at] ?? null)) === 0) !== (at === part));
}

/** Whether a proposal changes nothing beside what the screen that asks for a yes shows of it. */
export type Shows = (log: Log, proposal: PolicyProposal) => boolean;

/** The newest proposal that still stands: not taken back, not overtaken, not too old, by someone who is here. */
export function openProposal(group: Group, shows: Shows = changesWhatItShows): PolicyProposal | null {
  const { folded } = group.feed;
  const { log } = group.book;
  const dropped = group.mine.cell.get().dropped;
  const newestFirst = [...folded.decisions].sort((a, b) => b.position - a.position);
  for (const read of newestFirst) {
    const proposal = fromMessage(read);
    if (proposal === null || folded.isTakenBack(read.hash, read.author) || dropped.includes(read.hash)) continue;
    const seen = log.at(proposal.second[1]);
    if (!shows(log, proposal)) continue;
    const stands = seen !== null && seen.seq >= log.lastPolicy && proposal.second[2] >= group.hold.clock.now();
    return stands && log.members.has(proposal.by) ? proposal : null;
  }
  return null;
}

/** May I be the one who says yes? One of the two is a host. */
export function mayISecond(group: Group, proposal: PolicyProposal): boolean {
  const { log } = group.book;
  const now = group.hold.clock.now();
  const isHosted = log.isHost(group.key.member, now) || log.isHost(proposal.second[0], now);
  return proposal.by !== group.me && isHosted;
}

export interface RemovalNote {
  id: string;
  target: Id;
  by: Id;
  why: string;
  until: number;
  second: Second;
}

/** Removals that somebody asks me to agree to. */
export function openRemovals(group: Group): RemovalNote[] {
  const { log } = group.book;
  const now = group.hold.clock.now();
  return group.door.notes.flatMap(({ id, from, note }) => {
    if (note.type !== 'second-remove') return [];
    const [target, admitted, proposer, head, expiry, signature, why] = note.rest;
    const member = log.member(target);
    const stands = member !== null && toBase64(member.admitted) === toBase64(admitted) && expiry >= now;
    if (!stands || toBase64(proposer) !== group.me) return [];
    const by = log.members.get(from);
    if (by === undefined) return [];
    const second: Second = [by.id, head, expiry, signature];
    return [{ id, target: toBase64(target), by: from, why, until: expiry, second }];
  });
}

/** Who looks at concerns: two members whom the group's policy names. Others take it over by a second person's yes. */
import type { DecidersView, NamingDeciders } from '../inside/deciding-views';
import { Trouble } from '../inside/trouble';
import { encode, fromBase64, order, toBase64, type Id, type Log, type Policy } from '../protocol';
import type { Core } from './core';
import type { Group } from './group';
import { mayISecond, openProposal, standing, type PolicyProposal } from './proposals';
import { asTrouble } from './refusals';
import { change } from './together';

const DECIDERS = 3;

/** Nothing but the two: whoever says yes sees two names, and signs for all of the policy. */
function changesOnlyThem(log: Log, proposal: PolicyProposal): boolean {
  const policy = standing(log);
  if (policy === null || log.words === null || order(encode(log.words), encode(proposal.words)) !== 0) return false;
  const isSame = policy.map((value, at) => order(encode(value), encode(proposal.policy[at] ?? null)) === 0);
  return isSame.every((same, at) => same !== (at === DECIDERS)) && proposal.policy[DECIDERS].every((id) => log.member(id) !== null);
}

const proposalOf = (group: Group) => openProposal(group, changesOnlyThem);

export function decidersView(group: Group): DecidersView {
  const proposal = proposalOf(group);
  const named = standing(group.book.log)?.[DECIDERS] ?? [];
  return {
    named: named.map(toBase64),
    proposal: proposal && {
      by: proposal.by,
      proposed: proposal.policy[DECIDERS].map(toBase64),
      mine: proposal.by === group.me,
      mayISecond: mayISecond(group, proposal),
    },
  };
}

/** Alone in the group it holds at once. */
export async function proposeDeciders(group: Group, members: readonly Id[]): Promise<void> {
  const { log } = group.book;
  const policy = standing(log);
  if (policy === null || log.words === null) throw new Trouble('gone');
  const next: Policy = [policy[0], policy[1], policy[2], members.map(fromBase64), policy[4]];
  await change(group, { words: log.words, policy: next });
}

export async function secondDeciders(group: Group): Promise<void> {
  const proposal = proposalOf(group);
  if (proposal === null) throw new Trouble('gone');
  if (!mayISecond(group, proposal)) throw new Trouble('needs_second');
  await group.act(async (batch) => {
    await batch.add('policy', [proposal.words, proposal.policy, proposal.second]);
    await batch.rotate(group);
  });
}

/** One's own is taken back for everyone, another's is set aside here. */
export async function dropDeciders(group: Group): Promise<void> {
  const proposal = proposalOf(group);
  if (proposal === null) return;
  if (proposal.by === group.me) await group.outbox.put('take-back', [fromBase64(proposal.hash)], true);
  group.mine.change((mine) => ({ ...mine, dropped: [...mine.dropped, proposal.hash] }));
  group.touch();
}

export function namingDecidersOf(core: Core): NamingDeciders {
  return {
    deciders: () => decidersView(core.open),
    proposeDeciders: (members) => asTrouble(() => proposeDeciders(core.open, members)),
    secondDeciders: () => asTrouble(() => secondDeciders(core.open)),
    dropDeciders: () => asTrouble(() => dropDeciders(core.open)),
  };
}

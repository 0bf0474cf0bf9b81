/** Who looks at concerns: two members whom the group's policy names. Others take it over by a second person's yes. */
import type { DecidersView, NamingDeciders } from '../inside/deciding-views';
import { fromBase64, toBase64, type Id } from '../protocol';
import type { Core } from './core';
import type { Group } from './group';
import { changesOnly, mayISecond, openProposal, standing, type Shows } from './proposals';
import { asTrouble } from './refusals';
import { change, dropProposal, holding, secondProposal } from './together';

const DECIDERS = 3;

const changesOnlyThem: Shows = (log, proposal) =>
  changesOnly(DECIDERS, log, proposal) && proposal.policy[DECIDERS].every((id) => log.member(id) !== null);

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
  const { words, policy } = holding(group);
  await change(group, { words, policy: [policy[0], policy[1], policy[2], members.map(fromBase64), policy[4]] });
}

export const secondDeciders = (group: Group) => secondProposal(group, changesOnlyThem);
export const dropDeciders = (group: Group) => dropProposal(group, changesOnlyThem);

export function namingDecidersOf(core: Core): NamingDeciders {
  return {
    deciders: () => decidersView(core.open),
    proposeDeciders: (members) => asTrouble(() => proposeDeciders(core.open, members)),
    secondDeciders: () => asTrouble(() => secondDeciders(core.open)),
    dropDeciders: () => asTrouble(() => dropDeciders(core.open)),
  };
}

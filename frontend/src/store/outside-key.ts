/**
 * The key that concerns for the people outside are sealed to. It stands in the group's policy, so that a server cannot
 * exchange it alone: another one takes two members, who are told to hold it beside what they were given on paper.
 */
import type { NamingKey, OutsideKeyView } from '../inside/outside-key-views';
import { fromBase64, toBase64 } from '../protocol';
import type { Core } from './core';
import type { Group } from './group';
import { changesOnly, mayISecond, openProposal, type Shows } from './proposals';
import { asTrouble } from './refusals';
import { contactOf } from './reports';
import { change, dropProposal, holding, secondProposal } from './together';

const KEY = 4;

const changesOnlyTheKey: Shows = (log, proposal) => changesOnly(KEY, log, proposal) && proposal.policy[KEY] !== null;

const proposalOf = (group: Group) => openProposal(group, changesOnlyTheKey);

export function outsideKey(group: Group): OutsideKeyView {
  const [named, proposal] = [contactOf(group), proposalOf(group)];
  const key = proposal?.policy[KEY] ?? null;
  const view = proposal && key && { by: proposal.by, proposed: toBase64(key), mine: proposal.by === group.me, mayISecond: mayISecond(group, proposal) };
  return { named: named && toBase64(named), proposal: view };
}

export async function proposeOutsideKey(group: Group, key: string): Promise<void> {
  const { words, policy } = holding(group);
  await change(group, { words, policy: [policy[0], policy[1], policy[2], policy[3], fromBase64(key)] });
}

export const secondOutsideKey = (group: Group) => secondProposal(group, changesOnlyTheKey);
export const dropOutsideKey = (group: Group) => dropProposal(group, changesOnlyTheKey);

export function namingKeyOf(core: Core): NamingKey {
  return {
    outsideKey: () => outsideKey(core.open),
    siteKey: () => asTrouble(async () => (await core.hold.api.get<{ contact_key: string | null }>('/contact')).contact_key),
    proposeOutsideKey: (key) => asTrouble(() => proposeOutsideKey(core.open, key)),
    secondOutsideKey: () => asTrouble(() => secondOutsideKey(core.open)),
    dropOutsideKey: () => asTrouble(() => dropOutsideKey(core.open)),
  };
}

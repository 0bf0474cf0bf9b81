/**
 * The key that concerns for the people outside are sealed to. It stands in the group's policy, so that a server cannot
 * exchange it alone: another one takes two members, who are told to hold it beside what they were given on paper.
 */
import type { NamingKey, OutsideKeyView } from '../inside/outside-key-views';
import { Trouble } from '../inside/trouble';
import { encode, fromBase64, order, toBase64, type Log, type Policy } from '../protocol';
import type { Core } from './core';
import type { Group } from './group';
import { mayISecond, openProposal, standing, type PolicyProposal } from './proposals';
import { asTrouble } from './refusals';
import { contactOf } from './reports';
import { change } from './together';

const KEY = 4;

/** Nothing but the key: whoever says yes sees a key, and signs for all of the policy. */
function changesOnlyTheKey(log: Log, proposal: PolicyProposal): boolean {
  const { words } = log;
  const policy = standing(log);
  if (words === null || policy === null || order(encode(words), encode(proposal.words)) !== 0) return false;
  const isSame = policy.map((value, at) => order(encode(value), encode(proposal.policy[at] ?? null)) === 0);
  return isSame.every((same, at) => same !== (at === KEY)) && proposal.policy[KEY] !== null;
}

const proposalOf = (group: Group) => openProposal(group, changesOnlyTheKey);

export function outsideKey(group: Group): OutsideKeyView {
  const [named, proposal] = [contactOf(group), proposalOf(group)];
  const key = proposal?.policy[KEY] ?? null;
  const view = proposal && key && { by: proposal.by, proposed: toBase64(key), mine: proposal.by === group.me, mayISecond: mayISecond(group, proposal) };
  return { named: named && toBase64(named), proposal: view };
}

export async function proposeOutsideKey(group: Group, key: string): Promise<void> {
  const { words } = group.book.log;
  const policy = standing(group.book.log);
  if (words === null || policy === null) throw new Trouble('gone');
  const next: Policy = [policy[0], policy[1], policy[2], policy[3], fromBase64(key)];
  await change(group, { words, policy: next });
}

export async function secondOutsideKey(group: Group): Promise<void> {
  const proposal = proposalOf(group);
  if (proposal === null) throw new Trouble('gone');
  if (!mayISecond(group, proposal)) throw new Trouble('needs_second');
  await group.act(async (batch) => {
    await batch.add('policy', [proposal.words, proposal.policy, proposal.second]);
    await batch.rotate(group);
  });
}

export async function dropOutsideKey(group: Group): Promise<void> {
  const proposal = proposalOf(group);
  if (proposal === null) return;
  if (proposal.by === group.me) await group.outbox.put('take-back', [fromBase64(proposal.hash)], true);
  group.mine.change((mine) => ({ ...mine, dropped: [...mine.dropped, proposal.hash] }));
  group.touch();
}

export function namingKeyOf(core: Core): NamingKey {
  return {
    outsideKey: () => outsideKey(core.open),
    siteKey: () => asTrouble(async () => (await core.hold.api.get<{ contact_key: string | null }>('/contact')).contact_key),
    proposeOutsideKey: (key) => asTrouble(() => proposeOutsideKey(core.open, key)),
    secondOutsideKey: () => asTrouble(() => secondOutsideKey(core.open)),
    dropOutsideKey: () => asTrouble(() => dropOutsideKey(core.open)),
  };
}

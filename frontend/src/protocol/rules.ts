/**
 * Which rules a type of event has. A rule checks everything first and answers with what then changes,
 * so that a refused event leaves no trace.
 */
import type { Event, Log } from './log-state';
import type { EventType } from './log-shapes';
import type { Apply, Rule } from './rule';
import { epochRules } from './rules-epoch';
import { healRules } from './rules-heal';
import { historyRules } from './rules-history';
import { inviteRules, policyRules, roleRules } from './rules-governance';
import { admitRules, createRules, leaveRules, nameRules, rekeyRules, removeRules } from './rules-members';
import { unlockRules } from './rules-unlock';

const RULES: { readonly [T in EventType]: Rule<T> } = {
  create: createRules,
  invite: inviteRules,
  admit: admitRules,
  remove: removeRules,
  leave: leaveRules,
  name: nameRules,
  rekey: rekeyRules,
  role: roleRules,
  policy: policyRules,
  epoch: epochRules,
  heal: healRules,
  history: historyRules,
  unlock: unlockRules,
};

export async function judge(log: Log, event: Event, checkSignature: () => Promise<void>): Promise<Apply> {
  const rule = RULES[event.type] as Rule<EventType>;
  rule.keys?.(event);
  await checkSignature();
  return await rule.judge(log, event);
}

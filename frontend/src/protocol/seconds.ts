/** A second member's signature under an act of another: SPEC.md section 4, "Second". */
import type { Bytes } from './bytes';
import { same } from './bytes';
import type { Value } from './encoding';
import { Failure, isFailure, must, type FailureCode } from './failures';
import { sign, verify } from './keys';
import { DAY, type Event, type Log, type Member, type Moment } from './log-state';
import type { Policy, Second, Words } from './log-shapes';
import { h } from './primitives';

export const SECOND_LASTS = 14 * DAY;

/** What a second signs: the domain, and what stands before head and expiry. */
export interface Act {
  name: 'second/replaces' | 'second/remove' | 'second/role' | 'second/policy';
  context: readonly Value[];
}

export function replacesAct(circle: Bytes, old: Bytes, request: Bytes, author: Bytes): Act {
  return { name: 'second/replaces', context: [circle, old, h('request', request), author] };
}

export function removeAct(circle: Bytes, target: Member, author: Bytes): Act {
  return { name: 'second/remove', context: [circle, target.id, target.admitted, author] };
}

export function roleAct(circle: Bytes, target: Bytes, until: number): Act {
  return { name: 'second/role', context: [circle, target, until] };
}

export function policyAct(circle: Bytes, words: Words, policy: Policy): Act {
  return { name: 'second/policy', context: [circle, h('proposal', words, policy)] };
}

/** Signs as the second. */
export async function signSecond(key: CryptoKey, second: Bytes, act: Act, head: Bytes, expiry: number): Promise<Second> {
  return [second, head, expiry, await sign(key, act.name, ...act.context, head, expiry)];
}

/** Turns a refused signature into the name that the rule has for it. */
export async function verifyAs(
  code: FailureCode,
  key: Bytes,
  signature: Bytes,
  name: string,
  ...context: readonly Value[]
): Promise<void> {
  try {
    await verify(key, signature, name, ...context);
  } catch (wrong) {
    if (isFailure(wrong)) throw new Failure(code);
    throw wrong;
  }
}

/** The second and the moment they had seen. */
export async function checkSecond(
  log: Log,
  event: Event,
  [id, head, expiry, signature]: Second,
  act: Act,
): Promise<{ second: Member; seen: Moment }> {
  must(!same(id, event.author), 'not_distinct');
  const second = log.member(id);
  must(second !== null, 'not_a_member');
  await verifyAs('bad_second', second.signPk, signature, act.name, ...act.context, head, expiry);
  const seen = log.at(head);
  must(seen !== null, 'unknown_head');
  must(event.time <= expiry, 'second_expired');
  must(expiry <= event.time + SECOND_LASTS, 'bad_expiry');
  return { second, seen };
}

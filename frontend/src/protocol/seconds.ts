/** A second member's signature under an act of another: SPEC.md section 4, "Second". */
import type { Bytes } from './bytes';
import { same } from './bytes';
import type { Value } from './encoding';
import { Failure, isFailure, must, type FailureCode } from './failures';
import { sign, verify } from './keys';
import { DAY, type Event, type Log, type Member } from './log-state';
import type { Policy, Second, Words } from './log-shapes';
import { h } from './primitives';

export const SECOND_LASTS = 14 * DAY;

/** What a second signs: the domain, and what stands before head and expiry. */
export interface Act {
  name: 'second/replaces' | 'second/remove' | 'second/role' | 'second/policy' | 'second/history' | 'second/heal';
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

export function historyAct(circle: Bytes, target: Bytes, epochs: readonly Bytes[]): Act {
  return { name: 'second/history', context: [circle, target, h('history', epochs)] };
}

export interface Heal {
  abandoned: Bytes;
  fork: number;
  out: readonly Bytes[];
  author: Bytes;
}

export function healAct(circle: Bytes, { abandoned, fork, out, author }: Heal): Act {
  return { name: 'second/heal', context: [circle, abandoned, fork, h('heal-out', out), author] };
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

/** What else a second must be. */
export interface Demand {
  /** A third person, whom the second may not be. */
  target?: Bytes;
  /** The second must have been here for 14 days, or the circle be younger than that. */
  settled?: boolean;
  /** Seq of an event that the second must have seen. */
  since?: number | undefined;
}

function checkSettled(log: Log, event: Event, second: Member): void {
  const isYoung = log.createdAt + SECOND_LASTS > event.time;
  must(isYoung || second.admittedAt + SECOND_LASTS <= event.time, 'second_too_new');
}

/** Refuses a second who may not be one, or who did not sign exactly this. */
export async function checkSecond(
  log: Log,
  event: Event,
  [id, head, expiry, signature]: Second,
  act: Act,
  { target, settled = false, since }: Demand = {},
): Promise<void> {
  must(!same(id, event.author) && !(target !== undefined && same(id, target)), 'not_distinct');
  const second = log.member(id);
  must(second !== null, 'not_a_member');
  const seen = log.at(head);
  must(seen !== null, 'unknown_head');
  must(event.time <= expiry, 'second_expired');
  must(expiry <= event.time + SECOND_LASTS, 'bad_expiry');
  if (settled) checkSettled(log, event, second);
  must(since === undefined || seen.seq >= since, 'stale_second');
  await verifyAs('bad_second', second.signPk, signature, act.name, ...act.context, head, expiry);
}

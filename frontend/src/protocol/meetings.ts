/** When a group meets, as a host signed it (SPEC.md section 17). What it is called is sealed elsewhere. */
import { same, toBase64, type Bytes } from './bytes';
import { decode, encode } from './encoding';
import { Failure, isFailure, must } from './failures';
import { sign, verify } from './keys';
import type { Log } from './log-state';
import { h } from './primitives';
import { b16, b32, bool, list, maybe, row, t16, t64, text, u, anything } from './shapes';

export const MEETING = 1;
export const GET_TOGETHER = 2;
const MOST_PLAN = 8192;

/** A day of a series that is another than the rule says: moved, or with two nulls cancelled. */
export type Changed = readonly [was: string, start: string | null, end: string | null];

/** Times alone, local to a zone. */
export interface Plan {
  circle: Bytes;
  meeting: Bytes;
  version: number;
  kind: number;
  start: string;
  end: string;
  zone: string;
  rule: string;
  changes: readonly Changed[];
  cancelled: boolean;
  time: number;
}

const shape = row(u, b32, b16, u, u, t16, t16, t64, text(0, 200), list(row(t16, maybe(t16), maybe(t16)), 64), bool, u);
const frame = list(anything);

export function writePlan(plan: Plan): Bytes {
  const { circle, meeting, version, kind, start, end, zone, rule, changes, cancelled, time } = plan;
  return encode([1, circle, meeting, version, kind, start, end, zone, rule, changes, cancelled, time]);
}

function readPlan(bytes: Bytes): Plan {
  const whole = decode(bytes, frame, MOST_PLAN);
  must(u(whole[0]), 'not_canonical');
  must(whole[0] === 1, 'unknown_version');
  const [, circle, meeting, version, kind, start, end, zone, rule, changes, cancelled, time] = decode(bytes, shape, MOST_PLAN);
  const isKnown = (kind === MEETING || kind === GET_TOGETHER) && version > 0;
  const inOrder = changes.every(([was], i) => i === 0 || (changes[i - 1]?.[0] ?? '') < was);
  must(isKnown && inOrder && changes.every(([, from, to]) => (from === null) === (to === null)), 'not_canonical');
  return { circle, meeting, version, kind, start, end, zone, rule, changes, cancelled, time };
}

/** By which a `meeting` message names a plan. */
export const planHash = (plan: Bytes): Bytes => h('plan', plan);

export async function signPlan(key: CryptoKey, author: Bytes, plan: Bytes): Promise<Bytes> {
  return await sign(key, 'meeting', author, plan);
}

/** A plan as somebody signed it who was host then, or the first failure of section 17. */
export async function openPlan(log: Log, author: Bytes, bytes: Bytes, signature: Bytes): Promise<Plan> {
  const plan = readPlan(bytes);
  must(log.circle !== null && same(plan.circle, log.circle), 'wrong_circle');
  const then = log.moments.findLast(({ time }) => time <= plan.time);
  const member = then?.members.get(toBase64(author));
  if (member === undefined) throw new Failure('not_a_member');
  must(member.termEnd >= plan.time, 'not_a_host');
  try {
    await verify(member.signPk, signature, 'meeting', author, bytes);
  } catch (wrong) {
    throw isFailure(wrong) ? new Failure('bad_signature') : wrong;
  }
  return plan;
}

/** A talk between two members of a group, held against that group's log (SPEC.md section 16). */
import { order, same } from './bytes';
import { isFailure, must } from './failures';
import { KIND, type Log, type Member } from './log-state';

export const GOES_ON = 0;
export const SOMEONE_LEFT = 1;
export const NEW_KEYS = 2;
export type Standing = typeof GOES_ON | typeof SOMEONE_LEFT | typeof NEW_KEYS;

function hasKeysOf(one: Member, other: Member): boolean {
  return same(one.signPk, other.signPk) && same(one.boxPk, other.boxPk);
}

/** Both are who the group's own log says, with exactly those keys. */
export function check(shared: Log, talk: Log): void {
  const { pair } = talk;
  must(talk.kind === KIND.talk && pair !== null && shared.kind === KIND.group, 'wrong_kind');
  must(shared.circle !== null && same(pair[0], shared.circle), 'wrong_circle');
  const moment = shared.at(pair[1]);
  must(moment !== null, 'unknown_head');
  const found = [...talk.members].map(([id, one]) => ({ one, there: moment.members.get(id) }));
  must(found.every(({ there }) => there !== undefined), 'not_a_member');
  must(found.every(({ one, there }) => there !== undefined && hasKeysOf(one, there)), 'key_swapped');
}

/** Does it go on? Both still belong, with the keys it began with. */
export function standing(shared: Log, talk: Log): Standing {
  for (const [id, one] of talk.members) {
    const now = shared.members.get(id);
    if (now === undefined) return SOMEONE_LEFT;
    if (!hasKeysOf(one, now)) return NEW_KEYS;
  }
  return GOES_ON;
}

function holds(shared: Log, talk: Log): boolean {
  try {
    check(shared, talk);
    return true;
  } catch (wrong) {
    if (!isFailure(wrong)) throw wrong;
    return false;
  }
}

/** Of several talks of the same two, the one to go on in: of those that go on, the lowest id. */
export function goesOn<T extends { readonly log: Log }>(shared: Log, talks: readonly T[]): T | null {
  const living = talks.filter(({ log }) => holds(shared, log) && standing(shared, log) === GOES_ON);
  living.sort((a, b) => (a.log.circle === null || b.log.circle === null ? 0 : order(a.log.circle, b.log.circle)));
  return living[0] ?? null;
}

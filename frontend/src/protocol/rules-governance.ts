/** Inviting, the host's task, and what a group decides about itself: invite, role, policy. */
import { order, same, toBase64, type Bytes } from './bytes';
import { encode } from './encoding';
import { must } from './failures';
import { checkSignKey } from './keys';
import { circleOf, DAY, policyHolds, TERM, WINDOWS, type Event, type Log } from './log-state';
import type { Policy, Words } from './log-shapes';
import type { Apply, Rule } from './rule';
import { checkSecond, policyAct, roleAct } from './seconds';

const LONGEST_INVITE = 60 * DAY;
const WINDOW_WAITS = 7 * DAY;

export const inviteRules: Rule<'invite'> = {
  keys: ({ body }) => checkSignKey(body[0]),
  judge: (log, event): Apply => {
    const [linkPk, lookup, expires, agreement, preview, card, anyMember] = event.body;
    must(log.isHost(event.author, event.time), 'not_a_host');
    must(log.words !== null && log.words[2] !== null, 'no_safeguarding');
    must(event.time < expires && expires <= event.time + LONGEST_INVITE, 'bad_expiry');
    must(same(agreement, log.words[1]), 'stale_agreement');
    const key = toBase64(linkPk);
    must(!log.usedKeys.has(key), 'key_reused');
    const { id, seq, author } = event;
    const prev = event.prev ?? id;
    return () => {
      log.usedKeys.add(key);
      const invite = { id, seq, author, linkPk, lookup, expires, agreement, preview, card, anyMember, prev };
      log.invites.set(toBase64(id), { ...invite, state: 'open' });
    };
  },
};

function anyHost(log: Log, time: number): boolean {
  return [...log.members.values()].some((member) => member.termEnd >= time);
}

export const roleRules: Rule<'role'> = {
  judge: async (log, event): Promise<Apply> => {
    const [targetId, until, second] = event.body;
    const { author, time } = event;
    const target = log.member(targetId);
    must(target !== null, 'not_a_member');
    must(until === 0 || (time < until && until <= time + TERM), 'bad_term');
    const alone = same(targetId, author) && (until === 0 || !anyHost(log, time));
    must(second !== null || log.isHost(author, time) || alone, 'not_authorised');
    const id = toBase64(targetId);
    if (second !== null) {
      await checkSecond(log, event, second, roleAct(circleOf(log), targetId, until), { since: log.lastRole.get(id) });
    }
    return () => {
      log.members = new Map(log.members).set(id, { ...target, termEnd: until });
      log.lastRole.set(id, event.seq);
    };
  },
};

function equal(a: Words | Policy, b: Words | Policy): boolean {
  return order(encode(a), encode(b)) === 0;
}

/** Puts exactly back what a shorter window, still waiting, would replace. */
function putsBack(log: Log, time: number, words: Words, policy: Policy): boolean {
  const pending = log.pending;
  if (pending === null || time >= pending.at) return false;
  return equal(words, pending.words) && equal(policy, pending.policy);
}

/** A longer window holds at once, a shorter one in a week. */
function setWindow(log: Log, time: number, before: { words: Words; policy: Policy }, window: number): void {
  if (log.pending !== null && time >= log.pending.at) {
    log.window = log.pending.window;
    log.pending = null;
  }
  if (WINDOWS.indexOf(window) >= WINDOWS.indexOf(log.window)) {
    log.window = window;
    log.pending = null;
    return;
  }
  const waiting = log.pending;
  const at = waiting?.window === window ? waiting.at : time + WINDOW_WAITS;
  const { words, policy } = waiting ?? before;
  log.pending = { window, at, words, policy };
}

function applyPolicy(log: Log, event: Event<'policy'>): void {
  const [words, policy] = event.body;
  setWindow(log, event.time, { words: log.words ?? words, policy: log.policy ?? policy }, policy[0]);
  log.words = words;
  log.policy = policy;
  log.lastPolicy = event.seq;
}

function mayChange(log: Log, event: Event<'policy'>, second: Bytes | null): boolean {
  const [words, policy] = event.body;
  if (log.isHost(event.author, event.time)) return true;
  return (second !== null && log.isHost(second, event.time)) || putsBack(log, event.time, words, policy);
}

export const policyRules: Rule<'policy'> = {
  judge: async (log, event): Promise<Apply> => {
    const [words, policy, second] = event.body;
    must(policyHolds(policy, new Set(log.members.keys())), 'bad_policy');
    must(log.words === null || log.words[2] === null || words[2] !== null, 'no_safeguarding');
    must(second !== null || log.members.size === 1, 'second_required');
    must(mayChange(log, event, second?.[0] ?? null), 'not_a_host');
    if (second !== null) {
      await checkSecond(log, event, second, policyAct(circleOf(log), words, policy), { since: log.lastPolicy });
    }
    return () => applyPolicy(log, event);
  },
};

/** Who belongs, and with which keys: create, admit, remove, leave, name, rekey. */
import { same, toBase64, type Bytes } from './bytes';
import { must } from './failures';
import { checkBoxKey, checkSignKey } from './keys';
import { circleOf, KIND, policyHolds, TERM, windowHolds, type Event, type Invite, type Log, type Member } from './log-state';
import { readParting, readRequest } from './log-inside';
import type { Pair } from './log-shapes';
import type { Apply, Rule } from './rule';
import { checkSecond, removeAct, replacesAct, verifyAs } from './seconds';


function isNew(log: Log, id: Bytes, ...keys: readonly Bytes[]): void {
  must(!log.usedIds.has(toBase64(id)), 'id_taken');
  areNew(log, ...keys);
}

function areNew(log: Log, ...keys: readonly Bytes[]): void {
  for (const key of keys) must(!log.usedKeys.has(toBase64(key)), 'key_reused');
}

function change(log: Log, apply: (members: Map<string, Member>) => void): void {
  const members = new Map(log.members);
  apply(members);
  log.members = members;
}

function put(log: Log, member: Member): void {
  const id = toBase64(member.id);
  change(log, (members) => members.set(id, member));
  log.usedIds.add(id);
  log.usedKeys.add(toBase64(member.signPk)).add(toBase64(member.boxPk));
}

export function drop(log: Log, id: Bytes): void {
  const gone = toBase64(id);
  change(log, (members) => members.delete(gone));
  log.departed.add(gone);
  for (const [key, invite] of log.invites) {
    if (invite.state === 'open' && same(invite.author, id)) log.invites.set(key, { ...invite, state: 'void' });
  }
}

function pairOf({ body }: Event<'create'>): Pair | null {
  return body.length === 9 ? body[8] : null;
}

function checkCreate(event: Event<'create'>): void {
  const [, kind, member, , , name, words, policy] = event.body;
  must(kind <= KIND.group, 'unknown_type');
  must(same(event.author, member), 'wrong_author');
  must((pairOf(event) !== null) === (kind === KIND.talk), 'not_canonical');
  if (kind !== KIND.group) {
    must(name === null && words === null && policy === null, 'not_canonical');
    return;
  }
  must(name !== null && words !== null && policy !== null && words[2] === null, 'not_canonical');
}

function checkPair(pair: Pair, member: Bytes): void {
  must(!same(pair[2], member), 'not_distinct');
  must(windowHolds(pair[5]), 'bad_policy');
}

export const createRules: Rule<'create'> = {
  keys: (event) => {
    const pair = pairOf(event);
    checkSignKey(event.body[3]);
    checkBoxKey(event.body[4]);
    if (pair === null) return;
    checkSignKey(pair[3]);
    checkBoxKey(pair[4]);
  },
  judge: (log, event): Apply => {
    checkCreate(event);
    const pair = pairOf(event);
    const [, kind, id, signPk, boxPk, name, words, policy] = event.body;
    if (policy !== null) must(policyHolds(policy, new Set([toBase64(id)])), 'bad_policy');
    if (pair !== null) checkPair(pair, id);
    const keys = pair === null ? [signPk, boxPk] : [signPk, boxPk, pair[3], pair[4]];
    must(new Set(keys.map(toBase64)).size === keys.length, 'key_reused');
    return () => {
      log.kind = kind;
      log.words = words;
      log.policy = policy;
      log.pair = pair;
      log.window = policy?.[0] ?? pair?.[5] ?? 0;
      log.createdAt = event.time;
      const termEnd = kind === KIND.group ? event.time + TERM : 0;
      const came = { admitted: event.id, admittedAt: event.time, admittedSeq: 0 };
      put(log, { id, signPk, boxPk, name, ...came, termEnd });
      if (pair !== null) put(log, { id: pair[2], signPk: pair[3], boxPk: pair[4], name: null, ...came, termEnd: 0 });
    };
  },
};

function findInvite(log: Log, event: Event<'admit'>, id: Bytes): Invite {
  const invite = log.invites.get(toBase64(id));
  must(invite !== undefined, 'unknown_invite');
  must(invite.state !== 'used', 'invite_used');
  must(invite.state !== 'void', 'invite_void');
  must(event.time <= invite.expires, 'invite_expired');
  must(invite.anyMember || log.isHost(event.author, event.time), 'not_a_host');
  return invite;
}

async function checkReplaced(log: Log, event: Event<'admit'>): Promise<Bytes | null> {
  const [request, , , , replaces] = event.body;
  if (replaces === null) return null;
  const [old, second] = replaces;
  must(!same(old, event.author), 'not_distinct');
  must(log.member(old) !== null, 'not_a_member');
  if (second === null) {
    must(log.members.size === 2, 'second_required');
    return old;
  }
  await checkSecond(log, event, second, replacesAct(circleOf(log), old, request, event.author), { target: old });
  return old;
}

export const admitRules: Rule<'admit'> = {
  keys: ({ body }) => {
    const [, , , signPk, boxPk] = readRequest(body[0]);
    checkSignKey(signPk);
    checkBoxKey(boxPk);
  },
  judge: async (log, event): Promise<Apply> => {
    const [bytes, linkSig, joinerSig, , replaces] = event.body;
    const [circle, inviteId, id, signPk, boxPk, name, agreement] = readRequest(bytes);
    const invite = findInvite(log, event, inviteId);
    must(same(circle, circleOf(log)), 'wrong_circle');
    must(same(agreement, invite.agreement), 'stale_agreement');
    isNew(log, id, signPk, boxPk);
    must(!same(signPk, boxPk), 'key_reused');
    const size = log.members.size - (replaces === null ? 0 : 1);
    must(size < (log.policy?.[1] ?? 0), 'circle_full');
    await verifyAs('bad_link_signature', invite.linkPk, linkSig, 'join/link', bytes);
    await verifyAs('bad_joiner_signature', signPk, joinerSig, 'join/key', bytes);
    const old = await checkReplaced(log, event);
    return () => {
      log.invites.set(toBase64(invite.id), { ...invite, state: 'used' });
      if (old !== null) drop(log, old);
      const { seq: admittedSeq, time: admittedAt, id: admitted } = event;
      put(log, { id, signPk, boxPk, name, admitted, admittedAt, admittedSeq, termEnd: 0 });
    };
  },
};

export const removeRules: Rule<'remove'> = {
  judge: async (log, event): Promise<Apply> => {
    const [targetId, second] = event.body;
    must(!same(targetId, event.author), 'not_distinct');
    const target = log.member(targetId);
    must(target !== null, 'not_a_member');
    const act = removeAct(circleOf(log), target, event.author);
    await checkSecond(log, event, second, act, { target: targetId, settled: true });
    return () => drop(log, targetId);
  },
};

/** Is this head of their time here, and are they the author of nothing after it? */
function isLastWord(log: Log, { id, admittedSeq }: Member, head: Bytes): boolean {
  const seq = log.at(head)?.seq ?? -1;
  return seq >= admittedSeq && !log.moments.slice(seq + 1).some(({ author }) => same(author, id));
}

async function whoLeaves(log: Log, event: Event<'leave'>): Promise<Bytes> {
  const [parting] = event.body;
  const inside = readParting(event.body);
  if (parting === null || inside === null) return event.author;
  const [circle, id, head, notBefore] = inside;
  must(event.time >= notBefore, 'too_early');
  must(same(circle, circleOf(log)), 'wrong_circle');
  const member = log.member(id);
  must(member !== null, 'not_a_member');
  must(isLastWord(log, member, head), 'stale_parting');
  await verifyAs('bad_parting', member.signPk, parting[1], 'parting', parting[0]);
  return id;
}

export const leaveRules: Rule<'leave'> = {
  judge: async (log, event): Promise<Apply> => {
    const id = await whoLeaves(log, event);
    return () => drop(log, id);
  },
};

export const nameRules: Rule<'name'> = {
  judge: (log, event): Apply => {
    const member = log.member(event.author);
    must(member !== null, 'not_a_member');
    return () => change(log, (members) => members.set(toBase64(member.id), { ...member, name: event.body[0] }));
  },
};

export const rekeyRules: Rule<'rekey'> = {
  keys: ({ body }) => {
    checkSignKey(body[0]);
    checkBoxKey(body[1]);
  },
  judge: async (log, event): Promise<Apply> => {
    const [signPk, boxPk, signature] = event.body;
    const member = log.member(event.author);
    must(member !== null, 'not_a_member');
    areNew(log, signPk, boxPk);
    must(!same(signPk, boxPk), 'key_reused');
    const context = [circleOf(log), event.prev, event.author, signPk, boxPk];
    await verifyAs('bad_new_signature', signPk, signature, 'rekey', ...context);
    return () => put(log, { ...member, signPk, boxPk });
  },
};

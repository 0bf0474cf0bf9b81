/** Asking somebody to go: the reason first, two people, and in larger groups a week to talk (SPEC.md section 15). */
import type { NewRemoval } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { DAY, fromBase64, seconds, type Rest } from '../protocol';
import { voidInvitation } from './door-verbs';
import type { Group } from './group';
import { openRemovals } from './proposals';
import { PROPOSAL_LASTS } from './proposing';
import { openWeeks } from './weeks';

/** From this size on there is a week. */
const MANY = 8;
/** A removal without that week, because somebody is in danger. */
export const AT_ONCE = 'remove-at-once';

export function hasWeek(group: Group): boolean {
  return group.book.log.members.size >= MANY;
}

/** Signs as the second of two; `second` makes it so. Nothing happens until they do. */
async function signed(group: Group, { target, second, why }: NewRemoval): Promise<Rest<'propose-remove'>> {
  const { book, key, hold } = group;
  const member = book.log.members.get(target);
  const author = book.log.members.get(second);
  const me = book.log.member(key.member);
  if (member === undefined || author === undefined || me === null) throw new Trouble('gone');
  if (target === second || target === group.me || second === group.me) throw new Trouble('needs_second');
  const isYoung = book.log.createdAt + 14 * DAY > hold.clock.now();
  if (!isYoung && me.admittedAt + 14 * DAY > hold.clock.now()) throw new Trouble('second_too_new');
  const head = book.log.head?.id ?? book.circle;
  const expiry = hold.clock.now() + PROPOSAL_LASTS;
  const act = seconds.removeAct(book.circle, member, author.id);
  const [, , , signature] = await seconds.signSecond(key.sign, key.member, act, head, expiry);
  return [member.id, member.admitted, author.id, head, expiry, signature, why];
}

export async function proposeRemoval(group: Group, asked: NewRemoval): Promise<void> {
  const why = asked.why.normalize('NFC').trim();
  const rest = await signed(group, { ...asked, why });
  if (hasWeek(group) && !asked.inDanger) {
    await group.outbox.put('propose-remove', rest);
    return;
  }
  await group.door.note(rest[0], 'before-remove', [why]);
  await group.door.note(rest[2], 'second-remove', rest);
}

/** The second of two says no: whoever asked hears it, and whoever was told first. */
export async function declineRemoval(group: Group, id: string): Promise<void> {
  const note = openRemovals(group).find((one) => one.id === id);
  if (note === undefined) throw new Trouble('gone');
  const target = fromBase64(note.target);
  for (const to of [target, fromBase64(note.by)]) await group.door.note(to, 'not-removed', [target]);
  await group.door.dropNote(id);
}

export async function letsTalk(group: Group, id: string): Promise<void> {
  await group.outbox.put('lets-talk', [fromBase64(id)]);
}

/** Whoever asked thinks better of it. */
export async function dropRemoval(group: Group, id: string): Promise<void> {
  await group.outbox.put('take-back', [fromBase64(id)], true);
}

/** The second of two says yes, to a note of theirs or once a week is over. */
export async function confirmRemoval(group: Group, id: string): Promise<void> {
  const note = openRemovals(group).find((one) => one.id === id);
  const week = openWeeks(group).find((one) => one.id === id);
  const removal = note ?? week;
  if (removal === undefined) throw new Trouble('gone');
  if (week !== undefined && !mayConfirm(group, week)) throw new Trouble('needs_second');
  const what = note !== undefined && hasWeek(group) ? AT_ONCE : 'remove';
  await group.act(async (batch) => {
    await batch.add('remove', [fromBase64(removal.target), removal.second]);
    await batch.rotate(group);
  });
  await group.outbox.put('decision', [what, fromBase64(removal.target), removal.why]);
  if (note !== undefined) await group.door.dropNote(id).catch(() => undefined);
}

export function mayConfirm(group: Group, { asked, from, talks }: { asked: string; from: number; talks: readonly string[] }): boolean {
  return asked === group.me && talks.length === 0 && group.hold.clock.now() >= from;
}

/** Somebody who is gone may still hold what opens a knock on an older invitation: all that are out become void. */
export async function voidOlder(group: Group): Promise<void> {
  for (const [id, { state }] of group.book.log.invites) {
    if (state === 'open' && !group.door.takenBack.has(id)) await voidInvitation(group, id).catch(() => undefined);
  }
}

/**
 * Two branches of one log (SPEC.md section 11). The one the server holds is fetched and judged whole, apart from what
 * this device holds; this device goes on with it only when two who belonged before have signed for it.
 */
import type { Forks, ForkView } from '../inside/fork-views';
import { Trouble } from '../inside/trouble';
import { KNOWS_NOTHING } from './batch';
import { KIND, order, readEnvelope, same, seconds, toBase64, fromBase64, type Bytes, type Event, type Id, type Second } from '../protocol';
import type { Core } from './core';
import { passingDrawer } from './drawer';
import type { KeptMessage } from './feed-entries';
import { Group } from './group';
import { PROPOSAL_LASTS } from './proposing';
import { asTrouble } from './refusals';
import { returnedOf } from './returned';

/** The server's branch, and the first place at which it differs from ours. */
interface Other {
  group: Group;
  fork: number;
}

async function otherOf(group: Group): Promise<Other | null> {
  const { mending: _, ...hold } = group.hold;
  const other = new Group({ ...hold, drawer: passingDrawer() }, group.mine, group.book.circle, group.key);
  await other.book.sync();
  const fork = other.book.events.findIndex(({ id, seq }) => !same(id, group.book.events[seq]?.id ?? id));
  if (fork < 1 || other.book.isForked) return null;
  await other.keys.readCards(true);
  return { group: other, fork };
}

/** Who went on our branch since the fork and belongs on the other, in ascending order. */
function goneHere({ book: { log } }: Group, { group: { book }, fork }: Other): Bytes[] {
  const before = [...(log.moments[fork - 1]?.members.keys() ?? [])];
  return before.filter((id) => !log.members.has(id) && book.log.members.has(id)).map(fromBase64).sort(order);
}

function isHealed({ book: { log } }: Group, { group: other, fork }: Other): boolean {
  const before = log.moments[fork - 1]?.members;
  return other.book.events.slice(fork).some((event) => {
    if (event.type !== 'heal') return false;
    const [abandoned, at, , second] = (event as Event<'heal'>).body;
    const signers = [event.author, ...(second === null ? [] : [second[0]])].map(toBase64);
    return at === fork && (log.at(abandoned)?.seq ?? -1) >= fork && signers.every((id) => before?.has(id));
  });
}

const looking = new WeakSet<Group>();

/** A fork was seen: where it is healed, this device goes on; else people are told. */
export async function mendFork(group: Group): Promise<void> {
  if (looking.has(group)) return;
  looking.add(group);
  try {
    const other = await otherOf(group);
    if (other === null) return;
    const isTalk = group.book.log.kind === KIND.talk;
    // Of a talk its own page tells: one of the two can put it right.
    for (const code of ['forked', 'unverified'] as const) group.hold.notices.set(code, code === 'forked' && !isTalk);
    if (isTalk) group.touch();
    if (isHealed(group, other)) await goOnWith(group, other);
  } finally {
    looking.delete(group);
  }
}

/** Own words of the branch that ends come back as drafts; what is kept here is that of the other branch from now on. */
async function goOnWith(group: Group, { group: other }: Other): Promise<void> {
  const { hold, id, me } = group;
  const { log } = other.book;
  const isOver = (head: Bytes) => log.at(head) === null;
  for (const { content, author, message } of [...group.feed.folded.held.values()]) {
    const words = author === me && (content.type === 'say' || content.type === 'voice') && isOver(message.head) ? returnedOf(content, log.words) : null;
    if (words !== null) await group.onReturned(words);
  }
  await group.outbox.returnAll();
  await hold.drawer.removeSpan('events', id);
  for (const { position, envelope } of await hold.drawer.span<KeptMessage>('messages', { circle: id })) {
    if (envelope !== null && isOver(readEnvelope(envelope).head)) await hold.drawer.remove('messages', [id, position]);
  }
  for (const name of [`reach ${id}`, `seen ${id}`]) await hold.drawer.remove('facts', name);
  for (const code of ['forked', 'unverified'] as const) hold.notices.set(code, false);
  await group.onBranch();
}

interface Asked {
  id: string;
  by: Id;
  abandoned: Bytes;
  fork: number;
  out: readonly Bytes[];
  second: Second;
}

function asked({ door, book: { log } }: Group): Asked[] {
  return door.notes.flatMap(({ id, from, note }) => {
    const by = log.members.get(from);
    if (note.type !== 'second-heal' || by === undefined) return [];
    const [abandoned, fork, out, head, expiry, signature] = note.rest;
    return [{ id, by: from, abandoned, fork, out, second: [by.id, head, expiry, signature] as Second }];
  });
}

async function look(group: Group): Promise<ForkView | null> {
  const other = group.book.isForked ? await otherOf(group) : null;
  if (other === null) return null;
  await group.door.sync();
  const names = (of: Group) => [...of.book.log.members.keys()].map((id) => of.names.of(id));
  const both = [...group.book.log.members.keys()].filter((id) => id !== group.me && other.group.book.log.members.has(id));
  return {
    here: names(group),
    there: names(other.group),
    out: goneHere(group, other).map((id) => other.group.names.of(toBase64(id))),
    asks: asked(group).map(({ id, by }) => ({ id, by: group.names.of(by) })),
    seconds: both.map((id) => ({ id, name: group.names.of(id) })),
  };
}

async function ask(group: Group, second: Id): Promise<void> {
  const other = await otherOf(group);
  const [abandoned, head] = [group.book.log.head?.id, other?.group.book.log.head?.id];
  if (other === null || abandoned === undefined || head === undefined) throw new Trouble('gone');
  const [out, author] = [goneHere(group, other), fromBase64(second)];
  const expiry = group.hold.clock.now() + PROPOSAL_LASTS;
  const act = seconds.healAct(group.book.circle, { abandoned, fork: other.fork, out, author });
  const [, , , signature] = await seconds.signSecond(group.key.sign, group.key.member, act, head, expiry);
  await group.door.note(author, 'second-heal', [abandoned, other.fork, out, head, expiry, signature]);
}

/** Only where both see the same: the same place, a branch of ours, and the same people who went. */
async function confirm(group: Group, id: string): Promise<void> {
  const other = await otherOf(group);
  const one = asked(group).find((found) => found.id === id);
  if (other === null || one === undefined) throw new Trouble('gone');
  const out = goneHere(group, other);
  const isSame = one.fork === other.fork && group.book.log.at(one.abandoned) !== null && String(one.out.map(toBase64)) === String(out.map(toBase64));
  if (!isSame) throw new Trouble('unverified');
  await other.group.book.act(async (batch) => {
    await batch.add('heal', [one.abandoned, one.fork, [...one.out], one.second]);
    await batch.rotate({ card: (log) => other.group.card(log), saidBy: (member) => group.saidBy(member) });
  });
  await group.door.dropNote(id).catch(() => undefined);
  await goOnWith(group, other);
}

/** In a talk nobody came or went on either branch: one of the two, who has looked, goes on with the server's for both. */
export async function healAlone(talk: Group): Promise<void> {
  const other = await otherOf(talk);
  const abandoned = talk.book.log.head?.id;
  if (other === null || abandoned === undefined) throw new Trouble('gone');
  await other.group.book.act(async (batch) => {
    await batch.add('heal', [abandoned, other.fork, [], null]);
    await batch.rotate(KNOWS_NOTHING);
  });
  await goOnWith(talk, other);
}

export function forksOf(core: Core): Forks {
  return {
    lookAtFork: () => asTrouble(() => look(core.open)),
    askHeal: (second) => asTrouble(() => ask(core.open, second)),
    confirmHeal: (id) => asTrouble(() => confirm(core.open, id)),
  };
}

/** Words that a member leaves for when somebody is worried about them; whoever opens them says so first (SPEC.md section 6). */
import type { LeftFor, LeftView } from '../inside/left-views';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import { fromBase64, toBase64, type Content, type Id } from '../protocol';
import type { Core } from './core';
import type { Group } from './group';
import { asTrouble } from './refusals';

const MOST = 500;

interface Said {
  hash: Id;
  author: Id;
  content: Content;
}

/** Everything that is no talk, what is on its way last. */
function saidIn({ feed: { folded }, outbox, me }: Group): Said[] {
  const waiting = outbox.waiting.get().filter(({ hash }) => !folded.held.has(hash));
  return [...folded.decisions, ...waiting.map(({ hash, content }) => ({ hash, author: me, content }))];
}

interface Left {
  hash: Id;
  time: number;
  text: string;
}

/** Of one member, what stands: all of it, for the newest counts and the rest is taken back with the next. */
function leftBy(group: Group, member: Id): Left[] {
  const { folded } = group.feed;
  return saidIn(group).flatMap(({ hash, author, content }) =>
    content.type !== 'left-words' || author !== member || folded.isTakenBack(hash, author) ? [] : [{ hash, time: content.time, text: content.rest[0] }],
  );
}

/** By the author's own time: the server could tell them in another order. */
function newestBy(group: Group, member: Id): Left | null {
  return leftBy(group, member).reduce<Left | null>((newest, one) => (one.time >= (newest?.time ?? 0) ? one : newest), null);
}

interface Opening {
  hash: Id;
  by: Id;
  of: Id;
  left: Id;
}

function openings(group: Group): Opening[] {
  return saidIn(group).flatMap(({ hash, author, content }) =>
    content.type === 'left-opened' ? [{ hash, by: author, of: toBase64(content.rest[0]), left: toBase64(content.rest[1]) }] : [],
  );
}

/** Openings of what I left that I have not put away. */
function openedOfMine(group: Group): Opening[] {
  const { dropped } = group.mine.cell.get();
  return openings(group).filter(({ by, of, hash }) => of === group.me && by !== group.me && !dropped.includes(hash));
}

function viewOf(group: Group): LeftView {
  const here = [...group.book.log.members.keys()];
  const opened = new Set(openedOfMine(group).map(({ by }) => by));
  return {
    mine: newestBy(group, group.me)?.text ?? '',
    by: here.filter((id) => id !== group.me && (newestBy(group, id)?.text ?? '') !== ''),
    openedBy: here.filter((id) => opened.has(id)),
  };
}

const known = new WeakMap<Group, Cell<LeftView>>();

function leftIn(group: Group): Cell<LeftView> {
  const there = known.get(group);
  if (there !== undefined) return there;
  const cell = new Cell(viewOf(group));
  group.changed.watch(() => cell.set(viewOf(group)));
  known.set(group, cell);
  return cell;
}

async function leaveWords(group: Group, wanted: string): Promise<void> {
  const text = wanted.normalize('NFC').trim();
  if ([...text].length > MOST) throw new Trouble('too_long');
  const before = leftBy(group, group.me);
  await group.outbox.put('left-words', [text]);
  for (const { hash } of before) await group.outbox.put('take-back', [fromBase64(hash)], true);
}

/** Said once of the same words: to open them again tells nothing new. */
async function openLeft(group: Group, member: Id): Promise<string> {
  const left = newestBy(group, member);
  if (left === null || left.text === '') throw new Trouble('gone');
  const isTold = openings(group).some((one) => one.by === group.me && one.left === left.hash);
  if (!isTold) await group.outbox.put('left-opened', [fromBase64(member), fromBase64(left.hash)]);
  return left.text;
}

function putAway(group: Group, member: Id): void {
  const done = openedOfMine(group).filter(({ by }) => by === member).map(({ hash }) => hash);
  group.mine.change((mine) => ({ ...mine, dropped: [...mine.dropped, ...done] }));
  group.touch();
}

export function leavingOf(core: Core): LeftFor {
  return {
    left: () => leftIn(core.open),
    leaveWords: (text) => asTrouble(() => leaveWords(core.open, text)),
    openLeft: (member) => asTrouble(() => openLeft(core.open, member)),
    putAwayOpened: (member) => asTrouble(async () => putAway(core.open, member)),
  };
}

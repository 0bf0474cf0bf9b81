/** Words that a member leaves for when somebody is worried about them; whoever opens them says so first (SPEC.md section 6). */
import type { LeftFor, LeftView } from '../inside/left-views';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import { fromBase64, toBase64, type Id } from '../protocol';
import type { Core } from './core';
import type { Group } from './group';
import { asTrouble } from './refusals';
import { putInstead, saidIn, standingBy, type Standing } from './what-stands';

const MOST = 500;

/** The newest counts, and the rest is taken back with the next. */
const newestBy = (group: Group, member: Id): Standing<'left-words'> | undefined => standingBy(group, member, 'left-words').at(-1);

const textBy = (group: Group, member: Id): string => newestBy(group, member)?.content.rest[0] ?? '';

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
    mine: textBy(group, group.me),
    by: here.filter((id) => id !== group.me && textBy(group, id) !== ''),
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
  await putInstead(group, 'left-words', () => group.outbox.put('left-words', [text]));
}

/** Said once of the same words: to open them again tells nothing new. */
async function openLeft(group: Group, member: Id): Promise<string> {
  const left = newestBy(group, member);
  const text = textBy(group, member);
  if (left === undefined || text === '') throw new Trouble('gone');
  const isTold = openings(group).some((one) => one.by === group.me && one.left === left.hash);
  if (!isTold) await group.outbox.put('left-opened', [fromBase64(member), fromBase64(left.hash)]);
  return text;
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

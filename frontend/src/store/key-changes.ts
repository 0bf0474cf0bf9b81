/** What changed the room words, from the log alone: who came, went, has a new phone or new keys, and by whom. */
import type { Checking, KeyChangeView } from '../inside/key-change-views';
import { toBase64, type Event, type Id, type Moment } from '../protocol';
import type { Core } from './core';
import type { LogBook } from './log-book';
import { asTrouble } from './refusals';

const CHANGING: readonly string[] = ['create', 'admit', 'remove', 'leave', 'rekey', 'heal'];

/** Newest first. */
export function keyChanges(book: Pick<LogBook, 'log' | 'events'>): KeyChangeView[] {
  return book.events.filter(({ type }) => CHANGING.includes(type)).map((event) => viewOf(book, event)).reverse();
}

function viewOf({ log }: Pick<LogBook, 'log'>, event: Event): KeyChangeView {
  const before = log.moments[event.seq - 1];
  const now = log.moments[event.seq];
  const came = others(now, before)[0] ?? null;
  const went = others(before, now)[0] ?? null;
  const author = toBase64(event.author);
  const base = { id: toBase64(event.id), at: event.time };
  if (event.type === 'create') return { ...base, what: 'began', who: author, by: [] };
  if (event.type === 'rekey') return { ...base, what: 'newKeys', who: author, by: [] };
  if (came !== null) return { ...base, what: went === null ? 'came' : 'newPhone', who: came, by: [author, ...seconds(event)] };
  if (event.type === 'leave') return { ...base, what: 'left', who: went ?? author, by: [] };
  const what = event.type === 'remove' ? 'removed' : 'healed';
  return { ...base, what, who: went ?? author, by: [author, ...seconds(event)] };
}

/** Who belongs in the one and not in the other. */
function others(here: Moment | undefined, there: Moment | undefined): Id[] {
  return [...(here?.members.keys() ?? [])].filter((id) => !there?.members.has(id));
}

/** The second person, where the event needed one. */
function seconds(event: Event): Id[] {
  if (event.type === 'remove') return [toBase64((event as Event<'remove'>).body[1][0])];
  if (event.type !== 'admit') return [];
  const second = (event as Event<'admit'>).body[4]?.[1] ?? null;
  return second === null ? [] : [toBase64(second[0])];
}

export function checkingOf(core: Core): Checking {
  return {
    keyChanges: () => keyChanges(core.open.book),
    lookAgain: () => asTrouble(() => core.open.sync()),
  };
}

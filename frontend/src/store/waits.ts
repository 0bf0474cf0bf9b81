/** What of a group waits for this person. It leads to pages of the later part, and comes with it (part.ts). */
import type { AskView, GroupView } from '../inside/model';
import { toBase64, type Words } from '../protocol';
import type { Group } from './group';
import { mayISecond, openProposal, openRemovals, type PolicyProposal } from './proposals';
import { returnWaits } from './returning-waits';
import { readSafeguarding } from './safeguarding';
import { openWeeks } from './weeks';

export type Waits = Pick<GroupView, 'asks' | 'removals' | 'returns'> & { proposal: GroupView['agreement']['proposal'] };

const ANSWERED = 2;

/** The text that would change: the agreement's, or the safeguarding page's. */
function suggested({ words, agreement, safeguarding }: PolicyProposal, now: Words | null): string {
  if (now === null || toBase64(now[1]) !== toBase64(words[1])) return agreement;
  return Object.values(readSafeguarding(safeguarding) ?? {}).filter((line) => line !== '').join('\n\n');
}

const isMe = (group: Group, id: Uint8Array) => toBase64(id) === group.me;

/** Somebody was asked whether this person should go, and said no since. */
function isOff(group: Group, since: number): boolean {
  return group.door.notes.some(({ at, note }) => note.type === 'not-removed' && at >= since && isMe(group, note.rest[0]));
}

/** What waits for this person, by kind: what it says is opened with its own page. */
function asksOf(group: Group): AskView[] {
  const notes = group.door.notes.flatMap(({ id, at, note }): AskView[] => {
    if (note.type === 'report' || note.type === 'report-talk') return [{ kind: 'report', id }];
    if (note.type === 'folded') return [{ kind: 'folded', id }];
    if (note.type === 'before-remove') return [{ kind: isOff(group, at) ? 'stays' : 'told', id }];
    if (note.type === 'not-removed') return isMe(group, note.rest[0]) ? [] : [{ kind: 'notAgreed', id }];
    if (note.type === 'second-history') return [{ kind: 'earlier', id }];
    return note.type === 'report-state' && note.rest[1] === ANSWERED ? [{ kind: 'answer', id }] : [];
  });
  return [...notes, ...openWeeks(group).map(({ id }): AskView => ({ kind: 'removal', id }))];
}

function proposalView(group: Group): Waits['proposal'] {
  const found = openProposal(group);
  return found && { text: suggested(found, group.book.log.words), by: found.by, mayISecond: mayISecond(group, found) };
}

export function waits(group: Group): Waits {
  const removals = openRemovals(group).map(({ id, target, by, why, until }) => ({ id, target, by, why, until }));
  return { asks: asksOf(group), proposal: proposalView(group), removals, returns: returnWaits(group) };
}

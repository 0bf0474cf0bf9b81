/**
 * What this person wrote, as plain text to keep, with the agreement of each group. Never what others said, nor who they
 * are: what is said here stays here, and a file on a device is outside.
 */
import type { Place } from '../inside/model';
import { speaking } from '../words/en/speaking';
import type { Aboard } from './aboard';
import type { Group } from './group';
import type { Pair } from './pair';
import { Pairs } from './pairs';

const PLACES: readonly Place[] = ['room', 'everyday'];

function stamp(time: number): string {
  return new Date(time * 1000).toISOString().replace('T', ' ').slice(0, 16);
}

function mineText(group: Group, place: Place): string[] {
  const { folded } = group.feed;
  return folded.rows[place].flatMap((row) => {
    if (row.author !== group.me || row.isMissing || folded.isTakenBack(row.hash, row.author)) return [];
    const about = row.note === null ? [] : [`(${row.note})`];
    const spoken = row.ms === null ? [] : [speaking.kept(row.ms)];
    return [[stamp(row.time), ...about, row.text, ...spoken].join('\n')];
  });
}

function groupText(group: Group): string {
  const [name, agreement] = (group.book.log.words ?? [null, null]).map((word) => group.keys.text(word) ?? '');
  const talks = PLACES.flatMap((place) => ['', `== ${place} ==`, ...mineText(group, place)]);
  return [`# ${name}`, '', agreement, ...talks].join('\n\n');
}

/** A talk of two bears the other's name on the screen, and nobody's here. */
const pairText = (pair: Pair): string => ['', '== one to one ==', ...mineText(pair, 'room')].join('\n\n');

export function exportText(aboard: Aboard): string {
  const talks = aboard.pairs instanceof Pairs ? aboard.pairs.all() : [];
  return [...[...aboard.groups.values()].map(groupText), ...talks.map(pairText)].join('\n\n\n');
}

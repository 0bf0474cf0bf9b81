/** Everything this account can read, as plain text for the person to keep. */
import type { Place } from '../inside/model';
import type { Aboard } from './aboard';
import type { Group } from './group';
import type { Pair } from './pair';
import { Pairs } from './pairs';

const PLACES: readonly Place[] = ['room', 'everyday'];

function stamp(time: number): string {
  return new Date(time * 1000).toISOString().replace('T', ' ').slice(0, 16);
}

function talkText(group: Group, place: Place, { names }: Group = group): string[] {
  const { folded } = group.feed;
  return folded.rows[place].flatMap((row) => {
    if (row.isMissing || folded.isTakenBack(row.hash, row.author)) return [];
    const about = row.note === null ? [] : [`(${row.note})`];
    return [[`${stamp(row.time)}  ${names.of(row.author)}`, ...about, row.text].join('\n')];
  });
}

function groupText(group: Group): string {
  const words = group.book.log.words;
  const name = group.keys.text(words?.[0] ?? null) ?? '';
  const agreement = group.keys.text(words?.[1] ?? null) ?? '';
  const members = [...group.book.log.members.keys()].map((id) => group.names.of(id));
  const talks = PLACES.flatMap((place) => ['', `== ${place} ==`, ...talkText(group, place)]);
  return [`# ${name}`, '', members.join(', '), '', agreement, ...talks].join('\n\n');
}

function pairText(pair: Pair): string {
  return [`# ${pair.name}`, ...talkText(pair, 'room', pair.shared)].join('\n\n');
}

export function exportText(aboard: Aboard): string {
  const talks = aboard.pairs instanceof Pairs ? aboard.pairs.all() : [];
  return [...[...aboard.groups.values()].map(groupText), ...talks.map(pairText)].join('\n\n\n');
}

/** Everything this account can read, as plain text for the person to keep. */
import type { Place } from '../inside/model';
import { toBase64 } from '../protocol';
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

/** What hosts wrote of meetings, the newest of each. */
function plannedText(group: Group): string[] {
  const newest = new Map<string, string>();
  for (const { content } of group.feed.folded.decisions) {
    if (content.type !== 'meeting') continue;
    const [id, , ...words] = content.rest;
    newest.set(toBase64(id), words.filter((line) => line !== '').join('\n'));
  }
  return newest.size === 0 ? [] : ['', '== meetings ==', ...newest.values()];
}

function groupText(group: Group): string {
  const words = group.book.log.words;
  const name = group.keys.text(words?.[0] ?? null) ?? '';
  const agreement = group.keys.text(words?.[1] ?? null) ?? '';
  const members = [...group.book.log.members.keys()].map((id) => group.names.of(id));
  const talks = PLACES.flatMap((place) => ['', `== ${place} ==`, ...talkText(group, place)]);
  return [`# ${name}`, '', members.join(', '), '', agreement, ...plannedText(group), ...talks].join('\n\n');
}

function pairText(pair: Pair): string {
  return [`# ${pair.name}`, ...talkText(pair, 'room', pair.shared)].join('\n\n');
}

export function exportText(aboard: Aboard): string {
  const talks = aboard.pairs instanceof Pairs ? aboard.pairs.all() : [];
  return [...[...aboard.groups.values()].map(groupText), ...talks.map(pairText)].join('\n\n\n');
}

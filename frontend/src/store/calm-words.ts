/** Room words, once their list is here: it comes with the part that is fetched afterwards (part.ts). */
import { placesNow, type Log } from '../protocol';

let list: readonly string[] = [];

export function knowWords(words: readonly string[]): void {
  list = words;
}

/** None for a log that is empty, and none before the list is here. */
export function wordsNow(log: Log): readonly string[] {
  return log.length === 0 || list.length === 0 ? [] : placesNow(log).map((place) => list[place] ?? '');
}

/** Seven calm words that are the same on every member's screen, or something is wrong (SPEC.md section 8). */
import type { Bytes } from './bytes';
import { must } from './failures';
import { circleOf, type Log } from './log-state';
import { h } from './primitives';

const WORDS = 7;
const BITS = 10;

/** Places of the words of this log as it stands. */
export function placesNow(log: Log): number[] {
  return roomWordPlaces(circleOf(log), log.lastMembership ?? circleOf(log));
}

/** Places of the seven words in the list of 1,024. */
export function roomWordPlaces(circle: Bytes, lastMembership: Bytes): number[] {
  const hash = h('room-words', circle, lastMembership);
  const places: number[] = [];
  for (let word = 0; word < WORDS; word++) {
    let place = 0;
    for (let bit = word * BITS; bit < (word + 1) * BITS; bit++) {
      place = place * 2 + (((hash[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    places.push(place);
  }
  return places;
}

export function roomWords(list: readonly string[], circle: Bytes, lastMembership: Bytes): string[] {
  must(list.length === 1 << BITS, 'not_canonical');
  return roomWordPlaces(circle, lastMembership).map((place) => list[place] ?? '');
}

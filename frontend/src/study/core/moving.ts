/** Where the keys lead: by letter, word, sentence, paragraph; alone or with what is already chosen. */
import type { Stretch, Units } from './units';

/** What is chosen: `focus` is the end that moves. Alike when there is only a caret. */
export interface Chosen {
  anchor: number;
  focus: number;
}

export type Step = 'letter' | 'word' | 'sentence' | 'paragraph' | 'row' | 'text';
export type Way = 'back' | 'on';

export const stretchOf = ({ anchor, focus }: Chosen): Stretch => ({
  start: Math.min(anchor, focus),
  end: Math.max(anchor, focus),
});
export const isCaret = (chosen: Chosen): boolean => chosen.anchor === chosen.focus;
const caret = (point: number): Chosen => ({ anchor: point, focus: point });
const whole = ({ start, end }: Stretch): Chosen => ({ anchor: start, focus: end });

/** The next place in this direction. With `extend` the anchor stays; sentences and paragraphs are else chosen whole. */
export function move(units: Units, chosen: Chosen, step: Step, way: Way, extend: boolean): Chosen {
  if (units.rows.list.length === 0) return chosen;
  if (extend) return { anchor: chosen.anchor, focus: edge(units, chosen.focus, step, way) };
  if (step === 'sentence' || step === 'paragraph') return chooseNext(units, chosen, step, way);
  const from = stretchOf(chosen);
  if (step === 'letter' && !isCaret(chosen)) return caret(way === 'on' ? from.end : from.start);
  return caret(edge(units, way === 'on' ? from.end : from.start, step, way));
}

/** The word, sentence or paragraph around a place; what was chosen grows to whole ones, several whole sentences or paragraphs shrink to the first. */
export function widen(units: Units, chosen: Chosen, step: 'word' | 'sentence' | 'paragraph'): Chosen {
  const { start, end } = stretchOf(chosen);
  const first = around(units, start, step);
  const last = end > start ? around(units, end - 1, step) : first;
  if (first === null || last === null) return chosen;
  const found = { start: Math.min(first.start, start), end: last.end > start ? last.end : end };
  const isWhole = found.start === start && found.end === end;
  return whole(isWhole && step !== 'word' && first.start === start && first.end < end ? first : found);
}

/** The nearest edge of a word: where a dragged end comes to rest. */
export function snap(units: Units, point: number): number {
  let best = point;
  let least = Infinity;
  for (const { start, end } of units.words(units.rows.at(point))) {
    for (const one of [start, end]) {
      if (Math.abs(one - point) >= least) continue;
      least = Math.abs(one - point);
      best = one;
    }
  }
  return best;
}

function chooseNext(units: Units, chosen: Chosen, step: 'sentence' | 'paragraph', way: Way): Chosen {
  const { start, end } = stretchOf(chosen);
  const next = isCaret(chosen) ? passing(units, start, step, way) : beyond(units, way === 'on' ? end : start, step, way);
  return next === null ? chosen : whole(next);
}

function edge(units: Units, from: number, step: Step, way: Way): number {
  const { list } = units.rows;
  const row = list[units.rows.at(from)]!;
  if (step === 'text') return way === 'on' ? list.at(-1)!.end : list[0]!.start;
  if (step === 'row') return way === 'on' ? row.end : row.start;
  const next = passing(units, from, step, way);
  if (next === null) return way === 'on' ? list.at(-1)!.end : list[0]!.start;
  return way === 'on' ? next.end : next.start;
}

const pieces = (units: Units, row: number, step: Step): readonly Stretch[] => {
  if (step === 'word') return units.words(row);
  if (step === 'sentence') return units.sentences(row);
  return step === 'letter' ? units.letters(row) : [units.paragraph(row)];
};

/** The first piece for which `is` holds, from this place in this direction. */
function seek(units: Units, from: number, step: Step, way: Way, is: (piece: Stretch) => boolean): Stretch | null {
  const last = units.rows.list.length - 1;
  const by = way === 'on' ? 1 : -1;
  for (let row = units.rows.at(from); row >= 0 && row <= last; row += by) {
    const found = way === 'on' ? pieces(units, row, step).find(is) : pieces(units, row, step).findLast(is);
    if (found !== undefined) return found;
  }
  return null;
}

/** The piece whose far end lies past this place. */
const passing = (units: Units, from: number, step: Step, way: Way) =>
  seek(units, from, step, way, (piece) => (way === 'on' ? piece.end > from : piece.start < from));

/** The piece that lies wholly past this place. */
const beyond = (units: Units, from: number, step: Step, way: Way) =>
  seek(units, from, step, way, (piece) => (way === 'on' ? piece.start >= from : piece.end <= from));

const around = (units: Units, point: number, step: Step): Stretch | null =>
  pieces(units, units.rows.at(point), step).find((piece) => piece.start <= point && point < piece.end) ??
  pieces(units, units.rows.at(point), step).findLast((piece) => piece.end === point) ??
  null;

/** A transcript as rows: paragraphs with who spoke them. What is longer than a screen is drawn as several rows. */
import { lastAtMost, Points } from './points';

export type Role = 'interviewer' | 'participant' | 'other';

/** Start and end in code points, end exclusive; seconds into the recording. */
export interface Turn {
  start: number;
  end: number;
  speaker: string | null;
  role: Role;
  seconds: number | null;
}

/** One drawn row. Positions are code points of the whole text, end exclusive and without the line's end. */
export interface Row {
  index: number;
  start: number;
  end: number;
  text: string;
  /** Counting of `text` alone. */
  points: Points;
  /** Rows of one paragraph share its number. */
  paragraph: number;
  /** Goes on with the paragraph of the row before. */
  goesOn: boolean;
  turn: Turn | null;
  /** The first row of its turn: here stands the speaker's name. */
  opensTurn: boolean;
}

const LONGEST_UNITS = 1800;

export interface Rows {
  list: readonly Row[];
  points: Points;
  /** Index of the row at this code point; between two rows, the one before. */
  at(point: number): number;
}

export function rowsOf(text: string, turns: readonly Turn[]): Rows {
  const list: Row[] = [];
  let point = 0;
  let paragraph = 0;
  let turn = -1;
  for (const line of text.split('\n')) {
    const pieces = line.trim() === '' ? [] : cut(line);
    let start = point;
    pieces.forEach((piece, nth) => {
      const points = new Points(piece);
      while (turn + 1 < turns.length && turns[turn + 1]!.start <= start) turn += 1;
      const mine = turn >= 0 && start < turns[turn]!.end ? turns[turn]! : null;
      const opensTurn = mine !== null && list.at(-1)?.turn !== mine;
      list.push({
        index: list.length, start, end: start + points.length, text: piece, points,
        paragraph, goesOn: nth > 0, turn: mine, opensTurn,
      });
      start += points.length;
    });
    if (pieces.length > 0) paragraph += 1;
    point = (pieces.length > 0 ? start : point + new Points(line).length) + 1;
  }
  const starts = Uint32Array.from(list, (row) => row.start);
  return { list, points: new Points(text), at: (place) => Math.max(0, lastAtMost(starts, place)) };
}

/** A very long paragraph, cut after a sentence where there is one, else between words; nothing is left out. */
function cut(line: string): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > LONGEST_UNITS) {
    const near = rest.slice(0, LONGEST_UNITS);
    const after = Math.max(near.lastIndexOf('. '), near.lastIndexOf('? '), near.lastIndexOf('! ')) + 2;
    const at = after > LONGEST_UNITS / 3 ? after : near.lastIndexOf(' ') + 1 || wholeUnit(rest, LONGEST_UNITS);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** Not in the middle of a pair. */
const wholeUnit = (text: string, unit: number): number => {
  const code = text.charCodeAt(unit);
  return code >= 0xdc00 && code <= 0xdfff ? unit - 1 : unit;
};

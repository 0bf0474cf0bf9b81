/** Words, sentences and letters of a row, as code points; worked out once, when a row is first asked for. */
import type { Row, Rows } from './rows';

/** Half open, in code points of the whole text. */
export interface Stretch {
  start: number;
  end: number;
}

type Cut = 'word' | 'sentence' | 'grapheme';

export class Units {
  private readonly cutters: Record<Cut, Intl.Segmenter>;
  private readonly known: Record<Cut, Map<number, readonly Stretch[]>> = {
    word: new Map(), sentence: new Map(), grapheme: new Map(),
  };

  constructor(
    readonly rows: Rows,
    language?: string,
  ) {
    const cutter = (granularity: Cut) => new Intl.Segmenter(language, { granularity });
    this.cutters = { word: cutter('word'), sentence: cutter('sentence'), grapheme: cutter('grapheme') };
  }

  words(index: number): readonly Stretch[] {
    return this.of('word', index);
  }

  sentences(index: number): readonly Stretch[] {
    return this.of('sentence', index);
  }

  letters(index: number): readonly Stretch[] {
    return this.of('grapheme', index);
  }

  /** A whole paragraph, also where it is drawn as several rows. */
  paragraph(index: number): Stretch {
    const { list } = this.rows;
    let from = index;
    let to = index;
    while (list[from]!.goesOn) from -= 1;
    while (list[to + 1]?.goesOn) to += 1;
    return trimmed(this.rows.points.slice(list[from]!.start, list[to]!.end), list[from]!.start, list[to]!.end);
  }

  private of(cut: Cut, index: number): readonly Stretch[] {
    const row = this.rows.list[index];
    if (row === undefined) return [];
    const known = this.known[cut].get(index);
    if (known !== undefined) return known;
    const found = this.cutRow(cut, row);
    this.known[cut].set(index, found);
    return found;
  }

  private cutRow(cut: Cut, row: Row): Stretch[] {
    const found: Stretch[] = [];
    for (const { segment, index, isWordLike } of this.cutters[cut].segment(row.text)) {
      if (cut === 'word' && !isWordLike) continue;
      const start = row.start + row.points.point(index);
      const end = row.start + row.points.point(index + segment.length);
      const stretch = cut === 'sentence' ? trimmed(segment, start, end) : { start, end };
      if (stretch.end > stretch.start) found.push(stretch);
    }
    return found;
  }
}

/** Without the blanks at both ends; blanks are never pairs, so lengths in units and points agree. */
function trimmed(text: string, start: number, end: number): Stretch {
  const from = start + (text.length - text.trimStart().length);
  return { start: Math.min(from, end), end: Math.max(from, end - (text.length - text.trimEnd().length)) };
}

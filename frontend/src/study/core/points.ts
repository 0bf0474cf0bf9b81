/**
 * Positions. All that is stored and sent counts Unicode code points; a browser's strings count UTF-16 units.
 * One emoji is one of the first and two of the second, so the two are never mixed: they meet here only.
 */
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;
const STEP = 1024;

const opensPair = (text: string, unit: number): boolean => {
  const first = text.charCodeAt(unit);
  if (first < 0xd800 || first > 0xdbff) return false;
  const second = text.charCodeAt(unit + 1);
  return second >= 0xdc00 && second <= 0xdfff;
};

/** How many code points a string has. */
export function pointsIn(text: string): number {
  if (!PAIR.test(text)) return text.length;
  let count = 0;
  for (let unit = 0; unit < text.length; unit += opensPair(text, unit) ? 2 : 1) count += 1;
  return count;
}

/** The two ways of counting one text. Both directions take at most `STEP` steps, whatever its length. */
export class Points {
  /** In code points. */
  readonly length: number;
  /** The unit at which every `STEP`th code point begins; null where both ways of counting are the same. */
  private readonly marks: number[] | null;

  constructor(readonly text: string) {
    if (!PAIR.test(text)) {
      this.marks = null;
      this.length = text.length;
      return;
    }
    const marks: number[] = [];
    let count = 0;
    for (let unit = 0; unit < text.length; unit += opensPair(text, unit) ? 2 : 1) {
      if (count % STEP === 0) marks.push(unit);
      count += 1;
    }
    this.marks = marks;
    this.length = count;
  }

  /** The UTF-16 unit at which this code point begins; the ends of the text for what lies outside. */
  unit(point: number): number {
    if (point <= 0) return 0;
    if (point >= this.length) return this.text.length;
    if (this.marks === null) return point;
    let unit = this.marks[Math.floor(point / STEP)]!;
    for (let left = point % STEP; left > 0; left -= 1) unit += opensPair(this.text, unit) ? 2 : 1;
    return unit;
  }

  /** The code point that this unit belongs to; the middle of a pair belongs to the pair. */
  point(unit: number): number {
    if (unit <= 0) return 0;
    if (unit >= this.text.length) return this.length;
    if (this.marks === null) return unit;
    const mark = lastAtMost(this.marks, unit);
    let at = this.marks[mark]!;
    let point = mark * STEP;
    for (;;) {
      const next = at + (opensPair(this.text, at) ? 2 : 1);
      if (next > unit) return point;
      at = next;
      point += 1;
    }
  }

  /** The words between two code points. */
  slice(start: number, end: number): string {
    return this.text.slice(this.unit(start), this.unit(end));
  }
}

/** The last index whose value is at most `value`, in an ascending list; -1 when there is none. */
export function lastAtMost(values: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

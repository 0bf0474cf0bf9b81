/**
 * The coded passages of one transcript, and which of them touch a place.
 *
 * Sorted by start, with the furthest end of every block above it in a tree: each question costs O(log n + found),
 * so that 10,000 passages are no slower to draw than ten.
 */
import { Lanes } from './lanes';

/** Positions in code points, end exclusive; `at` in seconds since 1970. */
export interface Span {
  id: string;
  code: string;
  start: number;
  end: number;
  author: string;
  at: number;
}

/** About a line of text, in code points: two stripes on one line must not touch. */
const LINE = 60;

const inOrder = (one: Span, other: Span): number =>
  one.start - other.start || other.end - one.end || one.at - other.at || (one.id < other.id ? -1 : 1);

export class SpanBook {
  private readonly byId = new Map<string, Span>();
  private sorted: Span[];
  /** `furthest[node]` is the largest end below a node of the implicit binary tree over `sorted`. */
  private furthest = new Float64Array(0);
  private leaves = 1;
  private lanes: { stripes: Lanes; bands: Lanes } | null = null;
  private isStale = true;
  private readonly counts = new Map<string, number>();

  constructor(spans: readonly Span[] = []) {
    this.sorted = [...spans].sort(inOrder);
    for (const span of this.sorted) {
      this.byId.set(span.id, span);
      this.count(span.code, 1);
    }
  }

  get size(): number {
    return this.byId.size;
  }

  get(id: string): Span | null {
    return this.byId.get(id) ?? null;
  }

  all(): readonly Span[] {
    return this.sorted;
  }

  /** How many passages of this transcript bear a code. */
  countOf(code: string): number {
    return this.counts.get(code) ?? 0;
  }

  put(span: Span): void {
    this.remove(span.id);
    this.byId.set(span.id, span);
    this.sorted.splice(this.rank(span), 0, span);
    this.count(span.code, 1);
    this.forget();
  }

  remove(id: string): Span | null {
    const span = this.byId.get(id);
    if (span === undefined) return null;
    this.byId.delete(id);
    this.sorted.splice(this.rank(span), 1);
    this.count(span.code, -1);
    this.forget();
    return span;
  }

  /** Those that share at least one letter with this stretch, in order of their start. */
  touching(start: number, end: number): Span[] {
    if (this.isStale) this.grow();
    const found: Span[] = [];
    const walk = (node: number): void => {
      if (this.furthest[node]! <= start) return;
      if (node < this.leaves) {
        walk(2 * node);
        if (this.furthest[2 * node + 1]! > start && this.isBefore(node, end)) walk(2 * node + 1);
        return;
      }
      const span = this.sorted[node - this.leaves]!;
      if (span.start < end) found.push(span);
    };
    if (this.sorted.length > 0) walk(1);
    return found;
  }

  /** Those at one letter. */
  at(point: number): Span[] {
    return this.touching(point, point + 1);
  }

  /** Where a passage is drawn: its stripe beside the text, and its band below the words; 0 is nearest to them. */
  placeOf(id: string): { lane: number; band: number } {
    this.lanes ??= { stripes: new Lanes(this.sorted, LINE), bands: new Lanes(this.sorted) };
    return { lane: this.lanes.stripes.of(id), band: this.lanes.bands.of(id) };
  }

  /** The next passage that begins after this place, or the last before it. */
  neighbour(point: number, way: 'back' | 'on'): Span | null {
    if (way === 'on') return this.sorted.find((span) => span.start > point) ?? null;
    return this.sorted.findLast((span) => span.start < point) ?? null;
  }

  /** Whether the right child of a node can hold anything that starts before `end`. */
  private isBefore(node: number, end: number): boolean {
    let first = 2 * node + 1;
    while (first < this.leaves) first *= 2;
    const span = this.sorted[first - this.leaves];
    return span !== undefined && span.start < end;
  }

  private rank(span: Span): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inOrder(this.sorted[middle]!, span) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private forget(): void {
    this.isStale = true;
    this.lanes = null;
  }

  private count(code: string, by: number): void {
    this.counts.set(code, (this.counts.get(code) ?? 0) + by);
  }

  private grow(): void {
    this.leaves = 1;
    while (this.leaves < this.sorted.length) this.leaves *= 2;
    this.furthest = new Float64Array(2 * this.leaves).fill(-1);
    this.sorted.forEach((span, n) => (this.furthest[this.leaves + n] = span.end));
    for (let node = this.leaves - 1; node > 0; node -= 1) {
      this.furthest[node] = Math.max(this.furthest[2 * node]!, this.furthest[2 * node + 1]!);
    }
    this.isStale = false;
  }
}

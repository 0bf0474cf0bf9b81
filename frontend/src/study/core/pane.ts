/**
 * Which rows of a long text are drawn, and where they stand.
 *
 * The reader's place is one row and how far its top is from the top of the view. Everything else follows from it and
 * from the heights measured so far, so that a row that turns out taller never moves what is being read.
 */
import { Heights } from '../../ui/heights';

const SPARE_ROWS = 6;
const FIRST_VIEW_PX = 900;
const LOWEST_ROW_PX = 40;
const MOST_HELD = 400;
const MARGIN_PX = 56;
const CLOSE_PX = 0.5;

export interface Range {
  from: number;
  to: number;
  above: number;
  below: number;
}

export class Pane {
  scroller: HTMLElement | null = null;
  /** Rows that must stay drawn, such as those of a selection that the browser itself holds. */
  held: { from: number; to: number } | null = null;
  /** Draws all: for reading with a screen reader, and on paper. */
  isWhole = false;
  private readonly heights: Heights;
  private anchor = { row: 0, top: 0 };
  private drawn = { from: 0, to: 0 };
  private mustPlace = true;
  private wanted: number | null = null;

  /** `letters` of every row, for a first guess at its height. */
  constructor(
    private readonly letters: readonly number[],
    private readonly redraw: () => void,
    private readonly perLine = 75,
    private readonly linePx = 29,
  ) {
    this.heights = new Heights(letters.map((count) => this.guess(count)));
  }

  range(): Range {
    const count = this.letters.length;
    if (this.isWhole) return this.keep(0, count);
    const view = this.scroller?.clientHeight || FIRST_VIEW_PX;
    const top = this.heights.offset(this.anchor.row) - this.anchor.top;
    const { from, to } = this.heights.between(top, top + view, SPARE_ROWS);
    const held = this.held;
    if (held === null || Math.max(to, held.to) - Math.min(from, held.from) > MOST_HELD) return this.keep(from, to);
    return this.keep(Math.min(from, held.from), Math.max(to, Math.min(held.to, count)));
  }

  /** After drawing: measures; draws again where a height was guessed wrong and that shows, else puts the place right. */
  settle(): void {
    const { scroller } = this;
    if (scroller === null) return;
    if (this.measure(scroller)) {
      this.mustPlace = true;
      const { from, to } = this.drawn;
      const next = this.range();
      if (next.from < from || next.to > to) return this.redraw();
    }
    if (this.mustPlace) this.place(scroller);
  }

  /** Widths or letter sizes changed: what was measured no longer holds, and the place is kept. */
  resized(): void {
    this.mustPlace = true;
    this.redraw();
  }

  scrolled(): void {
    const { scroller } = this;
    if (scroller === null || this.mustPlace) return;
    this.stay(scroller);
    const next = this.heights.between(scroller.scrollTop, scroller.scrollTop + scroller.clientHeight, SPARE_ROWS - 3);
    if (next.from < this.drawn.from || next.to > this.drawn.to) this.redraw();
  }

  /** Brings a row into view: where it is if it is there, else a third from the top. `isExact`: see `showBoxes`. */
  reveal(row: number, isExact = true): void {
    const view = this.scroller?.clientHeight || FIRST_VIEW_PX;
    const top = this.heights.offset(row) - (this.scroller?.scrollTop ?? 0);
    if (isExact) this.wanted = row;
    if (top < 0 || top > view - MARGIN_PX) this.stand(row, Math.round(view / 3));
  }

  /** After `reveal`, drawing and placing: all from the first box to the last is in view, or as much as has room below the first. */
  showBoxes(find: () => readonly [DOMRect, DOMRect | null] | null): void {
    if (this.wanted === null || this.scroller === null || this.mustPlace) return;
    const boxes = find();
    if (boxes === null) return;
    this.wanted = null;
    const [first, last] = boxes;
    const view = this.scroller.getBoundingClientRect();
    const margin = Math.min(MARGIN_PX, view.height / 4);
    const above = first.top - view.top - margin;
    const below = last === null ? Infinity : last.bottom - view.bottom + margin;
    if (above < 0) this.moveBy(this.scroller, above);
    else if (below > 0) this.moveBy(this.scroller, Math.min(above, below));
  }

  /** The view grew or shrank at its foot: what had the focus and was in sight still is. */
  keepInSight(element: Element | null, was: number): void {
    if (element === null || this.scroller === null) return;
    const view = this.scroller.getBoundingClientRect();
    const { bottom } = element.getBoundingClientRect();
    if (bottom <= view.top + was && bottom > view.bottom) this.moveBy(this.scroller, bottom - view.bottom + MARGIN_PX / 4);
  }

  /** The place moves along at once: the browser tells of it only later, and a row measured meanwhile took it back. */
  private moveBy(scroller: HTMLElement, px: number): void {
    const before = scroller.scrollTop;
    scroller.scrollTop += px;
    this.anchor = { row: this.anchor.row, top: this.anchor.top + before - scroller.scrollTop };
    if (!this.mustPlace) this.stay(scroller);
  }

  private stay(scroller: HTMLElement): void {
    const row = this.heights.rowAt(scroller.scrollTop);
    this.anchor = { row, top: this.heights.offset(row) - scroller.scrollTop };
  }

  stand(row: number, top: number): void {
    this.anchor = { row, top };
    this.mustPlace = true;
    this.redraw();
  }

  private keep(from: number, to: number): Range {
    this.drawn = { from, to };
    return { from, to, above: this.heights.offset(from), below: this.heights.total - this.heights.offset(to) };
  }

  private guess(letters: number): number {
    return Math.max(LOWEST_ROW_PX, Math.ceil(letters / this.perLine) * this.linePx + 12);
  }

  private measure(scroller: HTMLElement): boolean {
    let changed = false;
    for (const element of scroller.querySelectorAll<HTMLElement>('[data-row]')) {
      const row = Number(element.dataset['row']);
      if (!(row < this.letters.length)) continue;
      const { height } = element.getBoundingClientRect();
      if (Math.abs(this.heights.of(row) - height) < CLOSE_PX) continue;
      this.heights.set(row, height);
      changed = true;
    }
    return changed;
  }

  private place(scroller: HTMLElement): void {
    this.mustPlace = false;
    const element = scroller.querySelector(`[data-row="${this.anchor.row}"]`);
    if (element === null) return;
    const off = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - this.anchor.top;
    if (Math.abs(off) > 1) scroller.scrollTop += off;
  }
}

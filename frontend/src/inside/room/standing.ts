/**
 * Where a reader stands in a long talk, and which rows are drawn for it.
 *
 * The place is kept by an anchor: either the end, or one row and how far its top is from the top of the view.
 * Everything else follows from the anchor and the heights measured so far, so that a row that grows, or words
 * that arrive above, never move what someone is reading.
 */
import { Heights } from '../../ui/heights';
import type { TalkView } from '../model';

const GUESS_PX = 132; // a usual message on a phone
const SPARE_ROWS = 5;
/** So few rows are drawn whole: whoever searches the page, or has it read out, finds everything. */
const FEW_ROWS = 60;
const NEAR_END_PX = 24;
const FIRST_VIEW_PX = 800;
const BELOW_TOP_PX = 72;

type Anchor = { end: true } | { end: false; id: string; top: number };

/** Places in talks, kept in memory while the page lives, by a key of the caller's; and what was new then. */
const places = new Map<string, { anchor: Anchor; newest: string | null }>();

const rowsIn = (scroller: HTMLElement) => [...scroller.querySelectorAll<HTMLElement>('[data-row]')];

/** The first new row of each talk that was in sight, by the same key. */
const met = new Map<string, string>();

/** The topmost row in sight and where its top is, from what is really on the screen. */
function topmost(scroller: HTMLElement): { id: string; top: number } | null {
  const edge = scroller.getBoundingClientRect().top;
  for (const row of rowsIn(scroller)) {
    const box = row.getBoundingClientRect();
    if (box.bottom > edge + 1) return { id: row.dataset['row']!, top: box.top - edge };
  }
  return null;
}

export class Standing {
  scroller: HTMLDivElement | null = null;
  private readonly measured = new Map<string, number>();
  private heights = new Heights([]);
  private talk: TalkView | null = null;
  private anchor: Anchor | null = null;
  private firstNew: string | null = null;
  private drawn = { from: 0, to: 0 };
  private mustPlace = true;
  /** Until the server has told what there is, or somebody moves: then the view stays where it is. */
  private isArriving = true;
  /** Brought to the first new row as far as it was known: where older ones come, one stands at the first of those. */
  private isAtNew = false;
  private offered: 'newest' | 'first-new' | null = null;

  constructor(
    private readonly key: string,
    private readonly redraw: () => void,
  ) {}

  private get atEnd(): boolean {
    return this.anchor?.end ?? true;
  }

  /** A way to offer: to the first new row while it is above and was not in sight yet, else to the end where that is far. */
  get offer(): 'newest' | 'first-new' | null {
    this.offered = this.isNewAbove ? 'first-new' : this.isFar ? 'newest' : null;
    return this.offered;
  }

  /** The end is more than two views away. */
  private get isFar(): boolean {
    const row = this.anchorRow();
    return row >= 0 && this.heights.total - this.heights.offset(row) + this.anchorTop() > 3 * this.view;
  }

  private get isNewAbove(): boolean {
    const { talk } = this;
    if (!talk?.isReady || talk.firstNew === null || talk.idAt(talk.firstNew) === met.get(this.key)) return false;
    return talk.firstNew < this.heights.rowAt(this.top());
  }

  private get view(): number {
    return this.scroller?.clientHeight || FIRST_VIEW_PX;
  }

  /** Pixels above the view, as the anchor says. */
  private top(): number {
    const row = this.anchorRow();
    return Math.max(0, row < 0 ? this.heights.total - this.view : this.heights.offset(row) - this.anchorTop());
  }

  /** Takes the newest view of the talk, before drawing. */
  take(talk: TalkView): void {
    if (talk === this.talk) return;
    this.talk = talk;
    this.mustPlace = true;
    this.heights = new Heights(
      Array.from({ length: talk.count }, (_, row) => this.measured.get(talk.idAt(row)) ?? GUESS_PX),
    );
    if (!talk.isReady || !this.isArriving) return;
    this.arrive(talk);
    this.isArriving = !talk.isCaughtUp;
  }

  /** Back from another screen, one stands where one stood; what is new since then comes first, also when it comes late. */
  private arrive(talk: TalkView): void {
    const kept = places.get(this.key);
    const known = this.firstNew;
    this.firstNew = talk.firstNew === null ? null : talk.idAt(talk.firstNew);
    const isStill = this.firstNew === (this.anchor ? known : kept?.newest);
    if (this.firstNew === null || isStill) this.anchor ??= kept?.anchor ?? { end: true };
    else if (!this.anchor || this.isAtNew || (this.atEnd && known === null)) {
      this.anchor = { end: false, id: this.firstNew, top: BELOW_TOP_PX };
      this.isAtNew = true;
    }
  }

  /** A hand on the talk: nothing moves by itself from here on. */
  touched(): void {
    this.isArriving = false;
  }

  /** Rows to draw, and the empty pixels above and below them. */
  range(): { from: number; to: number; above: number; below: number } {
    const { count } = this.heights;
    if (count <= FEW_ROWS) {
      this.drawn = { from: 0, to: count };
      return { from: 0, to: count, above: 0, below: 0 };
    }
    const top = this.top();
    const { from, to } = this.heights.between(top, top + this.view, SPARE_ROWS);
    this.drawn = { from, to };
    return { from, to, above: this.heights.offset(from), below: this.heights.total - this.heights.offset(to) };
  }

  /** After drawing: measures, draws again if a height was guessed wrong, else puts the anchor back in place. */
  settle(): void {
    if (!this.scroller || !this.talk?.isReady) return;
    if (this.measure(this.scroller)) {
      this.mustPlace = true;
      this.redraw();
    } else if (this.mustPlace) this.place(this.scroller);
    this.meet();
  }

  /** The first new row has come into sight. */
  private meet(): void {
    const { talk, offered } = this;
    if (this.mustPlace || !talk?.isReady) return;
    if (talk.firstNew !== null && !this.isNewAbove) met.set(this.key, talk.idAt(talk.firstNew));
    if (this.offer !== offered) this.redraw();
  }

  /** Something changed its size: the box, the letters, a note that was opened. */
  grown(): void {
    this.mustPlace = true;
    this.settle();
  }

  /** What somebody opened was brought into sight: there they stand now, whatever was still to be put in its place. */
  shown(): void {
    const { scroller, talk } = this;
    if (!scroller || !talk?.isReady) return;
    this.mustPlace = false;
    this.stand({ end: false, ...this.inSight(scroller, talk) });
  }

  scrolled(): void {
    const { scroller, talk } = this;
    if (!scroller || !talk?.isReady || this.mustPlace) return;
    const wasEnd = this.atEnd;
    const isEnd = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < NEAR_END_PX;
    this.stand(isEnd ? { end: true } : { end: false, ...this.inSight(scroller, talk) });
    const bottom = scroller.scrollTop + scroller.clientHeight;
    const next = this.heights.between(scroller.scrollTop, bottom, SPARE_ROWS - 2);
    if (next.from < this.drawn.from || next.to > this.drawn.to || wasEnd !== isEnd) this.redraw();
    this.meet();
  }

  /** Stands at this row, a little below the top. */
  jumpTo(id: string): void {
    this.go({ end: false, id, top: BELOW_TOP_PX });
  }

  toEnd(): void {
    this.go({ end: true });
  }

  toFirstNew(): void {
    const { talk } = this;
    if (talk?.firstNew != null) this.jumpTo(talk.idAt(talk.firstNew));
  }

  /** The lowest row in sight; null when nothing is drawn, or where one does not stand for good yet. */
  lowest(): string | null {
    if (!this.scroller || (this.isArriving && this.isAtNew)) return null;
    const edge = this.scroller.getBoundingClientRect().bottom - 20;
    const rows = rowsIn(this.scroller).filter((row) => row.getBoundingClientRect().top < edge);
    return rows[rows.length - 1]?.dataset['row'] ?? null;
  }

  private anchorRow(): number {
    return !this.anchor || this.anchor.end || !this.talk ? -1 : this.talk.indexOf(this.anchor.id);
  }

  private anchorTop(): number {
    return !this.anchor || this.anchor.end ? 0 : this.anchor.top;
  }

  /** A long drag of the scrollbar lands where nothing is drawn yet: then only the heights know. */
  private inSight(scroller: HTMLElement, talk: TalkView): { id: string; top: number } {
    const seen = topmost(scroller);
    const row = this.heights.rowAt(scroller.scrollTop);
    const near = seen !== null && Math.abs(talk.indexOf(seen.id) - row) <= this.drawn.to - this.drawn.from;
    return near ? seen : { id: talk.idAt(row), top: this.heights.offset(row) - scroller.scrollTop };
  }

  private measure(scroller: HTMLElement): boolean {
    let changed = false;
    for (const row of rowsIn(scroller)) {
      const id = row.dataset['row']!;
      const height = row.getBoundingClientRect().height;
      this.measured.set(id, height);
      const at = this.talk!.indexOf(id);
      if (at < 0 || Math.abs(this.heights.of(at) - height) < 0.5) continue;
      this.heights.set(at, height);
      changed = true;
    }
    return changed;
  }

  /** Only after something changed, so as not to pull at a moving finger. */
  private place(scroller: HTMLElement): void {
    this.mustPlace = false;
    const row = this.anchorRow();
    if (row < 0) {
      scroller.scrollTop = scroller.scrollHeight;
      return;
    }
    const drawn = rowsIn(scroller)[row - this.drawn.from];
    if (!drawn) return;
    const off = drawn.getBoundingClientRect().top - scroller.getBoundingClientRect().top - this.anchorTop();
    if (Math.abs(off) > 1) scroller.scrollTop += off;
  }

  private stand(anchor: Anchor): void {
    this.anchor = anchor;
    places.set(this.key, { anchor, newest: this.firstNew });
  }

  private go(anchor: Anchor): void {
    this.touched();
    this.stand(anchor);
    this.mustPlace = true;
    this.redraw();
  }
}

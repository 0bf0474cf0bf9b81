/**
 * From a point on the screen to a place in the text, and choosing with mouse, pen or finger.
 *
 * With a mouse the screen itself draws what is chosen, so that a long drag may leave the drawn rows behind. A finger
 * uses the browser's own selection with its handles; that is followed, not replaced.
 */
import { pointsIn } from '../core/points';
import { snap, widen, type Chosen } from '../core/moving';
import type { Desk } from '../store/desk';

/** The code point that a node and an offset in UTF-16 units stand for; null outside the words. */
function placeOf(node: Node, offset: number): number | null {
  const element = node instanceof Element ? (node.childNodes[offset] ?? node) : node.parentElement;
  const run = (element instanceof Element ? element : element?.parentElement)?.closest<HTMLElement>('.run');
  if (!run) return null;
  const start = Number(run.dataset['at']);
  return node instanceof Text ? start + pointsIn(node.data.slice(0, offset)) : start;
}

function caretFrom(x: number, y: number): { node: Node; offset: number } | null {
  const position = document.caretPositionFromPoint?.(x, y);
  if (position) return { node: position.offsetNode, offset: position.offset };
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/** The place nearest to a point on the screen. */
export function placeAt(desk: Desk, reader: HTMLElement, x: number, y: number): number | null {
  const view = reader.getBoundingClientRect();
  const inside = { x: Math.min(Math.max(x, view.left + 4), view.right - 4), y: Math.min(Math.max(y, view.top + 2), view.bottom - 2) };
  const found = caretFrom(inside.x, inside.y);
  const exact = found && reader.contains(found.node) ? placeOf(found.node, found.offset) : null;
  if (exact !== null) return exact;
  const drawn = [...reader.querySelectorAll<HTMLElement>('[data-row]')];
  const near = drawn.find((row) => row.getBoundingClientRect().bottom >= inside.y) ?? drawn.at(-1);
  const row = near && desk.sheet?.rows.list[Number(near.dataset['row'])];
  if (!row || !near) return null;
  const box = near.querySelector('.speech')!.getBoundingClientRect();
  return inside.y > box.bottom || (inside.y >= box.top && inside.x > box.right) ? row.end : row.start;
}

const EDGE_PX = 36;
const SCROLL_EVERY_MS = 30;

/** Follows a mouse from its pressing to its release. */
class Drag {
  private last: { x: number; y: number };
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly reader: HTMLElement,
    event: PointerEvent,
    private readonly onMove: (x: number, y: number) => void,
    private readonly onEnd: () => void,
  ) {
    this.last = { x: event.clientX, y: event.clientY };
    reader.setPointerCapture(event.pointerId);
    reader.addEventListener('pointermove', this.move);
    reader.addEventListener('pointerup', this.end);
    reader.addEventListener('pointercancel', this.end);
    this.timer = setInterval(this.scroll, SCROLL_EVERY_MS);
  }

  private readonly move = (event: PointerEvent): void => {
    this.last = { x: event.clientX, y: event.clientY };
    this.onMove(event.clientX, event.clientY);
  };

  /** Near the edge the text moves on under the mouse. */
  private readonly scroll = (): void => {
    const { top, bottom } = this.reader.getBoundingClientRect();
    const over = Math.max(0, this.last.y - bottom + EDGE_PX) - Math.max(0, top + EDGE_PX - this.last.y);
    if (over === 0) return;
    this.reader.scrollTop += Math.sign(over) * Math.min(60, Math.abs(over));
    this.onMove(this.last.x, this.last.y);
  };

  private readonly end = (): void => {
    clearInterval(this.timer);
    this.reader.removeEventListener('pointermove', this.move);
    this.reader.removeEventListener('pointerup', this.end);
    this.reader.removeEventListener('pointercancel', this.end);
    this.onEnd();
  };
}

export class Pointing {
  private taps = 0;
  private lastTap = { at: 0, place: -1 };
  private wasTouch = false;

  /** `onHold`: these rows must stay drawn while the browser's own selection is in them. */
  constructor(
    private readonly desk: Desk,
    private readonly reader: HTMLElement,
    private readonly onHold: (chosen: Chosen | null) => void,
  ) {
    reader.addEventListener('pointerdown', this.down);
    reader.addEventListener('mousedown', this.stopNative);
    reader.addEventListener('click', this.tap);
    document.addEventListener('selectionchange', this.follow);
  }

  stop(): void {
    this.reader.removeEventListener('pointerdown', this.down);
    this.reader.removeEventListener('mousedown', this.stopNative);
    this.reader.removeEventListener('click', this.tap);
    document.removeEventListener('selectionchange', this.follow);
  }

  private readonly down = (event: PointerEvent): void => {
    this.wasTouch = event.pointerType !== 'mouse';
    const grip = (event.target as Element).closest<HTMLElement>('[data-grip]')?.dataset['grip'];
    if (grip !== undefined) return this.dragEnd(event, grip);
    if (this.wasTouch || event.button !== 0 || this.desk.view.isReading) return;
    if ((event.target as Element).closest('button')) return;
    const whole = this.desk.sheet?.spans.get((event.target as Element).closest<HTMLElement>('.stripe')?.dataset['span'] ?? '');
    if (whole) return this.desk.choose({ anchor: whole.start, focus: whole.end });
    const place = placeAt(this.desk, this.reader, event.clientX, event.clientY);
    if (place !== null) this.dragFrom(event, place);
  };

  /** The first press puts the caret, the second takes the word, the third the paragraph; Shift goes on from what is there. */
  private dragFrom(event: PointerEvent, place: number): void {
    const { units } = this.desk.sheet!;
    this.count(place);
    const step = this.taps === 2 ? 'word' : this.taps > 2 ? 'paragraph' : null;
    const kept = event.shiftKey ? this.desk.chosen : null;
    const from = step === null ? { anchor: kept?.anchor ?? place, focus: place } : widen(units, { anchor: place, focus: place }, step);
    if (this.desk.resizing !== null && !event.shiftKey) this.desk.resizing = null;
    this.desk.choose(from);
    const onMove = (x: number, y: number): void => {
      const to = placeAt(this.desk, this.reader, x, y);
      if (to === null || to === this.desk.chosen?.focus) return;
      if (step === null) return this.desk.choose({ anchor: from.anchor, focus: to });
      const whole = widen(units, { anchor: Math.min(from.anchor, to), focus: Math.max(from.focus, to) }, step);
      this.desk.choose(to < from.anchor ? { anchor: whole.focus, focus: whole.anchor } : whole);
    };
    new Drag(this.reader, event, onMove, () => undefined);
  }

  /** One end of a passage is dragged; it comes to rest at a word's edge. */
  private dragEnd(event: PointerEvent, grip: string): void {
    event.preventDefault();
    const { chosen, sheet } = this.desk;
    if (chosen === null || sheet === null) return;
    const { start, end } = { start: Math.min(chosen.anchor, chosen.focus), end: Math.max(chosen.anchor, chosen.focus) };
    const fixed = grip === 'start' ? end : start;
    const onMove = (x: number, y: number): void => {
      const place = placeAt(this.desk, this.reader, x, y);
      const to = place === null ? null : snap(sheet.units, place);
      if (to !== null && to !== fixed) this.desk.choose({ anchor: fixed, focus: to });
    };
    new Drag(this.reader, event, onMove, () => undefined);
  }

  private count(place: number): void {
    const now = performance.now();
    const isNear = now - this.lastTap.at < 500 && Math.abs(place - this.lastTap.place) < 3;
    this.taps = isNear ? this.taps + 1 : 1;
    this.lastTap = { at: now, place };
  }

  private readonly stopNative = (event: MouseEvent): void => {
    if (this.wasTouch || this.desk.view.isReading || (event.target as Element).closest('button')) return;
    event.preventDefault();
    this.reader.focus({ preventScroll: true });
    getSelection()?.removeAllRanges();
  };

  /** A finger's tap puts the caret, and so shows which codes are there. */
  private readonly tap = (event: MouseEvent): void => {
    if (!this.wasTouch || this.desk.view.isReading || (event.target as Element).closest('button, [data-grip]')) return;
    if (getSelection()?.isCollapsed === false) return;
    const place = placeAt(this.desk, this.reader, event.clientX, event.clientY);
    if (place !== null) this.desk.choose({ anchor: place, focus: place });
  };

  private readonly follow = (): void => {
    const { desk, reader } = this;
    const selection = getSelection();
    if (!this.wasTouch || selection === null || desk.view.isReading) return;
    if (selection.isCollapsed || !reader.contains(selection.anchorNode)) {
      if (desk.isNative && desk.chosen !== null) {
        this.onHold(null);
        desk.choose(desk.chosen); // from now on drawn by us
      }
      return;
    }
    const anchor = placeOf(selection.anchorNode!, selection.anchorOffset);
    const focus = placeOf(selection.focusNode!, selection.focusOffset);
    if (anchor === null || focus === null) return;
    this.onHold({ anchor, focus });
    desk.choose({ anchor, focus }, true);
  };
}

/** The transcript. Only the rows in sight are drawn; keys, mouse and finger choose words in it. */
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { stretchOf, type Chosen } from '../core/moving';
import { Pane } from '../core/pane';
import type { Row } from '../core/rows';
import { studyWords as words } from '../../words/study';
import type { Desk, Sheet } from '../store/desk';
import { onTextKey } from './doing';
import { drawn } from './marks';
import { Pointing } from './pointing';
import { RowView, type Laid, type RowProps } from './row';
import { Tip } from './tip';
import { useDesk, useStage, type Open } from './stage';

interface Props {
  sheet: Sheet;
  /** Seconds into the recording, while it plays. */
  heard: number | null;
  /** The row that the recording has come to, when the text is to follow it. */
  follow: number | null;
  onTime: ((seconds: number) => void) | null;
}

function usePane(sheet: Sheet): Pane {
  const [, redraw] = useReducer<number, void>((n) => n + 1, 0);
  const pane = useMemo(
    () => new Pane(sheet.rows.list.map(({ text, turn }) => text.length + (turn?.speaker?.length ?? 0)), () => redraw()),
    [sheet.rows],
  );
  useLayoutEffect(() => pane.settle());
  return pane;
}

export function Text({ sheet, heard, follow, onTime }: Props) {
  const stage = useStage();
  const desk = useDesk('spans', 'chosen', 'view', 'codes');
  const pane = usePane(sheet);
  const reader = useRef<HTMLDivElement>(null);
  pane.isWhole = desk.view.isReading || isPrinting.now;
  usePrinting(pane);
  useSizes(pane, reader, desk.view.zoom, stage.open);
  usePointing(desk, pane, reader, sheet);
  useFollowing(desk, pane, reader, sheet);
  const { from, to, above, below } = pane.range();
  const { isReading } = desk.view;
  useEffect(() => {
    if (follow !== null) pane.reveal(follow, false);
  }, [follow]);
  useEffect(() => drawn(), [sheet.rows]);
  return (
    <>
      <div
        class={`reader zoom-${desk.view.zoom}${desk.view.stripes ? '' : ' no-stripes'}`}
        ref={(element) => {
          reader.current = element;
          pane.scroller = element;
        }}
        tabIndex={0}
        role={isReading ? 'region' : 'application'}
        aria-roledescription={isReading ? undefined : words.text.role}
        aria-label={words.text.region(sheet.title)}
        aria-describedby={isReading ? undefined : 'reader-hint'}
        onScroll={() => pane.scrolled()}
        onKeyDown={(event) => onTextKey(stage, event)}
        onCopy={(event) => copyChosen(desk, event)}
      >
        {sheet.rows.list.length === 0 && <p class="empty">{words.text.empty}</p>}
        <div style={{ height: `${above}px` }} />
        {sheet.rows.list.slice(from, to).map((row) => (
          <RowView key={row.index} {...rowProps(desk, sheet, row, heard)} onTime={onTime} />
        ))}
        <div style={{ height: `${below}px` }} />
      </div>
      <Tip reader={reader} />
    </>
  );
}

/** What one row shows, and a signature of it, so that it is drawn again only when that changes. */
function rowProps(desk: Desk, sheet: Sheet, row: Row, heard: number | null): Omit<RowProps, 'onTime'> {
  const { chosen, isNative, view, book } = desk;
  const laid: Laid[] = [];
  for (const span of sheet.spans.touching(row.start, row.end)) {
    if (view.whose === null || span.author === view.whose) laid.push({ ...span, ...sheet.spans.placeOf(span.id) });
  }
  const isDrawn = chosen !== null && !isNative && !view.isReading;
  const stretch = isDrawn ? stretchOf(chosen) : null;
  const mine = stretch !== null && stretch.start <= row.end && stretch.end >= row.start ? stretch : null;
  const isHome = mine !== null && sheet.rows.at(chosen!.focus) === row.index;
  const isNamed = view.isReading || isPrinting.now;
  const isSpoken = heard !== null && row.turn !== null && speaks(sheet, row, heard);
  const flags = [view.stripes, isNamed, isSpoken, desk.resizing !== null && mine !== null, view.zoom].map(Number).join('');
  const what = laid.map(({ id, start, end, lane, band, code }) => `${id}${start}-${end}/${lane}/${band}${code}`).join();
  const signature = `${what}|${mine === null ? '' : `${mine.start}-${mine.end}`}|${isHome ? chosen!.focus : ''}|${flags}`;
  return {
    row, laid, book, chosen: mine, focus: isHome ? chosen!.focus : null, hasGrips: desk.resizing !== null && mine !== null,
    isNamed, isSpoken, stripes: view.stripes, signature,
  };
}

/** Whether the recording stands in this row's turn. */
function speaks(sheet: Sheet, row: Row, heard: number): boolean {
  const { seconds } = row.turn!;
  if (seconds === null || heard < seconds) return false;
  const next = sheet.rows.list.find(({ index, turn }) => index > row.index && turn !== row.turn && turn !== null && turn.seconds !== null);
  return next === undefined || heard < next.turn!.seconds!;
}

/** On paper stands everything. */
const isPrinting = { now: false };

function usePrinting(pane: Pane) {
  useEffect(() => {
    const set = (now: boolean) => () => {
      isPrinting.now = now;
      pane.resized();
    };
    const [before, after] = [set(true), set(false)];
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, [pane]);
}

function useSizes(pane: Pane, reader: { current: HTMLElement | null }, zoom: number, open: Open) {
  const before = useRef(zoom);
  useLayoutEffect(() => {
    if (before.current !== zoom) pane.resized();
    before.current = zoom;
  }, [zoom]);
  const sized = useRef<() => void>(() => undefined);
  useLayoutEffect(() => {
    let [width, height] = [reader.current?.clientWidth ?? 0, reader.current?.clientHeight ?? 0];
    sized.current = () => {
      const [before, was] = [width, height];
      [width, height] = [reader.current?.clientWidth ?? 0, reader.current?.clientHeight ?? 0];
      if (before !== width) pane.resized();
      else pane.settle();
      if (document.querySelector('.picker') !== null) intoSight(reader.current);
      if (before === width) pane.keepInSight(reader.current?.querySelector('[data-focus]') ?? null, was);
    };
    const watcher = new ResizeObserver(() => sized.current());
    for (const element of [reader.current, document.querySelector('.top')]) if (element) watcher.observe(element);
    return () => watcher.disconnect();
  }, [pane]);
  // With the drawing itself: the browser tells of sizes only with its next picture, and not of a list shut and opened between two.
  useLayoutEffect(() => sized.current(), [open]);
}

function usePointing(desk: Desk, pane: Pane, reader: { current: HTMLElement | null }, sheet: Sheet) {
  useEffect(() => {
    if (!reader.current) return undefined;
    const hold = (chosen: Chosen | null) => {
      const { start, end } = chosen === null ? { start: 0, end: 0 } : stretchOf(chosen);
      pane.held = chosen === null ? null : { from: sheet.rows.at(start), to: sheet.rows.at(end) + 1 };
    };
    const pointing = new Pointing(desk, reader.current, hold);
    return () => pointing.stop();
  }, [desk, pane, sheet.rows]);
}

/** What keys, buttons and links choose comes into view; what a pointer chooses is there already. */
function useFollowing(desk: Desk, pane: Pane, reader: { current: HTMLElement | null }, sheet: Sheet) {
  const { chosen } = desk;
  const seen = useRef<Chosen | null>(null);
  const what = useRef<'focus' | 'start'>('focus');
  useLayoutEffect(() => {
    if (chosen === seen.current || chosen === null || desk.mustReveal === null) return;
    seen.current = chosen;
    what.current = desk.mustReveal;
    desk.mustReveal = null;
    pane.reveal(sheet.rows.at(what.current === 'start' ? stretchOf(chosen).start : chosen.focus));
    intoSight(reader.current);
  }, [chosen, sheet]);
  useLayoutEffect(() => pane.showBoxes(() => boxesOf(reader.current, what.current)));
}

/** Where what must be in view begins and ends; the end is null while it is not drawn. */
function boxesOf(reader: HTMLElement | null, what: 'focus' | 'start'): readonly [DOMRect, DOMRect | null] | null {
  const caret = reader?.querySelector('[data-focus]')?.getBoundingClientRect() ?? null;
  const first = what === 'start' ? (reader?.querySelector('.run.chosen')?.getClientRects()[0] ?? caret) : caret;
  return first === null ? null : [first, caret];
}

/** Where the page itself scrolls, as at 400 %, the text's own window comes to its top, so that nothing lies over it. */
function intoSight(reader: HTMLElement | null) {
  const { scrollHeight, clientHeight } = document.documentElement;
  if (scrollHeight > clientHeight + 1) reader?.scrollIntoView({ block: 'start' });
}

function copyChosen(desk: Desk, event: ClipboardEvent) {
  if (desk.chosen === null || desk.isNative || desk.sheet === null || desk.view.isReading) return;
  const { start, end } = stretchOf(desk.chosen);
  if (start === end) return;
  event.clipboardData?.setData('text/plain', desk.sheet.rows.points.slice(start, end));
  event.preventDefault();
}

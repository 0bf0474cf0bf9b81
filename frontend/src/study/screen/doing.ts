/** What the keys do. Buttons call the same verbs. */
import { anywhere, verbOf, type Plain, type Verb } from '../core/keys';
import { isCaret, move, stretchOf, widen, type Chosen } from '../core/moving';
import type { Span } from '../core/spans';
import { studyWords as words } from '../../words/study';
import { chosenWords, codeChosen, inVivo, mayTouch, redo, resize, uncode, undo } from '../store/coding';
import type { Desk } from '../store/desk';
import { nextUncoded } from '../store/going';
import { forgetKept, keepAhead, pressKept } from './ahead';
import { keyed } from './marks';
import { listening } from './listen';
import { focusText, type Stage } from './stage';

export const MOST_ZOOM = 5;
const LEAST_ZOOM = -1;
const MOST_SPOKEN = 400;

/** A key pressed in the transcript. */
export function onTextKey(stage: Stage, event: KeyboardEvent): void {
  const { desk } = stage;
  if (event.target !== event.currentTarget || desk.sheet === null) return;
  if (desk.isGoing) return ['Tab', 'F6', 'Shift', 'Control', 'Alt', 'Meta'].includes(event.key) ? undefined : keepAhead(event);
  if (desk.resizing !== null && event.key === 'Enter') return take(event, () => keepEnds(desk));
  if (desk.view.isReading && !['b', 'B', 'Escape', '?', '+', '-', '=', '/', 'F6', 'k', 'j'].includes(event.key)) return;
  const verb = verbOf(event, isRightToLeft());
  if (verb !== null) take(event, () => perform(stage, verb));
}

/** A key pressed anywhere on the page. Escape leads back to the text from wherever nothing else closes with it. */
export function onPageKey(stage: Stage, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target as HTMLElement;
  if (event.key === 'Escape' && target.closest('.reader, dialog, select') === null) return take(event, () => backToText(stage));
  const verb = anywhere(event, target.matches('input, textarea, select'));
  if (verb !== null) take(event, () => perform(stage, verb));
}

function take(event: KeyboardEvent, doing: () => void): void {
  event.preventDefault();
  keyed(event.timeStamp);
  doing();
}

const isRightToLeft = (): boolean => document.querySelector('[data-focus]')?.closest('.par')?.getAttribute('dir') === 'rtl';

export function perform(stage: Stage, verb: Verb): void {
  const { desk } = stage;
  if (verb.do === 'move' || verb.do === 'widen') {
    const from = desk.chosen ?? firstCaret(desk);
    const { units } = desk.sheet!;
    const to = verb.do === 'widen' ? widen(units, from, verb.step) : move(units, from, verb.step, verb.way, verb.extend);
    desk.show(to, verb.do === 'move' && verb.extend ? 'focus' : 'start');
    return desk.say(spoken(desk, to));
  }
  if (verb.do === 'neighbour') return goToNeighbour(desk, verb.way);
  PLAIN[verb.do](stage);
}

const PLAIN: Record<Plain, (stage: Stage) => void> = {
  pick: (stage) => (stage.desk.mayCode ? stage.setOpen('picker') : undefined),
  again: ({ desk }) => {
    const code = desk.book.get(desk.lately[0] ?? '');
    if (code !== null) void codeChosen(desk, code);
  },
  inVivo: ({ desk }) => void inVivo(desk),
  remove: ({ desk }) => withOne(desk, '.take-off', (span) => void uncode(desk, span)),
  here: () => document.querySelector<HTMLElement>('.here .passage button')?.focus(),
  resize: ({ desk }) => withOne(desk, '.move-ends', (span) => startResizing(desk, span)),
  otherEnd: ({ desk }) => desk.chosen && desk.show({ anchor: desk.chosen.focus, focus: desk.chosen.anchor }, 'focus'),
  settle: ({ desk }) => keepEnds(desk),
  letGo: ({ desk }) => letGo(desk),
  nextUncoded: ({ desk }) =>
    void nextUncoded(desk).then((isThere) => {
      if (!isThere) return forgetKept();
      if (desk.chosen !== null) desk.say(spoken(desk, desk.chosen));
      void pressKept(desk);
    }),
  memo: (stage) => toMemo(stage),
  listen: () => listening.toggle(),
  listenBack: () => listening.back(),
  search: (stage) => openSearch(stage),
  keys: (stage) => stage.setOpen('keys'),
  read: ({ desk }) => {
    desk.setView({ isReading: !desk.view.isReading });
    desk.say(desk.view.isReading ? words.text.reading : words.text.notReading);
  },
  larger: ({ desk }) => zoom(desk, desk.view.zoom + 1),
  smaller: ({ desk }) => zoom(desk, desk.view.zoom - 1),
  undo: ({ desk }) => void undo(desk),
  redo: ({ desk }) => void redo(desk),
  nextPane: (stage) => goToPane(stage, 1),
  lastPane: (stage) => goToPane(stage, -1),
};

/** Larger or smaller letters; what is chosen stays in view. */
function zoom(desk: Desk, wanted: number): void {
  desk.setView({ zoom: Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, wanted)) });
  if (desk.chosen !== null) desk.show({ ...desk.chosen });
}

function backToText(stage: Stage): void {
  stage.setPart('text');
  onceDrawn(focusText);
}

/** A memo on the passage that is chosen, if one is; else on what the page of memos shows. */
function toMemo(stage: Stage): void {
  const { desk, memos } = stage;
  stage.setPart('codes');
  const span = exactlyChosen(desk);
  if (span === null) return onceDrawn(focusMemo);
  // What is typed before it is there belongs into it, and must code nothing meanwhile.
  desk.isGoing = true;
  void memos.open({ kind: 'span', id: span.id }).then(() => {
    desk.isGoing = false;
    onceDrawn(() => (focusMemo() ? void pressKept(desk) : letNothingThrough()));
  });
}

/** The memo could not be read: what somebody goes on typing for it must not code the text. */
function letNothingThrough(): void {
  forgetKept();
  document.querySelector<HTMLElement>('.memo .kinds button')?.focus();
}

function focusMemo(): boolean {
  const field = document.querySelector<HTMLElement>('.memo textarea');
  field?.focus();
  return field !== null;
}

/** The one passage that is the chosen words, one's own before another's. */
function exactlyChosen(desk: Desk): Span | null {
  const at = chosenWords(desk);
  if (at === null) return null;
  const exact = spansHere(desk).filter((span) => span.start === at.start && span.end === at.end);
  return exact.findLast(({ author }) => author === desk.me) ?? exact.at(-1) ?? null;
}

/** After what was just changed is drawn, and before the next key. */
const onceDrawn = (then: () => unknown): void => queueMicrotask(then);

export function openSearch(stage: Stage): void {
  stage.setPart('transcripts');
  stage.setOpen('search');
  onceDrawn(() => document.querySelector<HTMLElement>('.search input')?.focus());
}

/** The passages at what is chosen: at the caret, or on any of the chosen words. */
export function spansHere(desk: Desk): Span[] {
  const { sheet, chosen } = desk;
  if (sheet === null || chosen === null) return [];
  const { start, end } = stretchOf(chosen);
  const found = isCaret(chosen) ? sheet.spans.touching(start === 0 ? 0 : start - 1, start + 1) : sheet.spans.touching(start, end);
  const shown = found.filter(({ author }) => desk.view.whose === null || author === desk.view.whose);
  return isCaret(chosen) ? shown.filter((span) => span.start <= start && span.end >= start) : shown;
}

/** Where the keys begin: at the first row in sight. */
function firstCaret(desk: Desk): Chosen {
  const reader = document.querySelector('.reader');
  const edge = reader?.getBoundingClientRect().top ?? 0;
  const row = [...(reader?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find((one) => one.getBoundingClientRect().bottom > edge + 4);
  const start = desk.sheet?.rows.list[Number(row?.dataset['row'] ?? 0)]?.start ?? 0;
  return { anchor: start, focus: start };
}

/** What a screen reader says of a choice: the words, then the codes on them. */
function spoken(desk: Desk, chosen: Chosen): string {
  const { sheet } = desk;
  if (sheet === null) return '';
  const { units, rows } = sheet;
  const { start, end } = stretchOf(isCaret(chosen) ? widen(units, chosen, 'word') : chosen);
  const text = rows.points.slice(start, end);
  const names = [...new Set(spansHere(desk).map(({ code }) => desk.book.get(code)?.name ?? ''))].filter(Boolean);
  const row = rows.list[rows.at(start)];
  const speaker = row?.opensTurn && row.start === start && row.turn?.speaker ? `${row.turn.speaker}: ` : '';
  const said = `${speaker}${text.length > MOST_SPOKEN ? `${text.slice(0, MOST_SPOKEN)}…` : text}`;
  return names.length > 0 ? `${said} ${words.text.codesHere(names.join(', '))}` : said;
}

function goToNeighbour(desk: Desk, way: 'back' | 'on'): void {
  const from = desk.chosen === null ? -1 : stretchOf(desk.chosen).start;
  const span = desk.sheet?.spans.neighbour(from, way) ?? null;
  if (span === null) return;
  desk.show({ anchor: span.start, focus: span.end });
  desk.say(spoken(desk, desk.chosen!));
}

/** With one passage here it is done at once; with several, a person says which: the first of these buttons is offered. */
function withOne(desk: Desk, buttons: string, doing: (span: Span) => void): void {
  if (desk.chosen === null) return;
  const { start, end } = stretchOf(desk.chosen);
  const may = spansHere(desk).filter((span) => mayTouch(desk, span));
  const own = may.filter(({ author }) => author === desk.me);
  // Who leads may touch everybody's, but a key means one's own where there is one.
  const mine = own.length > 0 ? own : may;
  const exact = mine.filter((span) => span.start === start && span.end === end);
  const only = mine.length === 1 ? mine[0] : exact.length === 1 ? exact[0] : undefined;
  if (only !== undefined) doing(only);
  else if (mine.length > 0) document.querySelector<HTMLElement>(`.here ${buttons}`)?.focus();
  else if (spansHere(desk).length > 0) desk.say(words.notYours);
}

export function startResizing(desk: Desk, span: Span): void {
  desk.resizing = span.id;
  desk.show({ anchor: span.start, focus: span.end });
  desk.say(words.here.resizing(desk.book.get(span.code)?.name ?? ''));
  focusText();
}

export function keepEnds(desk: Desk): void {
  const span = desk.resizing === null ? null : (desk.sheet?.spans.get(desk.resizing) ?? null);
  const at = chosenWords(desk);
  desk.resizing = null;
  if (span !== null && at !== null) void resize(desk, span, at);
  desk.bell.ring('chosen');
  focusText();
}

const startOf = (chosen: Chosen): Chosen => ({ anchor: stretchOf(chosen).start, focus: stretchOf(chosen).start });

/** One step back: out of moving ends, then out of what is chosen, then out of reading. */
export function letGo(desk: Desk): void {
  const span = desk.resizing === null ? null : (desk.sheet?.spans.get(desk.resizing) ?? null);
  desk.resizing = null;
  if (span !== null) desk.choose({ anchor: span.start, focus: span.end });
  else if (desk.view.isReading) desk.setView({ isReading: false });
  else if (desk.chosen !== null) desk.choose(startOf(desk.chosen));
  focusText();
}

const PANES = ['.top button, .top a', '.transcripts a, .transcripts button', '.reader', '.here button', '.codes [tabindex="0"], .codes input', '.memo textarea'];

/** F6 goes round the parts of the screen. */
function goToPane(stage: Stage, by: 1 | -1): void {
  const active = document.activeElement;
  const found = PANES.map((pane) => [...document.querySelectorAll<HTMLElement>(pane)].find((one) => one.checkVisibility()));
  const roots = ['.top', '.transcripts', '.reader', '.here', '.codes', '.memo'];
  const here = roots.findIndex((root) => active?.closest(root));
  for (let n = 1; n <= PANES.length; n += 1) {
    const next = found[(here + by * n + 2 * PANES.length) % PANES.length];
    if (next === undefined) continue;
    stage.setOpen(null);
    return next.focus();
  }
}

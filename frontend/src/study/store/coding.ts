/** Coding: putting codes on passages, moving their ends, taking them off; and undoing any of it. */
import { isCaret, stretchOf } from '../core/moving';
import { fold, type Code } from '../core/codes';
import { freeLook } from '../core/palette';
import type { Span } from '../core/spans';
import type { Stretch } from '../core/units';
import { studyWords as words } from '../../words/study';
import { newId, Refused } from './api';
import { newCode } from './codebook';
import type { Desk, Remedy } from './desk';
import { codeOf, type WireChanges, type WireSpan } from './shapes';
import { refused, send } from './verbs';
import { readCodes, refreshSoon, resync } from './reading';

/** What is chosen, without blanks at its ends; null when that is nothing. */
export function chosenWords(desk: Desk): Stretch | null {
  const { sheet, chosen } = desk;
  if (sheet === null || chosen === null || isCaret(chosen)) return null;
  const { start, end } = stretchOf(chosen);
  const text = sheet.rows.points.slice(start, end);
  const from = start + (text.length - text.trimStart().length);
  const to = end - (text.length - text.trimEnd().length);
  return to > from ? { start: from, end: to } : null;
}

/** One's own passage with this code on exactly these words. */
export function alike(desk: Desk, code: string, { start, end }: Stretch): Span | null {
  const found = desk.sheet?.spans.touching(start, end) ?? [];
  return found.find((one) => one.code === code && one.start === start && one.end === end && one.author === desk.me) ?? null;
}

/** Puts a code on the chosen words. */
export async function codeChosen(desk: Desk, code: Code): Promise<void> {
  const at = chosenWords(desk);
  const { sheet } = desk;
  if (at === null || sheet === null || !desk.mayCode) return desk.say(words.chooseFirst);
  desk.used(code.id);
  if (alike(desk, code.id, at) !== null) return desk.say(words.bearsAlready(code.name));
  const span: Span = { id: newId(), code: code.id, ...at, author: desk.me, at: Math.floor(Date.now() / 1000) };
  desk.apply([span], []);
  desk.say(words.coded(code.name));
  const body = { id: span.id, document: sheet.id, code: code.id, ...at, version: sheet.version };
  const act = { label: words.acts.code(code.name), on: { put: [span], gone: [] }, back: { put: [], gone: [span.id] } };
  const answer = await send<{ span?: WireSpan }>(desk, [span.id], { asking: 'POST', path: 'spans', body }, act);
  tookInstead(desk, span, answer?.span);
}

/** The server's own row in place of the one shown; it may be another one, put there a moment ago elsewhere. */
function tookInstead(desk: Desk, shown: Span, stored: WireSpan | undefined): void {
  if (stored === undefined) return;
  if (stored[0] !== shown.id) desk.apply([], [shown.id]);
  desk.takeChanges({ spans: [stored] });
}

/** Takes a code off a passage. */
export async function uncode(desk: Desk, span: Span): Promise<void> {
  const name = desk.book.get(span.code)?.name ?? '';
  if (!mayTouch(desk, span)) return desk.say(words.notYours);
  desk.apply([], [span.id]);
  desk.say(words.uncoded(name));
  const act = { label: words.acts.uncode(name), on: { put: [], gone: [span.id] }, back: { put: [span], gone: [] } };
  await send(desk, [span.id], { asking: 'DELETE', path: `spans/${span.id}`, body: {} }, act);
}

/** Gives a passage new ends. */
export async function resize(desk: Desk, span: Span, { start, end }: Stretch): Promise<void> {
  if (start >= end || (start === span.start && end === span.end)) return;
  if (!mayTouch(desk, span)) return desk.say(words.notYours);
  const moved = { ...span, start, end };
  const name = desk.book.get(span.code)?.name ?? '';
  desk.apply([moved], []);
  desk.say(words.resized(name));
  const act = { label: words.acts.resize(name), on: { put: [moved], gone: [] }, back: { put: [span], gone: [] } };
  await send(desk, [span.id], { asking: 'PATCH', path: `spans/${span.id}`, body: { start, end, version: desk.sheet?.version } }, act);
}

/** The words themselves become the name of a new code, put on them. */
export async function inVivo(desk: Desk): Promise<void> {
  const at = chosenWords(desk);
  const { sheet } = desk;
  if (at === null || sheet === null || !desk.mayCode) return desk.say(words.chooseFirst);
  const said = sheet.rows.points.slice(at.start, at.end).replace(/\s+/g, ' ');
  const known = desk.book.list.find(({ name }) => fold(name) === fold(said));
  if (known !== undefined) return await codeChosen(desk, known);
  const look = freeLook(desk.book.list);
  const code = codeOf({ id: newId(), name: said, position: desk.book.children(null).length, ...look });
  const span: Span = { id: newId(), code: code.id, ...at, author: desk.me, at: Math.floor(Date.now() / 1000) };
  desk.setCodes([...desk.book.list, code]);
  desk.apply([span], []);
  desk.used(code.id);
  desk.say(words.coded(said));
  const body = { document: sheet.id, ...at, version: sheet.version, code_id: code.id, span_id: span.id, ...look };
  const answer = await send<{ code?: Code; span?: WireSpan }>(
    desk, [span.id, code.id], { asking: 'POST', path: 'codes/in-vivo', body }, { label: words.acts.inVivo(said), on: null, back: null },
  );
  tookInstead(desk, span, answer?.span);
  if (answer?.code !== undefined && answer.code.id !== code.id) await resync(desk);
}

/** A new code, made for the chosen words. */
export async function codeAnew(desk: Desk, name: string): Promise<void> {
  const code = newCode(desk, name, null);
  if (code !== null && chosenWords(desk) !== null) await codeChosen(desk, code);
}

export const mayTouch = (desk: Desk, span: Span): boolean =>
  desk.mayCode && (span.author === desk.me || desk.overview?.me.role === 'lead');

interface Undone {
  entry: { id: number; original: number; said: string };
  changes?: WireChanges;
}

/** `before`: goes on to an act older than this entry, which somebody else has changed since. */
export async function undo(desk: Desk, before?: number): Promise<void> {
  await turnBack(desk, 'undo', before);
}

export async function redo(desk: Desk): Promise<void> {
  await turnBack(desk, 'redo');
}

/** Shows it at once where it is known, and asks the server, which knows also what was done before this page was opened. */
async function turnBack(desk: Desk, verb: 'undo' | 'redo', before?: number): Promise<void> {
  if (!desk.mayCode) return;
  const act = verb === 'undo' ? desk.acts.undo() : desk.acts.redo();
  const change = verb === 'undo' ? act?.back : act?.on;
  if (change) desk.apply(change.put, change.gone);
  desk.bell.ring('acts');
  const ids = change ? [...change.put.map(({ id }) => id), ...change.gone] : [];
  try {
    const answer = await desk.holding(ids, desk.outbox.send<Undone>({ asking: 'POST', path: verb, body: before === undefined ? {} : { before }, isOnce: true }));
    desk.setTrouble(null);
    const { entry, changes = {} } = answer;
    desk.entry = Math.max(desk.entry, entry.id);
    const isThat = act?.entry === undefined || act.entry === entry.original;
    const label = isThat && act !== null ? act.label : entry.said;
    desk.say(verb === 'undo' ? words.undone(label) : words.redone(label));
    desk.takeChanges(changes);
    if (!isThat) await tookAnother(desk);
    if (changes.memos) desk.bell.ring('memos');
    refreshSoon(desk);
    if (changes.codes) await readCodes(desk);
  } catch (why) {
    await refused(desk, why, remedyFor(desk, verb, why));
  }
}

/** Something done meanwhile on another page was turned back instead, so what was shown at once is not true. */
async function tookAnother(desk: Desk): Promise<void> {
  desk.acts.forget();
  desk.bell.ring('acts');
  await resync(desk);
}

/** Somebody else went on from this act, so it stays; the one before it may still be undone. */
function remedyFor(desk: Desk, verb: 'undo' | 'redo', why: unknown): Remedy | null {
  const entry = why instanceof Refused && why.code === 'changed_since' && verb === 'undo' ? why.more['entry'] : null;
  return typeof entry === 'number' ? { face: words.undoBefore, run: () => void undo(desk, entry) } : null;
}

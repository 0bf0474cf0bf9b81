/** Where a reader stands when the room opens: at the first new message, and never moved once they have a hand on it. */
import { beforeEach, expect, it } from 'vitest';
import type { TalkView } from '../model';
import { Standing } from './standing';

let standing: Standing;
let key = 0;

beforeEach(() => {
  standing = new Standing(`talk ${String(key++)}`, () => undefined);
});

/** Messages `from` up to (not with) `to`, new from `first` on. */
function talk(from: number, to: number, first: number | null, isCaughtUp = true): TalkView {
  const rows = Array.from({ length: to - from }, (_, i) => `message ${String(from + i)}`);
  return {
    count: rows.length, isReady: true, isCaughtUp, firstNew: first === null ? null : first - from,
    idAt: (row) => rows[row] ?? '', at: () => null, indexOf: (id) => rows.indexOf(id),
  };
}

/** Is this message among what is drawn now? */
function isDrawn(view: TalkView, message: number): boolean {
  const { from, to } = standing.range();
  const row = view.indexOf(`message ${String(message)}`);
  return row >= from && row < to;
}

function take(view: TalkView): TalkView {
  standing.take(view);
  return view;
}

it('at the first new message, however many there are', () => {
  const view = take(talk(0, 400, 100));
  expect([isDrawn(view, 100), isDrawn(view, 399), standing.offer]).toEqual([true, false, 'newest']);
});

it('at the end where nothing is new', () => {
  const view = take(talk(0, 400, null));
  expect([isDrawn(view, 399), standing.offer]).toEqual([true, null]);
});

it('at the first new one also when the server tells of it a moment later', () => {
  take(talk(0, 400, null, false));
  const view = take(talk(0, 480, 400));
  expect([isDrawn(view, 400), isDrawn(view, 479)]).toEqual([true, false]);
});

it('but not once somebody has a hand on it: then one touch leads there', () => {
  take(talk(0, 400, null, false));
  standing.touched();
  const view = take(talk(0, 480, 400));
  expect([isDrawn(view, 400), isDrawn(view, 479), standing.offer]).toEqual([false, true, 'first-new']);
  standing.toFirstNew();
  expect([isDrawn(view, 400), standing.offer]).toEqual([true, 'newest']);
});

it('nor when something is said later, while somebody follows the talk', () => {
  take(talk(0, 400, null));
  const view = take(talk(0, 430, 400));
  expect([isDrawn(view, 429), isDrawn(view, 400)]).toEqual([true, false]);
});

it('on a new device, where the newest come first, at the first of all once those before it have come', () => {
  take(talk(340, 400, 340, false));
  const part = take(talk(140, 400, 141, false));
  expect([isDrawn(part, 141), isDrawn(part, 399)]).toEqual([true, false]);
  const view = take(talk(0, 400, 50));
  expect([isDrawn(view, 50), isDrawn(view, 340), standing.offer]).toEqual([true, false, 'newest']);
});

it('and has read nothing of it as long as it may still be moved', () => {
  const row = { dataset: { row: 'message 345' }, getBoundingClientRect: () => ({ top: 40 }) };
  const scroller = { querySelectorAll: () => [row], getBoundingClientRect: () => ({ bottom: 800 }) };
  take(talk(340, 400, 340, false));
  Object.assign(standing, { scroller });
  expect(standing.lowest()).toBeNull();
  take(talk(0, 400, 50));
  expect(standing.lowest()).toBe('message 345');
});

it('but not once somebody reads there: they stay, and are offered the way', () => {
  take(talk(340, 400, 340, false));
  standing.touched();
  const view = take(talk(0, 400, 50));
  expect([isDrawn(view, 340), isDrawn(view, 50), standing.offer]).toEqual([true, false, 'first-new']);
});

it('offers the way to the first new one no more once it was in sight, also back from another screen', () => {
  const known = 'a talk gone back to';
  const view = talk(0, 400, 100);
  const scroller = { clientHeight: 800, scrollTop: 0, querySelectorAll: () => [], getBoundingClientRect: () => ({ top: 0 }) };
  standing = new Standing(known, () => undefined);
  Object.assign(standing, { scroller });
  standing.take(view);
  standing.range();
  standing.settle();
  standing.toEnd();
  expect(standing.offer).toBeNull();
  standing = new Standing(known, () => undefined);
  standing.take(view);
  standing.toEnd();
  expect(standing.offer).toBeNull();
});

import { expect, test } from 'vitest';
import { Api } from '../api';
import { Bell } from '../bell';
import { undo } from '../coding';
import { Desk } from '../desk';
import { placeIn } from '../going';
import type { Kept } from '../kept';
import type { Outbox } from '../outbox';
import { resync } from '../reading';
import type { WireSpan } from '../shapes';

const A = '6f1e7a52-3c0e-4a57-9a6e-2f1f6f0d5a01';
const B = '6f1e7a52-3c0e-4a57-9a6e-2f1f6f0d5a02';

/** A desk with one open transcript; nothing here sends or keeps. */
function open(spans: WireSpan[] = []): Desk {
  const desk = new Desk(new Api('/'), {} as Outbox, {} as Kept);
  desk.setSheet({ id: A, title: 'A1', text: 'We put the kettle on. 🫖\nAnd bread.', length: 34, version: 1, turns: [], recording: null }, spans);
  return desk;
}
const span = (id: string, start: number, end: number, document?: string): WireSpan =>
  document === undefined ? [id, 'tea', start, end, 'ana', 0] : [id, 'tea', start, end, 'ana', 0, document];

test('what the server tells of this transcript is shown, and of another one is not', () => {
  const desk = open([span('one', 0, 6)]);
  desk.takeChanges({ spans: [span('two', 3, 9, A), span('three', 0, 2, B)], spans_gone: ['one'] });
  expect(desk.sheet?.spans.all().map(({ id }) => id)).toEqual(['two']);
});

test('while one’s own act is on its way, older news about the same passage changes nothing', async () => {
  const desk = open([span('one', 0, 6)]);
  let arrive: (value: string) => void = () => undefined;
  const first = desk.holding(['one'], new Promise<string>((done) => (arrive = done)));
  const second = desk.holding(['one'], Promise.resolve(''));
  await second;
  desk.apply([{ id: 'one', code: 'tea', start: 2, end: 8, author: 'ana', at: 0 }], []);
  desk.takeChanges({ spans: [span('one', 0, 6)], spans_gone: ['one'] });
  expect(desk.sheet?.spans.get('one')?.start).toBe(2);
  arrive('');
  await first;
  desk.takeChanges({ spans: [span('one', 1, 6)] });
  expect(desk.sheet?.spans.get('one')?.start).toBe(1);
});

test('an answer that was under way while more was done is asked for again', async () => {
  const answers = [{ spans: [span('gone', 0, 6)], entry: 4 }, { spans: [span('kept', 7, 9)], entry: 5 }];
  const told: Record<string, () => unknown> = {
    [`documents/${A}`]: () => ({ version: 1 }),
    [`documents/${A}/spans`]: () => {
      desk.entry = 5; // meanwhile the server has answered what was done here
      return answers.shift();
    },
    codes: () => ({ codes: [], entry: 5 }),
    overview: () => ({ me: { id: 'ana', role: 'coder' } }),
  };
  const desk = new Desk({ get: async (path: string) => told[path]!() } as unknown as Api, { isEmpty: true } as Outbox, {} as Kept);
  desk.setSheet({ id: A, title: 'A1', text: 'We put the kettle on.', length: 21, version: 1, turns: [], recording: null }, []);
  await resync(desk);
  expect(desk.sheet?.spans.all().map(({ id }) => id)).toEqual(['kept']);
});

test('when more is on its way as the truth arrives, the truth is asked for again once that has arrived', async () => {
  const told: Record<string, unknown> = {
    [`documents/${A}`]: { version: 1 },
    [`documents/${A}/spans`]: { spans: [span('kept', 7, 9)], entry: 5 },
    codes: { codes: [], entry: 5 },
    overview: { me: { id: 'ana', role: 'coder' } },
  };
  const outbox = { isEmpty: true };
  const get = async (path: string) => {
    outbox.isEmpty = false; // a second act, such as going on to an older undo, is sent meanwhile
    return told[path];
  };
  const desk = new Desk({ get } as unknown as Api, outbox as Outbox, {} as Kept);
  desk.setSheet({ id: A, title: 'A1', text: 'We put the kettle on.', length: 21, version: 1, turns: [], recording: null }, []);
  await resync(desk);
  expect(desk.isDoubtful).toBe(true);
});

test('where the server undid something done on another page, the screen shows what is true and says what went', async () => {
  const told: Record<string, unknown> = {
    [`documents/${A}`]: { version: 1 },
    [`documents/${A}/spans`]: { spans: [span('one', 0, 6)], entry: 9 },
    codes: { codes: [], entry: 9 },
    overview: { me: { id: 'ana', role: 'coder' } },
  };
  const outbox = { isEmpty: true, send: async () => ({ entry: { id: 9, original: 7, said: 'made a theme · warmth' }, changes: {} }) };
  const desk = new Desk({ get: async (path: string) => told[path] } as unknown as Api, outbox as unknown as Outbox, {} as Kept);
  desk.setSheet({ id: A, title: 'A1', text: 'We put the kettle on.', length: 21, version: 1, turns: [], recording: null }, [span('one', 0, 6)]);
  desk.acts.did({ label: 'code “tea”', on: null, back: { put: [], gone: ['one'] }, entry: 5 });
  await undo(desk);
  expect(desk.sheet?.spans.all().map(({ id }) => id)).toEqual(['one']);
  expect(desk.said).toContain('made a theme · warmth');
  expect(desk.acts.next.undo).toBeNull();
});

test('who begins to listen late can tell that something was missed', () => {
  const bell = new Bell<'a' | 'b'>();
  const before = bell.count(['a', 'b']);
  bell.ring('b');
  expect(bell.count(['a', 'b'])).toBeGreaterThan(before);
  let heard = 0;
  const stop = bell.listen(['a'], () => (heard += 1));
  bell.ring('a');
  stop();
  bell.ring('a', 'b');
  expect(heard).toBe(1);
});

test('an address leads to a transcript, or to a passage in it', () => {
  expect(placeIn(`#${A}`)).toEqual({ document: A, at: null });
  expect(placeIn(`#${A}:12-40`)).toEqual({ document: A, at: { start: 12, end: 40 } });
  expect(placeIn('#elsewhere')).toBeNull();
});

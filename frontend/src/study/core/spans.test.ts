import { expect, test } from 'vitest';
import { rowsOf } from './rows';
import { runsOf } from './runs';
import { SpanBook, type Span } from './spans';
import { chance, type Chance } from './tests/chance';

const span = (id: string, start: number, end: number, code = 'tea'): Span => ({ id, code, start, end, author: 'ana', at: 0 });
const some = (random: Chance, n: number, length: number): Span => {
  const start = random(length - 1);
  return span(`s${n}`, start, start + 1 + random(Math.min(60, length - start - 1)), `c${random(5)}`);
};

test('finds what plain looking finds, after any putting and taking away', () => {
  const random = chance(17);
  const plain = new Map<string, Span>();
  const book = new SpanBook();
  for (let n = 0; n < 1500; n += 1) {
    if (random(4) === 0 && plain.size > 0) {
      const id = [...plain.keys()][random(plain.size)]!;
      plain.delete(id);
      expect(book.remove(id)?.id).toBe(id);
    } else {
      const one = some(random, random(300), 1000);
      plain.set(one.id, one);
      book.put(one);
    }
    const [start, end] = [random(1000), random(1000)].sort((a, b) => a - b) as [number, number];
    const wanted = [...plain.values()].filter((one) => one.start < end && one.end > start).map(({ id }) => id);
    expect(book.touching(start, end).map(({ id }) => id).sort()).toEqual(wanted.sort());
  }
  expect(book.size).toBe(plain.size);
  expect(book.countOf('c1')).toBe([...plain.values()].filter(({ code }) => code === 'c1').length);
});

test('two stripes that overlap never share a lane', () => {
  const random = chance(23);
  const book = new SpanBook(Array.from({ length: 400 }, (_, n) => some(random, n, 3000)));
  for (const one of book.all()) {
    for (const other of book.touching(one.start, one.end)) {
      if (other.id === one.id) continue;
      expect(book.placeOf(one.id).lane).not.toBe(book.placeOf(other.id).lane);
      expect(book.placeOf(one.id).band).not.toBe(book.placeOf(other.id).band);
    }
  }
  book.put(span('first', 0, 3000));
  expect(book.placeOf('first')).toEqual({ lane: 0, band: 0 });
});

test('one sentence after the other: the stripes part, the bands stay close to the words', () => {
  const book = new SpanBook([span('a', 0, 20), span('b', 21, 50), span('c', 51, 90)]);
  expect(['a', 'b', 'c'].map((id) => book.placeOf(id).band)).toEqual([0, 0, 0]);
  expect(new Set(['a', 'b', 'c'].map((id) => book.placeOf(id).lane)).size).toBe(3);
});

test('neighbours lead from passage to passage', () => {
  const book = new SpanBook([span('b', 30, 40), span('a', 3, 9)]);
  expect(book.neighbour(0, 'on')?.id).toBe('a');
  expect(book.neighbour(3, 'on')?.id).toBe('b');
  expect(book.neighbour(30, 'back')?.id).toBe('a');
  expect(book.neighbour(3, 'back')).toBeNull();
  expect(new SpanBook().touching(0, 10)).toEqual([]);
});

test('the pieces of a row are its text whole, each under what lies there', () => {
  const random = chance(29);
  const text = 'We put the kettle 🫖 on, and somebody always brings something to eat.';
  const row = rowsOf(text, []).list[0]!;
  for (let round = 0; round < 200; round += 1) {
    const spans = Array.from({ length: random(6) }, (_, n) => some(random, n, row.end));
    const [start, end] = [random(row.end), random(row.end)].sort((a, b) => a - b) as [number, number];
    const runs = runsOf(row, spans, { start, end });
    expect(runs.map((run) => run.text).join('')).toBe(text);
    for (const run of runs) {
      const wanted = spans.filter((one) => one.start <= run.start && one.end >= run.end);
      expect(run.spans).toEqual(wanted);
      expect(run.isChosen).toBe(start < end && start <= run.start && end >= run.end);
    }
  }
});

test('10,000 passages in 50,000 words are gathered and asked within a moment', () => {
  const random = chance(31);
  const spans = Array.from({ length: 10_000 }, (_, n) => some(random, n, 280_000));
  const started = performance.now();
  const book = new SpanBook(spans);
  for (let place = 0; place < 280_000; place += 280) book.touching(place, place + 200);
  book.placeOf('s1');
  expect(performance.now() - started).toBeLessThan(1000);
});

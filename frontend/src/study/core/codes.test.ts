import { expect, test } from 'vitest';
import { Acts } from './acts';
import { Codebook, type Code } from './codes';
import { COLOURS, freeLook, lookOf, PATTERNS } from './palette';

const code = (id: string, name: string, parent: string | null = null, position = 0): Code => ({
  id, parent, name, position, definition: '', include: '', exclude: '', example: '',
  colour: '#2a9d8f', pattern: 'solid', kind: 'code', count: 0,
});
const book = new Codebook([
  code('tea', 'food and tea', 'home', 1), code('home', 'Home', null, 2), code('rest', 'résting', 'home', 0),
  code('reg', 'regularity', null, 1), code('support', 'support'), code('supportive', 'supportive talk'), code('lost', 'lost', 'gone'),
]);

test('codes stand below the one they belong to, in their order; one whose parent is away stands at the top', () => {
  expect(book.branches.map(({ code: { id }, depth }) => `${depth} ${id}`)).toEqual([
    '0 lost', '0 support', '0 supportive', '0 reg', '0 home', '1 rest', '1 tea',
  ]);
  expect(book.path('tea')).toEqual(['Home', 'food and tea']);
  expect(book.isUnder('tea', 'home')).toBe(true);
  expect(book.isUnder('home', 'tea')).toBe(false);
  expect(book.shown(new Set(['home'])).map(({ code: { id } }) => id)).not.toContain('tea');
});

test('a few letters find a code, the likeliest first', () => {
  expect(book.find('sup').map(({ id }) => id)).toEqual(['support', 'supportive']);
  expect(book.find('RESTING').map(({ id }) => id)).toEqual(['rest']);
  expect(book.find('tea').map(({ id }) => id)).toEqual(['tea']);
  expect(book.find('home').map(({ id }) => id)).toEqual(['home', 'rest', 'tea']);
  expect(book.find('', ['tea'])[0]?.id).toBe('tea');
  expect(book.find('nothing')).toEqual([]);
  expect(book.named('Regularity ')?.id).toBe('reg');
  expect(book.named('regular')).toBeNull();
});

test('a ring of parents is no trap', () => {
  const ring = new Codebook([code('a', 'a', 'b'), code('b', 'b', 'a')]);
  expect(ring.isUnder('a', 'c')).toBe(false);
  expect(ring.path('a').length).toBe(2);
  expect(ring.branches).toEqual([]);
});

test('the first 64 codes all look different, in two signs', () => {
  const looks = Array.from({ length: COLOURS.length * PATTERNS.length }, (_, n) => lookOf(n));
  expect(new Set(looks.map(({ colour, pattern }) => colour + pattern)).size).toBe(64);
  for (let n = 1; n < looks.length; n += 1) {
    expect(looks[n]!.colour).not.toBe(looks[n - 1]!.colour);
    expect(looks[n]!.pattern).not.toBe(looks[n - 1]!.pattern);
  }
  expect(freeLook([lookOf(0), lookOf(2)])).toEqual(lookOf(1));
  expect(freeLook(looks)).toEqual(lookOf(0));
});

test('undo and redo name what they would do, and a new act ends what could be done again', () => {
  const acts = new Acts();
  acts.did({ label: 'one', back: null, on: null });
  acts.did({ label: 'two', back: null, on: null });
  expect(acts.undo()?.label).toBe('two');
  expect(acts.next).toEqual({ undo: 'one', redo: 'two' });
  expect(acts.redo()?.label).toBe('two');
  acts.undo();
  acts.did({ label: 'three', back: null, on: null });
  expect(acts.next).toEqual({ undo: 'three', redo: null });
  acts.forget();
  expect(acts.undo()).toBeNull();
});

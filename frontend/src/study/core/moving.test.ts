import { expect, test } from 'vitest';
import { isCaret, move, snap, stretchOf, widen, type Chosen, type Step, type Way } from './moving';
import { rowsOf } from './rows';
import { chance, mixedText } from './tests/chance';
import { Units } from './units';

const TEXT = 'It sounds daft. But I breathe out 🫖 there.\nWe text. The dog, mostly.';
const units = new Units(rowsOf(TEXT, []), 'en');
const said = (chosen: Chosen) => [...TEXT].slice(stretchOf(chosen).start, stretchOf(chosen).end).join('');
const at = (point: number): Chosen => ({ anchor: point, focus: point });
const walk = (from: Chosen, ...steps: [Step, Way, boolean?][]) =>
  steps.reduce((chosen, [step, way, extend]) => move(units, chosen, step, way, extend ?? false), from);

test('sentences are chosen whole, one after the other, into the next paragraph and back', () => {
  const first = walk(at(0), ['sentence', 'on']);
  expect(said(first)).toBe('It sounds daft.');
  const second = walk(first, ['sentence', 'on']);
  expect(said(second)).toBe('But I breathe out 🫖 there.');
  const third = walk(second, ['sentence', 'on']);
  expect(said(third)).toBe('We text.');
  expect(said(walk(third, ['sentence', 'back']))).toBe('But I breathe out 🫖 there.');
  expect(said(walk(third, ['sentence', 'on'], ['sentence', 'on'], ['sentence', 'on']))).toBe('The dog, mostly.');
});

test('from a caret the sentence around it is chosen, and from its end the next one', () => {
  expect(said(walk(at(4), ['sentence', 'on']))).toBe('It sounds daft.');
  expect(said(walk(at(4), ['sentence', 'back']))).toBe('It sounds daft.');
  expect(said(walk(at(15), ['sentence', 'on']))).toBe('But I breathe out 🫖 there.');
  expect(said(walk(at(15), ['sentence', 'back']))).toBe('It sounds daft.');
});

test('what is chosen grows by words and by sentences, and shrinks again', () => {
  const first = walk(at(0), ['sentence', 'on']);
  expect(said(walk(first, ['sentence', 'on', true]))).toBe('It sounds daft. But I breathe out 🫖 there.');
  const word = walk(first, ['word', 'on', true], ['word', 'on', true]);
  expect(said(word)).toBe('It sounds daft. But I');
  expect(said(walk(word, ['word', 'back', true], ['letter', 'back', true]))).toBe('It sounds daft. But');
});

test('the caret goes by word, letter, row and to the ends, and an emoji is one step', () => {
  expect(walk(at(0), ['word', 'on']).focus).toBe(2);
  expect(walk(at(2), ['word', 'back']).focus).toBe(0);
  const emoji = [...TEXT].indexOf('🫖');
  expect(walk(at(emoji), ['letter', 'on']).focus).toBe(emoji + 1);
  expect(walk(at(5), ['row', 'on']).focus).toBe([...TEXT].indexOf('\n'));
  expect(walk(at(5), ['text', 'on']).focus).toBe([...TEXT].length);
  expect(walk(at(50), ['text', 'back']).focus).toBe(0);
  expect(isCaret(walk(walk(at(0), ['sentence', 'on']), ['word', 'on']))).toBe(true);
});

test('a place widens to its word, its sentence, its paragraph', () => {
  expect(said(widen(units, at(4), 'word'))).toBe('sounds');
  expect(said(widen(units, at(4), 'sentence'))).toBe('It sounds daft.');
  expect(said(widen(units, at(4), 'paragraph'))).toBe(TEXT.split('\n')[0]);
  expect(said(widen(units, { anchor: 21, focus: 4 }, 'word'))).toBe('sounds daft. But I');
  expect(snap(units, 4)).toBe(3);
  expect(snap(units, 8)).toBe(9);
});

test('no key ever leads out of the text or into the middle of a letter', () => {
  const random = chance(3);
  const steps: Step[] = ['letter', 'word', 'sentence', 'paragraph', 'row', 'text'];
  for (let round = 0; round < 60; round += 1) {
    const text = mixedText(random, 50);
    const length = [...text].length;
    const here = new Units(rowsOf(text, []), 'en');
    let chosen = at(random(length + 1));
    for (let n = 0; n < 40; n += 1) {
      chosen = move(here, chosen, steps[random(steps.length)]!, random(2) ? 'on' : 'back', random(2) === 1);
      for (const end of [chosen.anchor, chosen.focus]) expect(end >= 0 && end <= length).toBe(true);
    }
  }
});

test('of several whole sentences the first is chosen, and what is chosen in part grows first', () => {
  const both = walk(at(0), ['sentence', 'on'], ['sentence', 'on', true]);
  expect(said(widen(units, both, 'sentence'))).toBe('It sounds daft.');
  expect(said(widen(units, widen(units, both, 'sentence'), 'sentence'))).toBe('It sounds daft.');
  const part = { anchor: 3, focus: 25 };
  expect(said(widen(units, part, 'sentence'))).toBe('It sounds daft. But I breathe out 🫖 there.');
});

import { expect, test } from 'vitest';
import { rowsOf, type Turn } from './rows';
import { chance, mixedText } from './tests/chance';

const turn = (start: number, end: number, speaker: string): Turn => ({ start, end, speaker, role: 'participant', seconds: null });

test('a paragraph is a row, and the first of a turn bears the speaker', () => {
  const text = 'Is there tea?\nThere is. 🫖\nAnd bread.\n\nGood.';
  const rows = rowsOf(text, [turn(0, 13, 'INT'), turn(14, 36, 'A2'), turn(38, 43, 'INT')]);
  expect(rows.list.map((row) => row.text)).toEqual(['Is there tea?', 'There is. 🫖', 'And bread.', 'Good.']);
  expect(rows.list.map((row) => row.turn?.speaker)).toEqual(['INT', 'A2', 'A2', 'INT']);
  expect(rows.list.map((row) => row.opensTurn)).toEqual([true, true, false, true]);
  expect(rows.at(14)).toBe(1);
  expect(rows.at(25)).toBe(1);
  expect(rows.at(37)).toBe(2);
  expect(rows.at(9999)).toBe(3);
});

test('whatever the text, a row holds what the text holds at its place', () => {
  const random = chance(11);
  for (let round = 0; round < 200; round += 1) {
    const text = mixedText(random, 60);
    const letters = [...text];
    const { list } = rowsOf(text, []);
    for (const row of list) expect(letters.slice(row.start, row.end).join('')).toBe(row.text);
    const inside = new Set(list.flatMap((row) => letters.slice(row.start, row.end)));
    for (const letter of letters) expect(letter.trim() === '' || inside.has(letter)).toBe(true);
  }
});

test('a paragraph longer than a screen is cut after sentences, and nothing of it is lost', () => {
  const text = 'We put the kettle on, and somebody brings something to eat. '.repeat(120).trim();
  const { list } = rowsOf(`${text}\nNext.`, []);
  expect(list.length).toBeGreaterThan(3);
  expect(list.filter((row) => row.paragraph === 0).map((row) => row.text).join('')).toBe(text);
  expect(list.slice(0, -1).map((row) => row.goesOn)).toEqual([false, ...list.slice(2).map(() => true)]);
  expect(list[1]!.text.startsWith('We put')).toBe(true);
  const unbroken = rowsOf('🫖'.repeat(3000), []).list;
  expect(unbroken.map((row) => row.text).join('')).toBe('🫖'.repeat(3000));
  expect(unbroken.every((row) => row.points.length === row.end - row.start)).toBe(true);
});

test('a text without turns or words has rows all the same', () => {
  expect(rowsOf('', []).list).toEqual([]);
  expect(rowsOf('\n \n', []).list).toEqual([]);
  expect(rowsOf('A note.', []).list[0]!.turn).toBeNull();
});

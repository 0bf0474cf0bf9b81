import { expect, test } from 'vitest';
import { lastAtMost, Points, pointsIn } from './points';
import { chance, mixedText } from './tests/chance';

test('both ways of counting agree with the language for any text, in both directions', () => {
  const random = chance(5);
  for (let round = 0; round < 300; round += 1) {
    const text = mixedText(random, 40);
    const points = new Points(text);
    const letters = [...text];
    expect(points.length).toBe(letters.length);
    expect(pointsIn(text)).toBe(letters.length);
    let unit = 0;
    letters.forEach((letter, point) => {
      expect(points.unit(point)).toBe(unit);
      expect(points.point(unit)).toBe(point);
      if (letter.length === 2) expect(points.point(unit + 1)).toBe(point);
      unit += letter.length;
    });
    const [start, end] = [random(letters.length + 1), random(letters.length + 1)].sort((a, b) => a - b);
    expect(points.slice(start!, end!)).toBe(letters.slice(start, end).join(''));
  }
});

test('a long text with emoji far apart is counted as quickly as it is short', () => {
  const text = `${'a'.repeat(3000)}🫖${'b'.repeat(5000)}🍞c`;
  const points = new Points(text);
  expect(points.length).toBe(8003);
  expect(points.unit(3001)).toBe(3002);
  expect(points.unit(8002)).toBe(8004);
  expect(points.point(8004)).toBe(8002);
});

test('what lies outside the text is one of its ends', () => {
  const points = new Points('a🍞');
  expect([points.unit(-1), points.unit(9), points.point(-1), points.point(9)]).toEqual([0, 3, 0, 2]);
  expect([lastAtMost([], 1), lastAtMost([2], 1), lastAtMost([1, 2], 2)]).toEqual([-1, -1, 1]);
});

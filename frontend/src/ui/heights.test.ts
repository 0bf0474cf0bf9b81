import { expect, test } from 'vitest';
import { Heights } from './heights';

test('offsets are the sums of the rows above', () => {
  const heights = new Heights([10, 20, 30]);
  expect([0, 1, 2, 3].map((row) => heights.offset(row))).toEqual([0, 10, 30, 60]);
  expect(heights.total).toBe(60);
});

test('a measured row moves all rows below it and none above', () => {
  const heights = new Heights(new Array<number>(1000).fill(50));
  heights.set(400, 90);
  expect(heights.offset(400)).toBe(20_000);
  expect(heights.offset(401)).toBe(20_090);
  expect(heights.total).toBe(50_040);
});

test('the row at a pixel is the one that covers it, also past both ends', () => {
  const heights = new Heights([10, 20, 30]);
  expect([-5, 0, 9, 10, 29, 30, 59, 60, 999].map((y) => heights.rowAt(y))).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 2]);
});

test('agrees with plain addition for any list of heights', () => {
  const rows = Array.from({ length: 777 }, (_, i) => 20 + ((i * 7919) % 160));
  const heights = new Heights(rows);
  let sum = 0;
  rows.forEach((height, row) => {
    expect(heights.offset(row)).toBe(sum);
    expect(heights.rowAt(sum)).toBe(row);
    sum += height;
  });
});

test('only the rows in sight and a few spare ones are drawn', () => {
  const heights = new Heights(new Array<number>(10_000).fill(100));
  expect(heights.between(500_000, 500_640, 3)).toEqual({ from: 4997, to: 5010 });
  expect(heights.between(0, 640, 3)).toEqual({ from: 0, to: 10 });
  expect(new Heights([]).between(0, 640, 3)).toEqual({ from: 0, to: 0 });
});

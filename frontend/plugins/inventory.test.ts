/** The page of what the server can see holds every line of the data inventory but row numbers. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tables } from '../../docs/data-inventory.md';

const page = readFileSync(new URL('../../docs/data-inventory.md', import.meta.url), 'utf8');

it('leaves nothing out', () => {
  const lines = page.split('\n').filter((line) => /^\| \w+\.\w+\.\w+ \|/.test(line));
  const kept = Object.values(tables).flat();
  const numbers = lines.filter((line) => /^\| \S+\.id \| /.test(line));
  expect(kept.length).toBeGreaterThanOrEqual(lines.length - numbers.length);
  expect(kept.every((column) => column.length === 3 && column.every((cell) => cell.trim() !== ''))).toBe(true);
});

it('knows what is sealed as the inventory does', () => {
  const sealed = page.split('\n').filter((line) => line.includes('| sealed |')).length;
  expect(Object.values(tables).flat().filter(([, reader]) => reader === 'sealed').length).toBe(sealed);
});

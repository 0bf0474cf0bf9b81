/** The room words come folded, and unfold to the list that every client has. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { WORDS } from '../calm-list';

it('unfolds the list to the last letter', () => {
  const file = new URL('../../../../protocol/vectors/room-words.json', import.meta.url);
  expect(WORDS).toEqual((JSON.parse(readFileSync(file, 'utf8')) as { words: string[] }).words);
});

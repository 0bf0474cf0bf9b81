import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Each word as how many letters it shares with the one before, and its rest: they are sorted, so most of each is shared. */
function folded(words: readonly string[]): string {
  return words
    .map((word, i) => {
      const before = words[i - 1] ?? '';
      let shared = 0;
      while (shared < 9 && shared < before.length && word[shared] === before[shared]) shared++;
      return `${shared}${word.slice(shared)}`;
    })
    .join('');
}

/** Sends the list of room words folded, which is 0.7 KB less to fetch, and unfolds it where it is used. */
export function wordList(): Plugin {
  return {
    name: 'word-list',
    enforce: 'post',
    transform: {
      filter: { id: /\/room-words\.json$/ },
      handler(_, id) {
        const { words } = JSON.parse(readFileSync(id, 'utf8')) as { words: string[] };
        return `let last = ''; const unfold = (part) => (last = last.slice(0, part[0]) + part.slice(1));
          export const words = /* @__PURE__ */ ${JSON.stringify(folded(words))}.match(/\\d\\D+/g).map(unfold);`;
      },
    },
  };
}

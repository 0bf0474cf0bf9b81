import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** A stored column as members read it: what it is, who can read it, when it is deleted. */
export type Column = readonly [what: string, reader: string, until: string];

const ROW = /^\| (\w+\.\w+)\.\w+ \| (.+) \| (.+) \| (.+) \|$/;
/** Numbers that only say which row it is. */
const NUMBERED = /^(?:row )?number$|^row number\b/;

/** The tables of `docs/data-inventory.md`, in its order, each with its columns. */
export function tablesOf(page: string): Record<string, Column[]> {
  const tables: Record<string, Column[]> = {};
  for (const line of page.split('\n')) {
    const [, table, what, reader, until] = ROW.exec(line.trim()) ?? [];
    if (table === undefined || what === undefined || reader === undefined || until === undefined) continue;
    if (!NUMBERED.test(what)) (tables[table] ??= []).push([what, reader, until]);
  }
  return tables;
}

/** Brings the data inventory into the page that shows it, so that the two cannot drift apart. */
export function inventory(): Plugin {
  return {
    name: 'inventory',
    enforce: 'pre',
    load: {
      filter: { id: /\/data-inventory\.md$/ },
      handler(id) {
        return `export const tables = ${JSON.stringify(tablesOf(readFileSync(id, 'utf8')))};`;
      },
    },
  };
}

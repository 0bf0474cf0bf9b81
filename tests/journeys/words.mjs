// Prints every sentence of the inside as JSON; a sentence with gaps has them as {0}, {1}.
import { rolldown } from 'rolldown';

const bundle = await rolldown({ input: 'src/words/en.ts', logLevel: 'silent' });
const { output } = await bundle.generate({ format: 'esm' });
const { words } = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);

const gap = (_, n) => `{${n}}`;
function said(value) {
  if (typeof value === 'function') {
    try {
      return value(...Array.from({ length: value.length }, gap));
    } catch {
      return null;
    }
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, said(inner)]));
}
console.log(JSON.stringify(said(words)));

// Prints every sentence and every screen of the inside as JSON; a sentence with gaps has them as {0}, {1}.
import { rolldown } from 'rolldown';

const entry = '\0words';
const source = `export { words } from '/src/words/en.ts'; export { sentences } from '/src/words/en/troubles.ts';
  export { knowTroubles } from '/src/words/en/troubles-later.ts';
  export { speaking } from '/src/words/en/speaking.ts';
  export { voice } from '/src/words/en/voice.ts';
  export { unanswered } from '/src/words/en/unanswered.ts';
  export { SCREENS } from '/src/inside/screens.ts';`;
const both = {
  name: 'both',
  resolveId: (id) => (id === entry ? id : id.startsWith('/src/') ? `${process.cwd()}${id}` : null),
  load: (id) => (id === entry ? source : null),
};
const bundle = await rolldown({ input: entry, plugins: [both], logLevel: 'silent' });
const { output } = await bundle.generate({ format: 'esm' });
const made = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);

made.knowTroubles();

// Stands for a text, or for an object of details.
const gap = (_, n) => Object.assign(new String(`{${n}}`), { part: '{part}', seconds: 60 });
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
console.log(JSON.stringify(said({ ...made.words, speaking: made.speaking, voice: made.voice, unanswered: made.unanswered, trouble: made.sentences, screens: made.SCREENS })));

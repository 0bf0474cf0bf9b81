/** What the build makes of the sentences says the same as before. */
import { expect, it } from 'vitest';
import { areasOf, moduleOf, named, takeApart } from './sentences.ts';

const COMMON = "const two = 2;\nexport const common = { back: 'Back', doors: { today: 'Today' } };\nexport const notices = { away: 'No connection' };";
const ROOM = "export const room = { send: 'Send', box: { left: (n) => `${n} of ${room.send}`, label: 'Say' }, kinds: { 'been-there': 'x' }, get all() { return 1; } };";
const AREA = "export const area = { title: 'Area', inner: { deep: { lead: 'Lead' }, list: ['a', 'b'] }, by: (who) => `by ${who}` };";
const files = new Map([['common', COMMON], ['room', ROOM], ['area', AREA]]);
const areas = new Map([...files].flatMap(([file, code]) => areasOf(file, code)));

const plain = (code: string) => code.replaceAll(/^import .*$/gm, '').replaceAll('export ', '');
const inside = (code: string) => `return (() => { ${plain(code)}\nreturn result; })();`;
const WHOLE = 'const words = { ...common, notices, room, area };';

const PART = /import \{ (\S+) as (\S+) \} from "\w+(\?part=)?/g;

/** The value of a sentence that is a module by itself, from its code and that of what it fetches. */
function alone(name: string): string {
  const code = moduleOf(name, areas);
  const fetched = [...code.matchAll(/import \{ (\S+) \}/g)].map(([, one = '']) => `const ${one} = ${alone(one)};`);
  return `(() => { ${fetched.join('\n')}\n${plain(code)}\nreturn ${name}; })()`;
}

/** The value of `result`, as written and as the build has it. */
function both(code: string): [unknown, unknown] {
  const files_ = [...files.values()];
  const before = `${files_.map(plain).join('\n')}\n${WHOLE}\n${inside(code)}`;
  const made = named(code, areas);
  const aliases = [...made.matchAll(PART)].map(([, name = '', alias, isAlone]) => `const ${alias} = ${isAlone ? alone(name) : name};`);
  const after = `${files_.map(takeApart).map(plain).join('\n')}\n${WHOLE}\n${aliases.join('\n')}\n${inside(made)}`;
  const run = (body: string): unknown => new Function(body)();
  return [run(before), run(after)];
}

it.each([
  'const result = [words.back, words.doors.today, words.notices.away, words.area.inner.deep.lead.length, words.area.by(words.back)];',
  "const text = words.area; const result = [text.title, text.inner.list[1], text['title'], ((text) => text.title)({ title: 'own' })];",
  "const text = words.area; const result = (() => { const text = words.doors; return [text.today, { text }]; })().concat(text.inner.deep.lead, JSON.stringify({ text }));",
  "const { inner, title } = words.area; const f = ({ title: other = title }) => other; const result = [inner.deep.lead, f({}), { title }];",
  "const kind = 'today'; const result = [words.doors[kind], words?.back, words.room.kinds['been-there'], words.room.all, words.room.box.left(3)];",
  "const area = { title: 'own' }; const result = [words.area[area.title] ?? area.title, words.area['title'], Object.keys(words.area)];",
  "const result = []; for (const text of [words.back]) { result.push(text); } try { throw words.area; } catch (words) { result.push(words.title); }",
  "class Words { back = words.back; words() { return this.back; } } const result = [new Words().words(), typeof words, { back: words.back }.back];",
])('says the same: %s', (code) => {
  const [before, after] = both(`import { words } from '../words/en';\n${code}`);
  expect(after).toEqual(before);
});

it('leaves neither the path nor the object behind where one sentence is asked for', () => {
  const made = named("import { words } from '../words/en';\nconst text = words.area.inner;\nexport const a = text.deep.lead;\nexport function f({ on = words.back }) { return on; }", areas);
  expect(made).toContain('a = words$area$inner$deep$lead');
  expect(made).toContain('{ on = words$common$back }');
});

it('makes a sentence that speaks of nothing beside it a module of its own', () => {
  const made = named("import { words } from '../words/en';\nexport const a = [words.area.by, words.area.inner, words.room.box.left, words.room.send];", areas);
  expect(made).toContain('from "area?part=area$by"');
  expect(made).toContain('from "area?part=area$inner"');
  expect(made).toContain('from "room";');
  expect(moduleOf('area$inner', areas)).toContain('import { area$inner$deep } from "area?part=area$inner$deep"');
});

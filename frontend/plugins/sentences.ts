/**
 * Takes `words` apart for the build: where a screen says `words.room.send`, it gets that one sentence under a name of
 * its own. So the paths are not fetched, nor a sentence that nobody shows: 2.3 KB after gzip. What is asked for by a
 * computed name stays in one piece. See docs/decisions/0016.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAst, transformWithOxc, type Plugin } from 'vite';
import { eachNode, edited, type Edit, type Names, type Node } from './syntax.ts';

const FOLDER = fileURLToPath(new URL('../src/words/en/', import.meta.url));
/** Puts the areas together; whoever needs it whole still gets it. */
const WHOLE = fileURLToPath(new URL('../src/words/en.ts', import.meta.url));
/** What stands in `words` itself comes from here, everything else under the name of its area. */
const COMMON = 'common';
/** A sentence by itself is a module, so that it comes with the part of the app that shows it: `group.ts?part=group$title`. */
const PART = '?part=';

interface Area {
  file: string;
  tree: Node;
  /** As the file stands; `tree` has its places. */
  code: string;
  /** What else the file declares: whoever speaks of it stays beside it. */
  beside: readonly string[];
}

/** Only a plain object is taken apart: no spread, no method, no key that could not be a name. */
function isPlain(node: Node): boolean {
  const plain = (one: Node) => one.type === 'Property' && one.kind === 'init' && !one.computed && !one.method && one.key.type === 'Identifier';
  return node?.type === 'ObjectExpression' && node.properties.every(plain);
}

const member = (node: Node, key: string): Node | undefined => node.properties.find((one: Node) => one.key.name === key)?.value;

/** The constants that a file of sentences exports. */
export function constantsOf(code: string): { statement: Node; name: string; tree: Node }[] {
  const statements: Node[] = parseAst(code).body;
  return statements
    .filter(({ type, declaration }) => type === 'ExportNamedDeclaration' && declaration?.type === 'VariableDeclaration')
    .map((statement) => ({ statement, name: statement.declaration.declarations[0].id.name, tree: statement.declaration.declarations[0].init }));
}

/** `export const` for each sentence and each object of sentences below this one, the innermost first. */
function apart(name: string, tree: Node, code: string): string[] {
  const inner = tree.properties.flatMap(({ key, value }: Node) =>
    isPlain(value) ? apart(`${name}$${key.name}`, value, code) : [`export const ${name}$${key.name} = ${code.slice(value.start, value.end)};`],
  );
  const whole = tree.properties.map(({ key }: Node) => `${key.name}: ${name}$${key.name}`);
  return [...inner, `export const ${name} = { ${whole.join(', ')} };`];
}

export function takeApart(code: string): string {
  const plain = constantsOf(code).filter(({ tree }) => isPlain(tree));
  return edited(code, plain.map(({ statement: { start, end }, name, tree }) => ({ start, end, text: apart(name, tree, code).join('\n') })));
}

/** The areas of one file, by name. */
export function areasOf(file: string, code: string): [string, Area][] {
  const declared = (statement: Node) => (statement.declaration ?? statement).declarations?.map(({ id }: Node) => id.name) ?? [(statement.declaration ?? statement).id?.name];
  const imported = (statement: Node) => statement.specifiers?.map(({ local }: Node) => local.name) ?? [];
  const beside = parseAst(code).body.flatMap((statement: Node) => [...declared(statement), ...imported(statement)]);
  return constantsOf(code).map(({ name, tree }) => [name, { file, tree, code, beside }]);
}

/** Can this stand by itself, without anything else of its file? */
function isAlone(tree: Node, beside: readonly string[]): boolean {
  let alone = true;
  const see = (node: Node, names: Names<never>) => {
    alone &&= node.type !== 'Identifier' || names[node.name] === null || !beside.includes(node.name);
    return true;
  };
  eachNode<never>(tree, { see, declare: () => null }, { __proto__: null } as unknown as Names<never>);
  return alone;
}

/** The module of one sentence, or of an object of them. */
export function moduleOf(name: string, areas: Areas): string {
  const [top = '', ...path] = name.split('$');
  const { file, tree, code } = areas.get(top)!;
  const node = path.reduce((at: Node, key) => member(at, key), tree);
  const written = (one: Node) => code.slice(one.start, one.end);
  if (!isPlain(node)) return `export const ${name} = ${written(node)};`;
  const own = node.properties.filter(({ value }: Node) => value.type !== 'Literal').map(({ key }: Node) => `${name}$${key.name}`);
  const imports = own.map((one: string) => `import { ${one} } from ${JSON.stringify(`${file}${PART}${one}`)};`);
  const pairs = node.properties.map(({ key, value }: Node) => `${key.name}: ${value.type === 'Literal' ? written(value) : `${name}$${key.name}`}`);
  return `${imports.join('\n')}\nexport const ${name} = { ${pairs.join(', ')} };`;
}

/** How far a path leads: the name of what is there, whether that is an object, and the node where the path ends. */
interface Found {
  name: string;
  file: string;
  isWhole: boolean;
  end: Node;
}

/** A path into `words`, from its beginning. */
type Path = readonly string[];
type Areas = ReadonlyMap<string, Area>;

/** Where a path from `words` begins: in an area of that name, or among what is common. Nothing else is a sentence of ours. */
function whole(areas: Areas, path: Path): Path | null {
  const [first = ''] = path;
  if (areas.has(first)) return path;
  return member(areas.get(COMMON)!.tree, first) ? [COMMON, ...path] : null;
}

function find(areas: Areas, node: Node, names: Names<Path>): Found | null {
  const above: Node[] = [];
  let root = node;
  for (; root.type === 'MemberExpression' && !root.computed && !root.optional; root = root.object) above.unshift(root);
  const base = root.type === 'Identifier' ? names[root.name] : null;
  const path = base ? whole(areas, [...base, ...above.map((one) => one.property.name as string)]) : null;
  if (path === null) return null;
  const { file, tree: top, beside } = areas.get(path[0]!)!;
  let [tree, depth] = [top, 1];
  for (let next; isPlain(tree) && (next = member(tree, path[depth] ?? '')) !== undefined; depth++) tree = next;
  const name = path.slice(0, depth).join('$');
  const place = isAlone(tree, beside) ? `${file}${PART}${name}` : file;
  return { name, file: place, isWhole: isPlain(tree), end: above.at(depth - path.length - 1) ?? root };
}

/** A screen's code, where instead of each path into `words` the sentence's own name stands. */
export function named(code: string, areas: Areas): string {
  const program: Node = parseAst(code);
  const from = program.body.find((node: Node) => node.type === 'ImportDeclaration' && node.source.value.endsWith('words/en'));
  if (from === undefined) return code;
  const wanted = new Map<string, string>();
  const edits: Edit[] = [];
  const see = (node: Node, names: Names<Path>) => {
    const found = find(areas, node, names);
    if (found === null) return true;
    wanted.set(found.name, found.file);
    edits.push({ start: found.end.start, end: found.end.end, text: `words$${found.name}` });
    return false;
  };
  const declare = (init: Node, names: Names<Path>) => {
    const found = find(areas, init, names);
    return found?.isWhole && found.end === init ? found.name.split('$') : null;
  };
  eachNode<Path>(program, { see, declare }, { __proto__: null, [from.specifiers[0].local.name]: [] } as Names<Path>);
  const imports = [...wanted].map(([name, file]) => `import { ${name} as words$${name} } from ${JSON.stringify(file)};`);
  return `${imports.join('\n')}\n${edited(code, edits)}`;
}

export function sentences(): Plugin {
  const areas = new Map<string, Area>();
  return {
    name: 'sentences',
    apply: 'build',
    enforce: 'post',
    async buildStart() {
      for (const name of readdirSync(FOLDER)) {
        const { code } = await transformWithOxc(readFileSync(FOLDER + name, 'utf8'), name);
        for (const [area, found] of areasOf(FOLDER + name, code)) areas.set(area, found);
      }
    },
    resolveId: { filter: { id: /\?part=/ }, handler: (id) => id },
    load: { filter: { id: /\?part=/ }, handler: (id) => ({ code: moduleOf(id.slice(id.indexOf(PART) + PART.length), areas), moduleSideEffects: false }) },
    transform: {
      filter: { id: /\/src\/.*\.tsx?$/ },
      handler(code, id) {
        const made = id.startsWith(FOLDER) ? takeApart(code) : named(code, areas);
        return id === WHOLE ? { code: made, moduleSideEffects: false } : made;
      },
    },
  };
}

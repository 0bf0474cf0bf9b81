/** Just enough of a syntax tree (ESTree, with positions) to follow names and to put others in their place. */
// A node has whatever fields its type has.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Node = any;

export interface Edit {
  start: number;
  end: number;
  text: string;
}

export function edited(code: string, edits: readonly Edit[]): string {
  let [made, at] = ['', 0];
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    made += code.slice(at, start) + text;
    at = end;
  }
  return made + code.slice(at);
}

/** What a name stands for at one place; null: something of that place's own. Inner places see the outer ones' names. */
export type Names<T> = Record<string, T | null>;

export interface Visit<T> {
  /** Whether to go into this node. */
  see(node: Node, names: Names<T>): boolean;
  /** What a new variable stands for. */
  declare(init: Node, names: Names<T>): T | null;
}

const PLACES = /^(?:.*Function.*|BlockStatement|For.*|CatchClause|SwitchStatement)$/;

/** Names that a pattern gives: of parameters and variables, also taken out of an object or a list. */
function given(pattern: Node): string[] {
  if (pattern === null) return [];
  if (pattern.type === 'Identifier') return [pattern.name];
  return [pattern.elements ?? pattern.properties ?? pattern.value ?? pattern.argument ?? pattern.left].flat().flatMap(given);
}

/** The fields with code in them: what only gives a name, or is one of a property's, is none. */
function fieldsOf(node: Node): Node[] {
  if (node.type === 'Property' && node.shorthand) return [node.value.right ?? null];
  const isName = (field: string) => field === 'id' || ((field === 'property' || field === 'key') && !node.computed);
  return Object.entries(node).flatMap(([field, value]) => (isName(field) ? [] : (value as Node)));
}

/** Goes through the code in reading order, with what each name stands for where it is read. */
export function eachNode<T>(node: Node, visit: Visit<T>, outer: Names<T>): void {
  if (typeof node?.type !== 'string' || node.type.startsWith('Import') || !visit.see(node, outer)) return;
  const names = PLACES.test(node.type) ? (Object.create(outer) as Names<T>) : outer;
  for (const one of [...(node.params ?? []), node.param ?? null].flatMap(given)) names[one] = null;
  for (const field of fieldsOf(node)) eachNode(field, visit, names);
  const whole = node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init ? visit.declare(node.init, outer) : null;
  for (const one of given(node.id ?? null)) outer[one] = whole;
}

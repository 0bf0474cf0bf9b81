/** The codebook as a tree, and finding a code by a few letters. */
export interface Code {
  id: string;
  parent: string | null;
  name: string;
  definition: string;
  include: string;
  exclude: string;
  example: string;
  colour: string;
  pattern: string;
  kind: 'code' | 'category';
  position: number;
  /** Passages in the whole study. */
  count: number;
}

/** A code at its place in the tree; depth 0 is the top. */
export interface Branch {
  code: Code;
  depth: number;
  hasUnder: boolean;
  /** Its place among its siblings, from 1, and how many they are. */
  nth: number;
  of: number;
}

export class Codebook {
  private readonly byId: Map<string, Code>;
  private readonly under = new Map<string | null, Code[]>();
  /** All codes, each below the one it belongs to. */
  readonly branches: readonly Branch[];

  constructor(readonly list: readonly Code[]) {
    this.byId = new Map(list.map((code) => [code.id, code]));
    for (const code of [...list].sort((one, other) => one.position - other.position || plain(one.name, other.name))) {
      const parent = code.parent !== null && this.byId.has(code.parent) ? code.parent : null;
      this.under.set(parent, [...(this.under.get(parent) ?? []), code]);
    }
    this.branches = this.grow(null, 0, new Set());
  }

  get(id: string): Code | null {
    return this.byId.get(id) ?? null;
  }

  children(id: string | null): readonly Code[] {
    return this.under.get(id) ?? [];
  }

  /** Names from the top down to this one. */
  path(id: string): string[] {
    const names: string[] = [];
    const seen = new Set<string>();
    for (let code = this.get(id); code !== null && !seen.has(code.id); code = code.parent === null ? null : this.get(code.parent)) {
      seen.add(code.id);
      names.unshift(code.name);
    }
    return names;
  }

  /** Whether `id` is `above`, or stands somewhere under it. */
  isUnder(id: string, above: string): boolean {
    const seen = new Set<string>();
    for (let at: string | null = id; at !== null && !seen.has(at); at = this.get(at)?.parent ?? null) {
      if (at === above) return true;
      seen.add(at);
    }
    return false;
  }

  /** The tree with the folded ones' children left out. */
  shown(folded: ReadonlySet<string>): readonly Branch[] {
    const hidden = (code: Code): boolean => {
      const parent = code.parent === null ? null : this.get(code.parent);
      return parent !== null && (folded.has(parent.id) || hidden(parent));
    };
    return folded.size === 0 ? this.branches : this.branches.filter(({ code }) => !hidden(code));
  }

  /** Codes for what was typed, the likeliest first; all of them, lately used first, when nothing was. */
  find(typed: string, lately: readonly string[] = []): Code[] {
    const wanted = fold(typed).split(' ').filter(Boolean);
    const recent = (code: Code) => {
      const at = lately.indexOf(code.id);
      return at < 0 ? lately.length : at;
    };
    return this.branches
      .map(({ code }, order) => ({ code, order, worth: this.worth(code, wanted) }))
      .filter(({ worth }) => worth > 0)
      .sort((one, other) => other.worth - one.worth || recent(one.code) - recent(other.code) || one.order - other.order)
      .map(({ code }) => code);
  }

  /** The code with this very name, whatever its capitals. */
  named(name: string): Code | null {
    const wanted = fold(name);
    return this.list.find((code) => fold(code.name) === wanted) ?? null;
  }

  /** 0 when a word is nowhere; more for the name's beginning than for its middle, and for the name than for its path. */
  private worth(code: Code, wanted: readonly string[]): number {
    const name = fold(code.name);
    if (wanted.length === 0) return 1;
    const whole = fold(this.path(code.id).join(' '));
    if (!wanted.every((word) => whole.includes(word))) return 0;
    if (name.startsWith(wanted.join(' '))) return 4;
    if (wanted.every((word) => ` ${name}`.includes(` ${word}`))) return 3;
    return wanted.every((word) => name.includes(word)) ? 2 : 1;
  }

  private grow(parent: string | null, depth: number, seen: Set<string>): Branch[] {
    const siblings = this.children(parent).filter(({ id }) => !seen.has(id));
    return siblings.flatMap((code, n) => {
      seen.add(code.id);
      const hasUnder = this.children(code.id).length > 0;
      const branch = { code, depth, hasUnder, nth: n + 1, of: siblings.length };
      return [branch, ...this.grow(code.id, depth + 1, seen)];
    });
  }
}

const plain = (one: string, other: string) => one.localeCompare(other);

/** Without capitals, accents and spare blanks. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

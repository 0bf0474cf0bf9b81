/** What a room holds, once its messages are open: rows by place, who heard what, what was taken back. */
import type { Place } from '../inside/model';
import { toBase64, type Content, type Id } from '../protocol';
import type { KeptMessage, Read } from './feed-entries';
import { Gaps, type Gap, type Rules } from './feed-gaps';

export interface Row {
  hash: Id;
  position: number;
  author: Id;
  place: Place;
  time: number;
  text: string;
  note: string | null;
  want: number;
  reply: Id | null;
  /** How long what was spoken takes, in thousandths of a second; null where it was written. */
  ms: number | null;
  /** Where something was and is gone without a word. */
  isMissing: boolean;
}

/** Written, or spoken with a line of words: their first five fields are the same. */
type Said = Extract<Content, { type: 'say' | 'voice' }>;

export function rowFrom({ hash, position, author, content }: Pick<Read, 'hash' | 'position' | 'author'> & { content: Said }): Row {
  const [place, reply, note, want, text] = content.rest;
  const ms = content.type === 'voice' ? content.rest[7] : null;
  const where: Place = place === 'everyday' ? 'everyday' : 'room';
  const replyTo = reply === null ? null : toBase64(reply);
  return { hash, position, author, place: where, time: content.time, text, note, want, reply: replyTo, ms, isMissing: false };
}

function missingRow({ position, at, hash }: Gap): Row {
  return { hash, position, author: '', place: 'room', time: at, text: '', note: null, want: 0, reply: null, ms: null, isMissing: true };
}

/** Merges rows that are in order into rows that are in order. */
function merge(held: readonly Row[], fresh: readonly Row[]): Row[] {
  const [first, last] = [fresh[0], fresh.at(-1)];
  if (first === undefined || last === undefined) return [...held];
  if ((held.at(-1)?.position ?? -1) < first.position) return [...held, ...fresh];
  if (last.position < (held[0]?.position ?? 0)) return [...fresh, ...held];
  return [...held, ...fresh].sort((a, b) => a.position - b.position);
}

export class Folded {
  readonly rows: Record<Place, Row[]> = { room: [], everyday: [] };
  readonly byHash = new Map<Id, Row>();
  /** Target → who hears it → by which message. */
  readonly hears = new Map<Id, Map<Id, Id>>();
  readonly decisions: Read[] = [];
  /** Everything that was opened, by its hash. */
  readonly held = new Map<Id, Read>();
  /** Hashes of what is gone in a known way. */
  readonly gone = new Map<Id, KeptMessage>();
  /** From before this person came: never theirs to read, and not missing. */
  readonly excused = new Set<Id>();
  /** Pieces of what was spoken: their own hash → whose and which it is of. */
  readonly pieces = new Map<Id, string>();
  private readonly takenBack = new Map<Id, Set<Id>>();
  private readonly said = new Map<Id, Read[]>();
  readonly gaps = new Gaps();
  private readonly missing = new Map<Id, Row>();

  /** Answers with the rows that look different now. */
  fold(reads: readonly Read[]): void {
    const rows: Record<Place, Row[]> = { room: [], everyday: [] };
    for (const read of [...reads].sort((a, b) => a.position - b.position)) {
      this.held.set(read.hash, read);
      this.gaps.heard(read);
      this.found(read.hash);
      const said = this.said.get(read.author);
      if (said === undefined) this.said.set(read.author, [read]);
      else said.push(read);
      this.one(read, rows);
    }
    for (const place of ['room', 'everyday'] as const) this.rows[place] = merge(this.rows[place], rows[place]);
  }

  private one(read: Read, rows: Record<Place, Row[]>): void {
    const { content, author, hash } = read;
    if (content.type === 'say' || content.type === 'voice') {
      const row = rowFrom({ ...read, content });
      rows[row.place].push(row);
      this.byHash.set(hash, row);
    } else if (content.type === 'hear') {
      const target = toBase64(content.rest[0]);
      const by = this.hears.get(target) ?? new Map<Id, Id>();
      this.hears.set(target, by.set(author, hash));
    } else if (content.type === 'take-back') {
      const target = toBase64(content.rest[0]);
      this.takenBack.set(target, (this.takenBack.get(target) ?? new Set()).add(author));
    } else if (content.type === 'voice-part') {
      this.pieces.set(hash, `${author} ${toBase64(content.rest[0])}`);
    } else if (content.type !== 'later') this.decisions.push(read);
  }

  isTakenBack(hash: Id, author: Id): boolean {
    return this.takenBack.get(hash)?.has(author) ?? false;
  }

  /** Who hears a message and has not taken that back. */
  heardBy(hash: Id): Id[] {
    const by = this.hears.get(hash);
    if (by === undefined) return [];
    return [...by].filter(([author, hear]) => !this.isTakenBack(hear, author)).map(([author]) => author);
  }

  /** Hashes of what this person said, oldest first. */
  saidBy(author: Id): Id[] {
    const said = this.said.get(author) ?? [];
    return [...said].sort((a, b) => a.position - b.position).map(({ hash }) => hash);
  }

  newestBy(author: Id): Read | null {
    const said = this.said.get(author) ?? [];
    return said.reduce<Read | null>((newest, read) => (newest === null || read.position > newest.position ? read : newest), null);
  }

  /** Something that is no longer there: taken back, faded, or gone without a word. */
  lose(kept: KeptMessage): void {
    if (kept.hash === null) return;
    this.gone.set(kept.hash, kept);
    this.gaps.lost(kept);
  }

  /** Looks for what is missing once all is read, and again when something came; answers whether rows have changed. */
  findMissing(rules: Rules): boolean {
    const gaps = this.gaps.find({
      has: (hash) => this.held.has(hash) || this.excused.has(hash),
      hole: (hash) => this.gone.get(hash),
      isTakenBack: (hash, author) => (author === null ? this.takenBack.has(hash) : this.isTakenBack(hash, author)),
    }, rules);
    const still = new Set(gaps.map(({ hash }) => hash));
    const over = [...this.missing.keys()].filter((hash) => !still.has(hash));
    for (const hash of over) this.found(hash);
    const fresh = gaps.filter(({ hash }) => !this.missing.has(hash)).map(missingRow).sort((a, b) => a.position - b.position);
    for (const row of fresh) {
      this.missing.set(row.hash, row);
      this.byHash.set(row.hash, row);
    }
    this.rows.room = merge(this.rows.room, fresh);
    return over.length + fresh.length > 0;
  }

  /** No longer missing. */
  private found(hash: Id): void {
    const row = this.missing.get(hash);
    if (row === undefined) return;
    this.missing.delete(hash);
    this.byHash.delete(hash);
    this.rows.room = this.rows.room.filter((other) => other !== row);
  }

  /** Messages that stand elsewhere now: after a copy of the server was put back. */
  move(places: ReadonlyMap<Id, number>): void {
    for (const [hash, position] of places) {
      for (const one of [this.held.get(hash), this.byHash.get(hash)]) if (one !== undefined) one.position = position;
    }
    for (const place of ['room', 'everyday'] as const) this.rows[place] = [...this.rows[place]].sort((a, b) => a.position - b.position);
  }

  /** Drops a message that has faded. */
  forget(hash: Id): void {
    const row = this.byHash.get(hash);
    this.held.delete(hash);
    this.byHash.delete(hash);
    this.pieces.delete(hash);
    if (row !== undefined) this.rows[row.place] = this.rows[row.place].filter((other) => other !== row);
  }
}

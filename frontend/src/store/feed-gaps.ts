/**
 * What must have been in a room and is not (P26, P61): messages that others name, as the one before theirs, as what
 * they were written after, replied to or heard; and holes that nobody's take-back explains.
 */
import { toBase64, type Bytes, type Id } from '../protocol';
import type { KeptMessage, Read } from './feed-entries';

/** What a room knows of a message besides its name. */
export interface Known {
  /** Here, or never this person's to read. */
  has(hash: Id): boolean;
  hole(hash: Id): KeptMessage | undefined;
  /** By its author, where that is known, or by anyone. */
  isTakenBack(hash: Id, author: Id | null): boolean;
}

export interface Rules {
  /** Places up to here were asked for. */
  upTo: number;
  /** Was the author here before this person? Then what they name may be from before their time. */
  isOlder(read: Read): boolean;
  mayHaveFaded(at: number): boolean;
}

export interface Gap {
  hash: Id;
  position: number;
  at: number;
  author: Id | null;
}

const PART = 400;

export class Gaps {
  /** Not looked at yet: what is before them may still come. */
  private reads: Read[] = [];
  private holes: KeptMessage[] = [];
  private readonly wanted = new Map<Id, Gap>();
  private readonly firsts = new Map<string, number>();

  heard(read: Read): void {
    this.reads.push(read);
    const stream = streamOf(read);
    this.firsts.set(stream, Math.min(this.firsts.get(stream) ?? Infinity, read.message.counter));
  }

  lost(hole: KeptMessage): void {
    this.holes.push(hole);
  }

  /** What is missing now, as far as was looked: a part at a time, so that a long room does not stand still. */
  find(known: Known, rules: Rules): Gap[] {
    for (const read of this.nextPart(rules.upTo)) {
      const { at, position } = read;
      for (const [hash, author] of this.named(read, rules)) this.want({ hash, author, at, position: position - 0.5 });
    }
    for (const { hash, position, at } of this.holes) if (hash !== null) this.want({ hash, position, at, author: null });
    this.holes = [];
    for (const gap of this.wanted.values()) if (isExplained(gap, known, rules)) this.wanted.delete(gap.hash);
    return [...this.wanted.values()];
  }

  /** Is there more to look at? */
  isBehind(upTo: number): boolean {
    return this.reads.some(({ position }) => position <= upTo);
  }

  private nextPart(upTo: number): Read[] {
    const part: Read[] = [];
    const rest: Read[] = [];
    for (const read of this.reads) (part.length < PART && read.position <= upTo ? part : rest).push(read);
    this.reads = rest;
    return part;
  }

  private want(gap: Gap): void {
    const known = this.wanted.get(gap.hash);
    const position = Math.min(known?.position ?? Infinity, gap.position);
    this.wanted.set(gap.hash, { ...gap, position, author: gap.author ?? known?.author ?? null });
  }

  /** Each with whose it must be. What was written after others' words names only what everyone here can open. */
  private *named(read: Read, { isOlder }: Rules): Generator<[Id, Id | null]> {
    const { message, author, content } = read;
    const mayBeEarlier = isOlder(read);
    const isFirst = this.firsts.get(streamOf(read)) === message.counter;
    if (message.prev !== null && !(mayBeEarlier && isFirst)) yield [toBase64(message.prev), author];
    if (content.type === 'later') return;
    for (const hash of content.after) yield [toBase64(hash), null];
    const target = answered(read);
    if (target !== null && !mayBeEarlier) yield [toBase64(target), null];
  }
}

/** What this replies to or hears. What somebody takes back is theirs, and explained by that. */
function answered({ content }: Read): Bytes | null {
  if (content.type === 'say' || content.type === 'voice') return content.rest[1];
  return content.type === 'hear' ? content.rest[0] : null;
}

function streamOf({ author, message }: Read): string {
  return `${author} ${toBase64(message.stream)}`;
}

function isExplained({ hash, author }: Gap, known: Known, { mayHaveFaded }: Rules): boolean {
  const hole = known.hole(hash);
  const hasFaded = hole?.gone === 'faded' && mayHaveFaded(hole.at);
  return known.has(hash) || hasFaded || known.isTakenBack(hash, author);
}

/** Opening messages: acceptance first, then the seal, and nothing is shown before both hold. */
import {
  acceptAt, closingEpoch, EMPTY, epochs, Failure, fromBase64, isFailure, openMessage, readEnvelope, Streams, toBase64,
  type Envelope, type FailureCode, type Id, type Member, type Moment,
} from '../protocol';
import type { KeptMessage, Read } from './feed-entries';
import type { GroupKeys } from './group-keys';
import type { LogBook } from './log-book';

/**
 * `later`: its head is not known here yet. `not-for-me`: from before this member came. Refused and excused: it came,
 * and by the list of those who closed somebody's words it is not shown.
 */
type Outcome = Read | 'later' | 'not-for-me' | 'known' | { refused: FailureCode; isExcused: boolean };

/** What became of several, in the order in which they came. */
export interface Sorted {
  reads: Read[];
  /** Here already. */
  again: KeptMessage[];
  later: KeptMessage[];
  holes: KeptMessage[];
  /** Never to be shown to this person, and not missing. */
  excused: Id[];
  refused: FailureCode[];
}

export class Opener {
  readonly streams = new Streams();
  private readonly lists = new Map<Id, ReadonlySet<Id>>();

  constructor(
    private readonly book: LogBook,
    private readonly keys: GroupKeys,
  ) {}

  async openAll(kept: readonly KeptMessage[]): Promise<Sorted> {
    const outcomes = await Promise.all(kept.map((one) => this.open(one)));
    const sorted: Sorted = { reads: [], again: [], later: [], holes: [], excused: [], refused: [] };
    kept.forEach((one, i) => sort(one, outcomes[i] ?? 'known', sorted));
    return sorted;
  }

  private async open(kept: KeptMessage): Promise<Outcome> {
    if (kept.envelope === null) return 'known';
    try {
      return await this.judge(kept, readEnvelope(kept.envelope));
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      if (wrong.code === 'unknown_head') return 'later';
      const isListed = wrong.code === 'after_removal' && this.lists.has(toBase64(readEnvelope(kept.envelope).author));
      return { refused: wrong.code, isExcused: isListed };
    }
  }

  private async judge(kept: KeptMessage, message: Envelope): Promise<Outcome> {
    const { author, moment } = acceptAt(this.book.log, message);
    if (moment.epoch === null || !this.keys.isFor(moment.epoch)) return 'not-for-me';
    if (this.streams.check(message, moment) === 'known') return 'known';
    this.checkClosed(kept, message);
    const key = await this.keys.of(moment.epoch);
    if (key === null) return { refused: 'bad_box', isExcused: false };
    const { content, contentBytes } = await openMessage(key, author, message);
    return this.taken(kept, message, moment, author, { content, contentBytes });
  }

  private taken(
    { position, at }: KeptMessage,
    message: Envelope,
    moment: Moment,
    author: Member,
    opened: Pick<Read, 'content' | 'contentBytes'>,
  ): Outcome {
    // Opening takes a moment: the same message may have come in twice meanwhile.
    if (this.streams.check(message, moment) === 'known') return 'known';
    this.streams.take(message, moment);
    return { position, at, hash: toBase64(message.hash), author: toBase64(author.id), ...withoutSound({ message, ...opened }) };
  }

  /** Of someone who is gone, only what was listed or was here before is shown. */
  private checkClosed(kept: KeptMessage, message: Envelope): void {
    const closing = closingEpoch(this.book.log, message.author);
    if (closing === null || kept.logLength <= closing.seq) return;
    if (!this.listOf(toBase64(message.author)).has(toBase64(message.hash))) throw new Failure('after_removal');
  }

  private listOf(author: Id): ReadonlySet<Id> {
    const known = this.lists.get(author);
    if (known !== undefined) return known;
    for (const epoch of this.book.log.epochs.values()) {
      const hash = epoch.closed.get(author);
      const bytes = hash === undefined ? null : this.book.attachment(hash);
      if (bytes === null) continue;
      const list = new Set(epochs.readList(epoch, fromBase64(author), bytes).map(toBase64));
      this.lists.set(author, list);
      return list;
    }
    return new Set();
  }
}

/** A minute of sound is much for a phone to hold: it is opened again when somebody plays it. */
function withoutSound(opened: Pick<Read, 'message' | 'content' | 'contentBytes'>): typeof opened {
  const { content, message } = opened;
  if (content.type !== 'voice-part') return opened;
  const [voice, at] = content.rest;
  return { message: { ...message, sealed: EMPTY }, contentBytes: EMPTY, content: { ...content, rest: [voice, at, EMPTY] } };
}

function sort(one: KeptMessage, outcome: Outcome, sorted: Sorted): void {
  if (one.envelope === null) sorted.holes.push(one);
  else if (outcome === 'known') sorted.again.push(one);
  else if (outcome === 'later') sorted.later.push(one);
  else if (outcome === 'not-for-me') sorted.excused.push(toBase64(readEnvelope(one.envelope).hash));
  else if ('refused' in outcome) {
    sorted.refused.push(outcome.refused);
    if (outcome.isExcused) sorted.excused.push(toBase64(readEnvelope(one.envelope).hash));
  } else sorted.reads.push(outcome);
}

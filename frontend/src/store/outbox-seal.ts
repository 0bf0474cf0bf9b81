/** Sealing what is to be sent, each message into this page's own stream behind the one before it; and opening it again. */
import { Trouble } from '../inside/trouble';
import {
  isFailure, openMessage, random, readEnvelope, sealMessage, toBase64, type Bytes, type Content, type Header, type Id,
} from '../protocol';
import type { GroupKeys } from './group-keys';
import type { LogBook } from './log-book';
import type { Stored } from './outbox-store';

export interface Waiting extends Stored {
  hash: Id;
  content: Content;
  contentBytes: Bytes;
  keep: boolean;
}

export class Sealing {
  private stream = random(16);
  private counter = 0;
  private prev: Bytes | null = null;

  constructor(
    private readonly book: LogBook,
    private readonly keys: GroupKeys,
    /** Hash of this person's newest message that the server has. */
    private readonly lastKnown: () => Bytes | null,
  ) {}

  /** Nothing that was sealed is named by what comes. */
  fresh(): void {
    this.stream = random(16);
    this.counter = 0;
  }

  /** One at a time: each names the one before it. */
  async seal(content: Bytes, keep: boolean): Promise<Bytes> {
    const newest = await this.keys.newest();
    const head = this.book.log.head;
    if (newest === null || head === null) throw new Trouble('unverified');
    const prev = this.counter === 0 ? this.lastKnown() : this.prev;
    const at = { circle: this.book.circle, epoch: newest.epoch.id, head: head.id, author: this.book.key.member };
    const header: Header = { ...at, stream: this.stream, counter: this.counter, prev, id: random(16), keep };
    const envelope = await sealMessage(newest.key, this.book.key.sign, header, content);
    this.counter += 1;
    this.prev = readEnvelope(envelope).hash;
    return envelope;
  }

  /** What an earlier page sealed; null where it does not open here. */
  async open(stored: Stored): Promise<Waiting | null> {
    const message = readEnvelope(stored.envelope);
    const epoch = this.book.log.epochs.get(toBase64(message.epoch));
    const key = epoch === undefined ? null : await this.keys.of(epoch);
    if (key === null) return null;
    for (const mine of this.book.keys) {
      try {
        const { content, contentBytes } = await openMessage(key, mine, message);
        return { ...stored, hash: toBase64(message.hash), content, contentBytes, keep: message.keep };
      } catch (wrong) {
        if (!isFailure(wrong)) throw wrong;
      }
    }
    return null;
  }
}

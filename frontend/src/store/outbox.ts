/**
 * What was written and is not yet taken by the server. The sealed envelope is stored before it is first sent,
 * and sent again byte for byte, so that nothing is lost and nothing said twice. One tab sends at a time.
 */
import { Cell } from '../inside/watched';
import { Trouble } from '../inside/trouble';
import {
  fromBase64, keeps, random, readContent, readEnvelope, toBase64, type Bytes, type Content, type ContentType, type Epoch,
  type Id, type Rest,
} from '../protocol';
import type { GroupKeys } from './group-keys';
import type { Hold } from './hold';
import { Turns } from './hold';
import type { LogBook } from './log-book';
import { Sealing, type Waiting } from './outbox-seal';
import { OutboxStore, type Stored } from './outbox-store';
import { written, writtenAnew } from './outbox-words';
import { isFinal, Refused } from './refusals';

/** Content as it is once it is known when, and after what, it is said. */
export type Write = (time: number, after: readonly Bytes[]) => Bytes;

export interface Accepted {
  position: number;
  at: number;
  envelope: Bytes;
  row: Id;
  hash: Id;
}

const AGAIN_MS = [1000, 2000, 5000, 10_000, 30_000];

export class Outbox {
  readonly waiting = new Cell<readonly Waiting[]>([]);
  onAccepted: (accepted: Accepted) => Promise<void> = () => Promise.resolve();
  /** Called before sending when someone left since the newest epoch. */
  rotate: () => Promise<void> = () => Promise.resolve();
  /** Hash of this person's newest message that the server has. */
  lastKnown: () => Bytes | null = () => null;
  /** Others' messages that are here, for the words to be sealed under this epoch. */
  writtenAfter: (epoch: Epoch) => readonly Bytes[] = () => [];
  /** Where words go that will never be taken: back to whoever wrote them. */
  onReturned: (content: Content) => Promise<void> = () => Promise.resolve();
  private readonly sealedAnew = new Set<Id>();
  private order = 0;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Sealing: one message after the other, so that each names the one before it. */
  private readonly turns = new Turns();
  private readonly sending = new Turns();
  private readonly store: OutboxStore;
  private readonly sealing: Sealing;

  constructor(
    private readonly hold: Hold,
    private readonly book: LogBook,
    keys: GroupKeys,
  ) {
    this.store = new OutboxStore(hold, book.id);
    this.sealing = new Sealing(book, keys, () => this.lastKnown());
  }

  /** What an earlier page, or another tab, left. */
  async load(): Promise<void> {
    await this.turns.take(() => this.reload());
  }

  private async reload(): Promise<void> {
    const known = new Map(this.waiting.get().map((item) => [item.row, item]));
    const items: Waiting[] = [];
    for (const one of await this.store.all([...known.values()])) {
      const item = known.get(one.row);
      const same = item !== undefined && toBase64(item.envelope) === toBase64(one.envelope);
      if (same && one.tried === true) item.tried = true;
      const open = same ? item : await this.sealing.open(one);
      if (open !== null) items.push(open);
    }
    this.order = Math.max(this.order, ...items.map(({ order }) => order + 1));
    this.waiting.set(items);
  }

  /** Seals, stores, and lets it go when it can. */
  async put<T extends ContentType>(type: T, rest: Rest<T>, keep = keeps(type)): Promise<void> {
    await this.putInARow([(time, after) => written(type, time, after, rest)], keep);
  }

  /** The same for several that belong together: they stand in this device's store all or none, and nothing comes between. */
  async putInARow(all: readonly Write[], keep = false): Promise<void> {
    const time = this.hold.clock.now();
    await this.turns.take(async () => {
      const items: Waiting[] = [];
      try {
        for (const write of all) items.push(await this.sealed(write(time, this.after()), keep));
        await this.store.keep(...items);
      } catch (wrong) {
        // What could not be stored never leaves, so nothing may name it as the message before.
        this.sealing.fresh();
        throw wrong;
      }
      this.waiting.set([...this.waiting.get(), ...items]);
    });
    void this.flush();
  }

  private async sealed(contentBytes: Bytes, keep: boolean): Promise<Waiting> {
    const envelope = await this.sealing.seal(contentBytes, keep);
    const row = toBase64(readEnvelope(envelope).hash);
    const content = readContent(contentBytes, keep);
    return { row, circle: this.book.id, order: this.nextOrder(), envelope, hash: row, content, contentBytes, keep };
  }

  private after(): readonly Bytes[] {
    const { epoch } = this.book.log;
    return epoch === null ? [] : this.writtenAfter(epoch);
  }

  /** Later tabs and pages come after earlier ones, and two tabs never take the same place. */
  private nextOrder(): number {
    this.order = Math.max(this.order + 1, Date.now() * 64 + (random(1)[0] ?? 0) % 64);
    return this.order;
  }

  /**
   * Takes back what waits; answers whether it was still here. What has not left yet does not leave. What may be with
   * the server already, or stands before such, is taken back for everyone by words of its own behind it.
   */
  async drop(row: Id): Promise<boolean> {
    if (!this.waiting.get().some((other) => other.row === row)) return false;
    return await this.alone(async () => {
      if (this.hold.drawer.lasts) await this.load();
      const item = this.waiting.get().find((other) => other.row === row);
      if (item === undefined) return false;
      if (this.waiting.get().some(({ order, tried }) => tried === true && order >= item.order)) {
        if (!this.isTakenBack(item.hash)) await this.put('take-back', [fromBase64(item.hash)], item.keep);
        return true;
      }
      await this.done(item);
      await this.sealAnew(item.order);
      return true;
    });
  }

  private isTakenBack(hash: Id): boolean {
    return this.waiting.get().some(({ content }) => content.type === 'take-back' && toBase64(content.rest[0]) === hash);
  }

  /** One tab at a time, one piece of work at a time. Writing goes on meanwhile: only sending waits for this. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    if (!this.hold.drawer.lasts) return await this.sending.take(work);
    return (await navigator.locks.request(`outbox ${this.book.id}`, work)) as T;
  }

  private async done(item: Stored): Promise<void> {
    await this.store.remove(item);
    this.waiting.set(this.waiting.get().filter((other) => other.row !== item.row));
  }

  /** Sends what waits, in order; another tab may be at it already. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    try {
      await this.alone(() => this.sendAll());
      this.failures = 0;
    } catch (wrong) {
      const wait = AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)];
      this.failures += 1;
      if (wrong instanceof Trouble && wrong.code === 'unverified') return;
      this.timer = setTimeout(() => void this.flush(), wait);
    }
  }

  private async sendAll(): Promise<void> {
    if (this.hold.drawer.lasts) await this.load();
    for (let item = this.waiting.get()[0]; item !== undefined; item = this.waiting.get()[0]) {
      if (this.book.isForked) throw new Trouble('unverified');
      if (this.book.log.departed.size > 0) await this.rotate();
      await this.sendOne(item);
    }
  }

  private async sendOne(item: Waiting): Promise<void> {
    await this.store.leaves(item);
    try {
      const envelope = toBase64(item.envelope);
      const told = await this.hold.api.post<{ position: number; at: number }>(`/circles/${this.book.id}/messages`, { envelope });
      await this.onAccepted({ ...told, envelope: item.envelope, row: item.row, hash: item.hash });
      await this.done(item);
    } catch (wrong) {
      if (!(wrong instanceof Refused)) throw wrong;
      await this.refused(item, wrong);
    }
  }

  private async refused(item: Waiting, { status, code, more }: Refused): Promise<void> {
    if (code === 'superseded') {
      await this.book.take((more['events'] ?? []) as never[]);
      await this.book.sync();
      if (this.book.log.departed.size > 0) await this.rotate();
      await this.sealAnew();
    } else if (code === 'unknown_head') {
      // A copy of the server was put back: this device hands back what the words stand on, and sends them again.
      await this.book.sync();
      await this.book.compareHead();
      throw new Refused(status, code, more);
    } else if (code === 'id_reused' || (status === 422 && !this.sealedAnew.has(item.row))) {
      this.sealedAnew.add(item.row);
      await this.sealAnew();
      throw new Refused(status, code, more);
    } else if (isFinal(status, code)) {
      await this.giveBack(item);
      await this.sealAnew();
    } else throw new Refused(status, code, more);
  }

  /** Kept as a draft first: there is no moment in which the words are nowhere. */
  private async giveBack(item: Waiting): Promise<void> {
    await this.onReturned(item.content);
    await this.done(item);
  }

  /** Nothing more leaves from here. */
  async returnAll(): Promise<void> {
    this.stop();
    await this.alone(async () => {
      await this.load();
      for (const item of this.waiting.get()) await this.giveBack(item);
    });
    this.sealing.fresh();
  }

  /**
   * What waits after this place is sealed again under new ids, in a new stream: nobody has seen the old ones.
   * A message that names another waiting one then names its new hash.
   */
  private async sealAnew(after = -1): Promise<void> {
    await this.turns.take(() => this.sealAll(after));
  }

  private async sealAll(after: number): Promise<void> {
    this.sealing.fresh();
    const renamed = new Map<Id, Bytes>();
    const items: Waiting[] = [];
    for (const item of this.waiting.get()) {
      if (item.order <= after) {
        items.push(item);
        continue;
      }
      const contentBytes = writtenAnew(item.content, item.contentBytes, this.after(), renamed);
      const envelope = await this.sealing.seal(contentBytes, item.keep);
      const hash = readEnvelope(envelope).hash;
      renamed.set(item.hash, hash);
      const anew = { ...item, envelope, tried: false };
      await this.store.keep(anew);
      items.push({ ...anew, hash: toBase64(hash), contentBytes, content: readContent(contentBytes, item.keep) });
    }
    this.waiting.set(items);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

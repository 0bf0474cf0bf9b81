/** One group on this device: its log, keys, messages and door, kept in step with the server. */
import { Cell } from '../inside/watched';
import { fromBase64, isMembership, same, toBase64, type Body, type Bytes, type Event, type Id, type Log } from '../protocol';
import type { Batch, Knowing } from './batch';
import { Door } from './door';
import { Feed } from './feed';
import type { ServedMessage } from './feed-entries';
import { foldsOf, type Folds } from './folds';
import { GroupKeys } from './group-keys';
import type { Hold } from './hold';
import { LogBook, type Served } from './log-book';
import type { CircleKey } from './me';
import { mendFork, mendRoom } from './mending';
import type { Mine } from './mine';
import { Names } from './names';
import { returnedOf, type Returned } from './returned';
import { onItsWay } from './on-its-way';
import { Outbox, type Accepted } from './outbox';

export class Group implements Knowing {
  readonly book: LogBook;
  readonly keys: GroupKeys;
  readonly feed: Feed;
  readonly outbox: Outbox;
  readonly door: Door;
  readonly names: Names;
  /** Counts up whenever something a view is made of has changed. */
  readonly changed = new Cell(0);
  /** Counts up when the server says that something waits to be fetched. */
  readonly stirred = new Cell(0);
  /** Reading places as they were when this page was opened: where the line "new" stands. */
  private readonly readTo: { room: number | null; everyday: number | null };
  private readonly rowIds = new Map<Id, Id>();
  /** The server no longer delivers: this person left or was removed. */
  isEnded = false;
  /** Words that nobody will take any more go back to whoever wrote them. */
  onReturned: (words: Returned) => Promise<void> = () => Promise.resolve();
  /** Another branch of the log goes on: all of it is read anew from this device. */
  onBranch: () => Promise<void> = () => Promise.resolve();
  private isOpen = false;
  private readonly learned = new Set<Id>();

  constructor(
    readonly hold: Hold,
    readonly mine: Mine,
    circle: Bytes,
    key: CircleKey,
    earlier: readonly CircleKey[] = [],
  ) {
    this.book = new LogBook(hold, circle, key, earlier);
    this.keys = new GroupKeys(hold, this.book);
    this.feed = new Feed(hold, this.book, this.keys);
    this.outbox = new Outbox(hold, this.book, this.keys);
    this.names = new Names(this.book, this.keys);
    this.door = new Door(this);
    const read = mine.cell.get().read[this.book.id] ?? {};
    this.readTo = { room: read.room ?? -1, everyday: read.everyday ?? -1 };
    this.connect();
  }

  get id(): Id {
    return this.book.id;
  }

  get key(): CircleKey {
    return this.book.key;
  }

  get me(): Id {
    return toBase64(this.key.member);
  }

  get isMember(): boolean {
    return !this.isEnded && this.book.log.member(this.key.member) !== null;
  }

  private connect(): void {
    const { book, feed, mine, outbox } = this;
    book.onChange = (fresh) => void this.logGrew(fresh);
    book.onForked = () => void mendFork(this).catch(() => undefined);
    feed.outside = () => this.outside();
    feed.reach.onNews = () => mine.stir();
    feed.onDecisions = () => void this.learnDecisions();
    outbox.lastKnown = () => feed.folded.newestBy(this.me)?.message.hash ?? null;
    outbox.writtenAfter = (epoch) => feed.writtenAfter(epoch);
    outbox.onAccepted = (accepted) => this.accepted(accepted);
    outbox.onReturned = async (content) => {
      const words = returnedOf(content, book.log.words);
      if (words !== null) await this.onReturned(words);
    };
    outbox.rotate = () => this.rotate();
    outbox.waiting.watch(() => feed.paint());
    for (const place of ['room', 'everyday'] as const) feed.talks[place].watch(() => this.touch());
  }

  /** May any member open the door to whom the next invitation is for? As the newest one says, else as wished at the start. */
  get anyMemberOpens(): boolean {
    const newest = [...this.book.log.invites.values()].at(-1);
    return newest?.anyMember ?? this.mine.cell.get().doors.includes(this.id);
  }

  /** By this device's own clock and the log: who may open the door is not for the server to say. */
  get amHost(): boolean {
    const { log } = this.book;
    return log.isHost(this.key.member, Math.max(this.hold.clock.own(), log.head?.time ?? 0));
  }

  /** Members here now whose own latest say on a thing is this. */
  saying(what: string, value: string): string[] {
    const latest = new Map<string, { time: number; value: string }>();
    for (const { author, content } of this.feed.folded.decisions) {
      if (content.type !== 'choice' || content.rest[0] !== what) continue;
      // By the author's own time: the server could tell them in another order.
      if (content.time >= (latest.get(author)?.time ?? 0)) latest.set(author, { time: content.time, value: content.rest[1] });
    }
    return [...this.book.log.members.keys()].filter((id) => latest.get(id)?.value === value);
  }

  /** What a host or two members have folded. */
  folds(): Folds {
    return foldsOf(this.feed.folded, this.book.log);
  }

  touch(): void {
    this.changed.set(this.changed.get() + 1);
  }

  /** From this device alone, newest first: enough to read. */
  async load(): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    this.isEnded = (await this.hold.drawer.get<boolean>('facts', `ended ${this.id}`)) ?? false;
    await this.book.load();
    await this.keys.readCards(false);
    this.touch();
    await this.feed.load();
    await this.outbox.load();
    if (this.isEnded) await this.outbox.returnAll();
    this.feed.paint();
    void this.keys.readCards(true).then(() => this.touch());
  }

  /** The server tells of this group again: whatever it once said, it is not over. */
  async delivered(): Promise<void> {
    await this.load();
    if (!this.isEnded) return;
    this.isEnded = false;
    await this.hold.drawer.remove('facts', `ended ${this.id}`);
  }

  /** From the server. */
  async sync(): Promise<void> {
    await this.load();
    if (this.book.log.length > 0 && !this.isMember) return;
    await this.book.sync();
    await mendFork(this);
    await mendRoom(this);
    await this.keys.readCards(false);
    await this.feed.sync();
    await this.door.sync();
    // What stirred while nobody listened is fetched as well.
    this.stirred.set(this.stirred.get() + 1);
    this.touch();
    void this.keys.readCards(true).then(() => this.touch());
    void this.outbox.flush();
  }

  private async logGrew(fresh: readonly Event[]): Promise<void> {
    await this.keys.readCards(false);
    await this.feed.logGrew();
    const isMine = ({ type, body }: Event) => type === 'history' && same((body as Body<'history'>)[0], this.key.member);
    if (fresh.some(isMine)) await this.feed.reopen().catch(() => undefined);
    if (fresh.some(({ type }) => isMembership(type) || type === 'invite')) void this.door.sync().catch(() => undefined);
    this.touch();
  }

  /** One thing from the live stream. */
  async hear(name: string, told: Readonly<Record<string, unknown>>): Promise<void> {
    if (name === 'event') await this.book.take([told as unknown as Served]);
    else if (name === 'message') await this.hearMessage(told as unknown as ServedMessage);
    else if (name === 'gone') await this.feed.lose(Number(told['position']), String(told['hash']));
    else if (name === 'knock' || name === 'aside') {
      this.stirred.set(this.stirred.get() + 1);
      await this.door.sync();
    }
    else if (name === 'ended') await this.end();
    this.touch();
  }

  private async hearMessage(served: ServedMessage): Promise<void> {
    await this.feed.hear(served);
    const isMine = this.feed.folded.newestBy(this.me)?.position === served.position;
    // Another tab may have sent what waits here as well.
    if (isMine && this.hold.drawer.lasts) await this.outbox.load();
  }

  /** Nothing more comes from here. What is on this device can still be read; nothing can be said. */
  async end(): Promise<void> {
    this.isEnded = true;
    await this.hold.drawer.put('facts', `ended ${this.id}`, true);
    await this.outbox.returnAll();
    this.close();
    this.touch();
  }

  private outside() {
    const keepsPlace = this.mine.cell.get().settings.readingPlace;
    return {
      readTo: keepsPlace ? this.readTo : { room: null, everyday: null },
      rowId: (hash: Id) => this.rowId(hash),
      ...onItsWay(this),
      folds: this.folds(),
      now: this.hold.clock.now(),
    };
  }

  /** A row keeps the id it had while it was waiting. */
  rowId(hash: Id): Id {
    return this.rowIds.get(hash) ?? hash;
  }

  /** The hash of a row: of a sent one, or of what waits. */
  hashOf(row: Id): Id {
    const waiting = this.outbox.waiting.get().find((item) => item.row === row);
    if (waiting !== undefined) return waiting.hash;
    for (const [hash, id] of this.rowIds) if (id === row) return hash;
    return row;
  }

  private async accepted({ position, at, envelope, row, hash }: Accepted): Promise<void> {
    if (row !== hash) this.rowIds.set(hash, row);
    await this.feed.takeOwn({ position, at, envelope });
    const content = this.feed.folded.held.get(hash)?.content;
    if (content?.type === 'take-back') await this.deleteTaken(toBase64(content.rest[0]));
  }

  /** The words were taken back; now what the server holds of them goes. */
  private async deleteTaken(hash: Id): Promise<void> {
    await this.hold.api.remove(`/circles/${this.id}/messages/${hash}`).catch(() => undefined);
    const read = this.feed.folded.held.get(hash);
    if (read !== undefined) await this.feed.lose(read.position, hash);
  }

  private async learnDecisions(): Promise<void> {
    for (const { content, message, hash } of this.feed.folded.decisions) {
      if (this.learned.has(hash)) continue;
      this.learned.add(hash);
      if (content.type === 'affirm') await this.keys.affirm(message.author, [content.rest[0], content.rest[1]]);
      if (content.type !== 'propose-policy') continue;
      this.keys.learn('group', content.rest[0]);
      this.keys.learn('agreement', content.rest[1]);
      if (content.rest[2] !== null) this.keys.learn('safeguarding', content.rest[2]);
    }
    this.touch();
  }

  card(log: Log) {
    return this.keys.card(log);
  }

  saidBy(member: Id): readonly Bytes[] {
    return this.feed.folded.saidBy(member).map(fromBase64);
  }

  /** A batch of this group's own making. */
  async act(build: (batch: Batch) => Promise<void>, extra?: Readonly<Record<string, unknown>>): Promise<void> {
    await this.book.act(build, extra);
    await this.keys.readCards(false);
    this.touch();
  }

  /** A fresh key for those who belong now. Nothing to do when somebody else was faster. */
  async rotate(): Promise<void> {
    await this.book.act(async (batch) => {
      if (batch.log.departed.size > 0) await batch.rotate(this);
    });
  }

  close(): void {
    this.outbox.stop();
  }
}

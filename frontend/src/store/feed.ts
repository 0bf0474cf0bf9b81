/**
 * A room's messages on this device: the newest first from what is kept here, the rest behind it, and what the
 * server has that is not here yet. Kept as they came, sealed.
 */
import type { Place, TalkView } from '../inside/model';
import { Cell } from '../inside/watched';
import { needsReload, readEnvelope, toBase64, type Bytes, type Epoch, type FailureCode, type Id } from '../protocol';
import { fadedOf, letEpochsGo, mayHaveFaded } from './fading';
import { writtenAfter } from './feed-after';
import { isPlace, keptFrom, type KeptMessage, type Read, type ServedMessage } from './feed-entries';
import { Folded } from './feed-fold';
import { KeptHere } from './feed-kept';
import { Opener } from './feed-open';
import { TakenBack } from './taken';
import { FIRST, pause, Reach, type Stretch } from './feed-reach';
import type { GroupKeys } from './group-keys';
import { Turns, type Hold } from './hold';
import type { LogBook } from './log-book';
import { NO_TALK, NOTHING_OUTSIDE, talkView, type Outside } from './talk-view';

const CHUNK = 400;
/** Of both rooms together, with what was heard and taken back: among so many is one to stand at. */
const FIRST_NEW = 120;
type Within = (one: { position: number }) => boolean;

export class Feed {
  readonly talks: Readonly<Record<Place, Cell<TalkView>>> = { room: new Cell(NO_TALK), everyday: new Cell(NO_TALK) };
  readonly folded = new Folded();
  /** Everything that is anywhere is here: only then can something be missing. */
  isWhole = false;
  onDecisions: () => void = () => undefined;
  outside: () => Outside = () => NOTHING_OUTSIDE;
  private readonly opener: Opener;
  private readonly turns = new Turns();
  private readonly later = new Map<number, KeptMessage>();
  private readonly kept: KeptHere;
  readonly reach: Reach;
  readonly taken: TakenBack;
  private isReady = false;
  private isPainting = false;
  private isLoaded = false;
  /** Where in the log this person came in. */
  private since: number | undefined;

  constructor(
    private readonly hold: Hold,
    private readonly book: LogBook,
    private readonly keys: GroupKeys,
  ) {
    this.opener = new Opener(book, keys);
    this.kept = new KeptHere(hold, book.id, this.folded.held);
    this.taken = new TakenBack(hold, book.id);
    this.reach = new Reach(hold, book.id, (served, stretch) => this.take(served, stretch));
  }

  /** The newest of what is kept here, so that there is something to read; then the rest, a part at a time. */
  async load(): Promise<void> {
    const circle = this.book.id;
    await this.reach.load();
    const first = await this.hold.drawer.span<KeptMessage>('messages', { circle, limit: FIRST, newest: true });
    await this.open(first);
    await this.loadNew(first[0]?.position ?? 0);
    if (first.length > 0) this.ready();
    void this.taken.all().catch(() => this.kept.full());
    void this.loadRest(first[0]?.position ?? 0);
  }

  /** Where more is unread than these: what follows on what was read last, so that the room can open there. */
  private async loadNew(before: number): Promise<void> {
    for (const after of new Set(Object.values(this.outside().readTo))) {
      if (after === null || after < 1 || after >= before - 1) continue;
      await this.open(await this.hold.drawer.span<KeptMessage>('messages', { circle: this.book.id, after, before, limit: FIRST_NEW }));
    }
  }

  private async loadRest(before: number): Promise<void> {
    let bound = before;
    for (let isMore = bound > 0; isMore; ) {
      await pause();
      const part = await this.hold.drawer.span<KeptMessage>('messages', { circle: this.book.id, before: bound, limit: CHUNK, newest: true });
      bound = part[0]?.position ?? 0;
      isMore = part.length === CHUNK;
      await this.open(part);
    }
    this.isLoaded = true;
    this.finish();
  }

  /** Opens and folds; whoever cannot be judged yet waits for the log. */
  private async open(kept: readonly KeptMessage[], isKept: Within = () => true): Promise<void> {
    await this.turns.take(async () => {
      const { reads, again, later, holes, excused, refused } = await this.opener.openAll(kept);
      for (const hole of holes) this.folded.lose(hole);
      for (const one of later) this.later.set(one.position, one);
      for (const hash of excused) this.folded.excused.add(hash);
      for (const code of refused) this.refuse(code);
      this.folded.fold(reads);
      for (const read of reads.filter(isKept)) await this.kept.place(read, kept);
      for (const one of again.filter(isKept)) this.kept.placeAgain(one);
      if (reads.some(({ content }) => content.type === 'later')) this.hold.notices.set('reload_needed', true);
      if (this.folded.decisions.length > 0 && reads.length > 0) this.onDecisions();
      await this.loseTakenBack(reads);
    });
    this.paint();
  }

  /** What its author took back stays nowhere. */
  private async loseTakenBack(reads: readonly Read[]): Promise<void> {
    for (const { content, author } of reads) {
      const read = this.folded.held.get(content.type === 'take-back' ? toBase64(content.rest[0]) : '');
      if (read?.author === author) await this.lose(read.position, read.hash);
    }
  }

  private refuse(code: FailureCode): void {
    if (code === 'bad_box') return;
    this.hold.notices.set(needsReload(code) ? 'reload_needed' : 'unverified', true);
  }

  /** The log has grown: what waited for it may be judged now. */
  async logGrew(): Promise<void> {
    if (this.later.size === 0) return;
    const waiting = [...this.later.values()];
    this.later.clear();
    await this.open(waiting);
  }

  /** New from the server or its stream. A message that names an unknown head asks for the log first. */
  private async take(served: readonly ServedMessage[], { from, to }: Stretch): Promise<void> {
    const told = served.flatMap((one) => keptFrom(one, this.book.log.length) ?? []);
    const kept = this.isLoaded ? told : await this.kept.besides(told);
    const isWithin: Within = ({ position }) => position >= from && position <= to;
    await this.kept.put(kept.filter((one) => isWithin(one) && this.kept.isNews(one)));
    await this.open(kept, isWithin);
    if (this.later.size > 0) {
      await this.book.sync();
      await this.logGrew();
      if (this.later.size > 0) this.hold.notices.set('unverified', true);
    }
  }

  /** Gone from the server. What is held here goes as well once its own author took it back, and else stays. */
  async lose(position: number, hash: Id): Promise<void> {
    const read = this.folded.held.get(hash);
    const at = read?.at ?? this.hold.clock.now();
    const kept = keptFrom({ position, at, hash, gone: 'taken' }, this.book.log.length);
    const isHeld = read !== undefined || this.kept.has(position);
    const isTakenBack = read?.position === position && this.folded.isTakenBack(hash, read.author);
    if (kept === null || (isHeld && !isTakenBack)) return;
    if (isTakenBack && read.author !== toBase64(this.book.key.member)) await this.taken.keep(read).catch(() => this.kept.full());
    await this.kept.put([kept]);
    this.folded.lose(kept);
    if (this.reach.isCaughtUp) this.finish();
    this.paint();
  }

  /** What a message that is sealed now was written after. */
  writtenAfter(epoch: Epoch): Bytes[] {
    return writtenAfter(this.folded.held.values(), epoch, this.book.log.epochs);
  }

  /** Catches up with the server: forward from the newest here, then back to the beginning. */
  async sync(): Promise<void> {
    const wasWhole = this.isWhole;
    await this.reach.sync();
    this.finish();
    // Only now is it known how late it is, and how far the log goes.
    if (wasWhole && this.reach.isWhole) void this.fade();
    this.ready();
    void this.goBack();
  }

  private async goBack(): Promise<void> {
    const wasWhole = this.reach.isWhole;
    try {
      await this.reach.back();
      this.finish();
      if (!wasWhole) this.paint();
    } catch {
      // Away again: it goes on from here next time.
    }
  }

  /** One message from the stream; where it does not follow on what is here, the server is asked what stands between. */
  async hear(served: ServedMessage): Promise<void> {
    if (!(await this.reach.heard(served))) await this.sync();
    else if (this.reach.isCaughtUp) this.finish();
  }

  /** Once all is read, and whenever something came after that. */
  private finish(): void {
    if (!this.isLoaded || !this.reach.isWhole) return;
    const isFirst = !this.isWhole;
    this.isWhole = true;
    const isOld = (at: number) => mayHaveFaded(this.book.events, at, this.hold.clock.now());
    const rules = { upTo: this.reach.upTo, isOlder: (read: Read) => this.isOlder(read), mayHaveFaded: isOld };
    if (this.folded.findMissing(rules) || isFirst) this.paint();
    if (isFirst) void this.fade();
    if (this.folded.gaps.isBehind(rules.upTo)) void pause().then(() => this.finish());
  }

  /** Whoever was here before this person may speak of what is from before their time. */
  private isOlder({ author, message }: Read): boolean {
    const { log, key } = this.book;
    const me = toBase64(key.member);
    this.since ??= log.moments.find(({ members }) => members.has(me))?.seq ?? 0;
    return (log.at(message.head)?.members.get(author)?.admittedSeq ?? 0) < this.since;
  }

  /** What is older than the group's window goes, and then what opened it. */
  private async fade(): Promise<void> {
    for (const { hash, position, at } of fadedOf(this.folded.held.values(), this.book, this.hold.clock)) {
      const gone: KeptMessage = { position, at, envelope: null, hash, gone: 'faded', logLength: 0 };
      this.folded.forget(hash);
      this.kept.free(position);
      await this.kept.put([gone]);
      this.folded.lose(gone);
    }
    await letEpochsGo(this.hold, this.book, this.keys, this.folded.held.values()).catch(() => this.kept.full());
  }

  /** Keys came that were missing: what is kept here is tried again, and what was never given is asked for. */
  async reopen(): Promise<void> {
    await this.open(await this.hold.drawer.span<KeptMessage>('messages', { circle: this.book.id }));
    await this.reach.restart(0);
    await this.sync();
  }

  /** A copy of the server was put back: what stood behind `position` stands where the server says now, and is asked for again. */
  async restart(position: number, places: ReadonlyMap<Id, number>): Promise<void> {
    const moved = await this.kept.move(position, places);
    this.folded.move(places);
    for (const one of moved) this.kept.placeAgain(one);
    await this.reach.restart(position);
    this.paint();
  }

  private ready(): void {
    this.isReady = true;
    this.paint();
  }

  /** Shows what changed, once for whatever comes together. */
  paint(): void {
    if (this.isPainting) return;
    this.isPainting = true;
    queueMicrotask(() => {
      this.isPainting = false;
      const { folded, isReady } = this;
      const around = { ...this.outside(), folded, me: toBase64(this.book.key.member), isReady };
      for (const place of ['room', 'everyday'] as const) {
        this.talks[place].set(talkView(place, { ...around, isCaughtUp: this.isCaughtUp(around.readTo[place]) }));
      }
    });
  }

  /** All that came since this person read last is here: only then is the first new one known. */
  private isCaughtUp(readTo: number | null): boolean {
    const { isCaughtUp, isWhole, from } = this.reach;
    const isHere = readTo === null || (readTo < 1 ? isWhole && this.isLoaded : isWhole || from <= readTo + 1);
    return isCaughtUp && isHere;
  }

  /** A message of one's own that the server has just taken. */
  async takeOwn(accepted: { position: number; at: number; envelope: Uint8Array<ArrayBuffer> }): Promise<void> {
    const { envelope } = accepted;
    const hash = toBase64(readEnvelope(envelope).hash);
    if (this.folded.held.has(hash)) return;
    const place = isPlace(accepted.position) ? accepted.position : Math.max(0, this.reach.upTo) + 1;
    const at = Number.isSafeInteger(accepted.at) ? accepted.at : this.hold.clock.now();
    const own: KeptMessage = { position: place, at, envelope, hash: null, gone: null, logLength: this.book.log.length };
    for (const kept of await this.kept.besides([own])) {
      const { position } = kept;
      // Kept here before it leaves the outbox: a server that is put back may lose it before it has told it to anybody.
      if (!this.kept.has(position)) await this.kept.put([kept]);
      await this.open([kept]);
    }
  }
}

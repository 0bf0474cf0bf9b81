/** A person who is in: their groups, what they keep for themselves, and the stream that brings what is new. */
import { NO_DRAFT } from '../inside/model';
import { Cell } from '../inside/watched';
import { Trouble } from '../inside/trouble';
import { KIND, same, toBase64, type Bytes, type Id } from '../protocol';
import type { ThisDevice } from './device';
import { Drafts } from './drafts';
import { ownBook, sealedOf, type SessionTold } from './entry';
import { Group } from './group';
import type { Hold } from './hold';
import { mustBeMine } from './home';
import { Live } from './live';
import type { LogBook } from './log-book';
import { keyOf, keysOf, openAccountRecord, sealAccountRecord, type CircleKey, type Me } from './me';
import { handBack } from './mending';
import { Mine } from './mine';
import { Pins } from './pins';
import { Refused } from './refusals';
import { bringPartings } from './partings';
import { Waiting } from './waiting';
import { dropSeen } from './seen';
import { signedRecord } from './signed';

export interface CircleTold {
  circle: Id;
  kind: number;
  talk?: { shared: Id; over: boolean } | null;
}

/** Circles that come with what is seldom needed: talks of two. */
export interface Beside {
  sync(circles: readonly CircleTold[]): Promise<void>;
  hear(circle: Id, name: string, told: Readonly<Record<string, unknown>>): Promise<void>;
  lost(): void;
  sendAgain(): void;
  newKeys(): Promise<void>;
  stop(): void;
}

/** Rings, and calls: they come with what is seldom needed as well. */
export interface Rings {
  look(): Promise<void>;
  stop(): void;
}

const TRIES = 4;
const AGAIN_MS = 3000;

export class Aboard {
  readonly groups = new Map<Id, Group>();
  readonly current = new Cell<Group | null>(null);
  readonly changed = new Cell(0);
  readonly mine: Mine;
  readonly drafts: Drafts;
  readonly own: LogBook;
  readonly waiting: Waiting;
  readonly live: Live;
  readonly pins: Pins;
  pairs: Beside | null = null;
  calls: Rings | null = null;
  private catching: Promise<void> | null = null;
  private isAskedAgain = false;

  constructor(
    readonly hold: Hold,
    readonly device: ThisDevice,
    readonly me: Me,
    own: LogBook | null,
    /** The account key as bytes, for as long as this sitting lasts; only after it was typed for. */
    public fresh: Bytes | null,
  ) {
    this.mine = new Mine(hold, me);
    this.drafts = new Drafts(hold, me);
    this.own = own ?? ownBook(hold, me);
    this.own.keeper = me;
    this.waiting = new Waiting(this);
    this.pins = new Pins(hold, me);
    this.live = new Live(hold, toBase64(me.account), (name, told) => this.hear(name, told));
    this.live.onOpen = () => {
      void this.catchUp();
      void this.calls?.look();
    };
    this.live.onLost = () => {
      this.groups.forEach((group) => group.feed.reach.lostTouch());
      this.pairs?.lost();
    };
  }

  /** From this device alone, after what was set (`mine`): the room that was open last comes first. */
  async load(): Promise<void> {
    await this.drafts.load();
    if (this.own.log.length === 0) await this.own.load();
    const last = await this.hold.drawer.get<string>('facts', 'current');
    const keys = this.me.keys.filter((key) => key.kind === KIND.group && keyOf(this.me, idOf(key)) === key);
    keys.sort((a, b) => Number(idOf(b) === last) - Number(idOf(a) === last));
    for (const key of keys) {
      const group = this.make(key);
      await group.load();
      // Behind a door one knocked at, everything is looked at first: see `waiting.opened`.
      if (group.book.log.length > 0 && group.id !== this.waiting.circle) this.add(group);
    }
  }

  make(key: CircleKey): Group {
    const known = this.groups.get(idOf(key));
    if (known !== undefined) return known;
    const group = new Group(this.hold, this.mine, key.circle ?? this.me.own, key, keysOf(this.me, idOf(key)));
    group.book.keeper = this.me;
    group.onReturned = (words) => this.drafts.giveBack(group.id, words);
    group.onBranch = () => this.renew(group);
    return group;
  }

  private async renew(group: Group): Promise<void> {
    group.close();
    this.groups.delete(group.id);
    if (this.current.get() === group) this.current.set(null);
    await this.catchUpWith(group.id);
  }

  add(group: Group): void {
    if (this.groups.has(group.id)) return;
    this.groups.set(group.id, group);
    group.changed.watch(() => this.touch());
    if (this.current.get() === null && this.waiting.circle !== group.id) this.goTo(group.id);
    this.touch();
  }

  goTo(circle: Id): void {
    const group = this.groups.get(circle);
    if (group === undefined) return;
    this.current.set(group);
    void this.hold.drawer.put('facts', 'current', circle).catch(() => undefined);
    this.touch();
  }

  /** After leaving of one's own will: nothing of it stays on this device. Who was removed keeps the agreement. */
  async letGoOf(group: Group): Promise<void> {
    await group.end();
    for (const place of ['room', 'everyday'] as const) this.drafts.saveDraft(group.id, place, NO_DRAFT);
    this.groups.delete(group.id);
    await dropSeen(this.hold.drawer, group.id);
    await group.feed.taken.forget();
    for (const store of ['events', 'messages', 'outbox'] as const) await this.hold.drawer.removeSpan(store, group.id);
    this.current.set([...this.groups.values()][0] ?? null);
    this.touch();
  }

  touch(): void {
    this.changed.set(this.changed.get() + 1);
  }

  /** What the server told at the door: records of its own that may be newer than ours. */
  async take(told: SessionTold): Promise<void> {
    mustBeMine(this.me, told);
    this.me.canStart = told.can_start;
    if (told.records.account !== undefined) await this.takeAccount(told.records.account);
    if (told.records.mine !== undefined) await this.mine.take(sealedOf(told.records.mine));
    if (told.records.pins !== undefined) await this.pins.take(sealedOf(told.records.pins));
    const { signInName } = this.mine.cell.get();
    if (this.me.signInName === '') this.me.signInName = signInName;
    // Goes along with what is saved next: when that is does not tell whether the record could be opened (P33).
    else if (signInName !== this.me.signInName) this.mine.quietly((mine) => ({ ...mine, signInName: this.me.signInName }));
  }

  private async takeAccount(record: { version: number; sealed: string }): Promise<void> {
    if (record.version === this.me.version) return;
    const { version } = this.me;
    const newest = async () => ({ version, sealed: await sealAccountRecord(this.me.ak, this.me, version) });
    if (record.version < version && (await handBack(this.hold, this.me, 'account', await newest()))) return;
    const { home, own, keys } = await openAccountRecord(this.me.ak, this.me.account, sealedOf(record), this.me.version);
    if (home !== this.me.home || own === null || !same(own, this.me.own)) throw new Trouble('unverified');
    this.me.keys = keys;
    this.me.version = record.version;
    await this.device.keepMe(this.me);
  }

  /**
   * Adds the keys of a circle to the account record; another device may have added some meanwhile.
   * `beside`: those of before stay, to open what was sealed to them.
   */
  async saveKey(key: CircleKey, beside = false): Promise<void> {
    const { me, hold } = this;
    for (let tries = 0; tries < TRIES; tries++) {
      const keys = beside ? [key, ...me.keys] : [...me.keys.filter((other) => idOf(other) !== idOf(key)), key];
      const version = me.version + 1;
      const sealed = await sealAccountRecord(me.ak, { ...me, keys }, version);
      try {
        await hold.api.put('/records/account', await signedRecord(me, 'account', version, sealed));
        me.keys = keys;
        me.version = version;
        await this.device.keepMe(me);
        return;
      } catch (wrong) {
        if (!(wrong instanceof Refused) || wrong.code !== 'record_moved') throw wrong;
        await this.takeAccount({ version: Number(wrong.more['version']), sealed: String(wrong.more['sealed']) });
      }
    }
  }

  /** Everything the server has that is not here, for every group; then partings and pins. */
  catchUp(): Promise<void> {
    if (this.catching !== null) {
      this.isAskedAgain = true;
      return this.catching;
    }
    this.catching = this.fetchUntilQuiet().finally(() => {
      this.catching = null;
    });
    return this.catching;
  }

  /** Whoever asks while it is under way may know of something newer. */
  private async fetchUntilQuiet(): Promise<void> {
    do {
      this.isAskedAgain = false;
      await this.fetchAll();
    } while (this.isAskedAgain);
  }

  private async fetchAll(): Promise<void> {
    try {
      const { circles } = await this.hold.api.get<{ circles: CircleTold[] }>('/circles');
      await this.waiting.sync(circles.map(({ circle }) => circle));
      for (const { circle, kind } of circles) if (kind === KIND.group) await this.catchUpWith(circle);
      const here = new Set(circles.map(({ circle }) => circle));
      for (const [id, group] of this.groups) if (!here.has(id) && !group.isEnded) await group.end();
      await this.pairs?.sync(circles);
      await this.pins.check([...this.groups.values()].map(({ book }) => book));
    } catch {
      // Away, or out: the stream comes back, and with it this.
    }
  }

  async catchUpWith(circle: Id): Promise<Group | null> {
    const key = keyOf(this.me, circle);
    if (key === null) return null;
    const group = this.make(key);
    if (!this.groups.has(circle) && this.waiting.circle === circle) {
      await this.waiting.opened(group);
      return group;
    }
    await group.delivered();
    await group.sync();
    this.add(group);
    await bringPartings(group).catch(() => undefined);
    return group;
  }

  private async hear(name: string, told: Readonly<Record<string, unknown>>): Promise<void> {
    const circle = String(told['circle'] ?? '');
    const group = this.groups.get(circle);
    if (name === 'signal') return void this.calls?.look();
    if (name === 'circle') await this.catchUp();
    else if (group !== undefined) await group.hear(name, told);
    else if (circle === toBase64(this.me.own) && name === 'event') {
      await this.own.take([told as never]);
      // Every key was exchanged in another page, which keeps the new ones in a moment: what this one signs is nobody's.
      if (!this.own.isMine) setTimeout(() => location.reload(), AGAIN_MS);
    } else await this.pairs?.hear(circle, name, told);
    this.touch();
  }

  start(): void {
    this.live.start();
  }

  /** Answers once all that was written or set stands on this device, where it is one's own. */
  async keep(): Promise<void> {
    await Promise.all([this.drafts.flush(), this.mine.keep()]);
  }

  /** Nothing more is sent or heard; what memory held is let go with this object. */
  stop(): void {
    this.calls?.stop();
    this.live.stop();
    this.fresh?.fill(0);
    this.fresh = null;
    this.groups.forEach((group) => group.close());
    this.pairs?.stop();
    this.groups.clear();
    this.current.set(null);
  }
}

function idOf({ circle }: CircleKey): Id {
  return circle === null ? '' : toBase64(circle);
}

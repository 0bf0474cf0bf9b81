/**
 * What waits for me at the server, opened: each signal once, and only what is from whom it says, to me, for that call
 * (SPEC.md section 18, P70). What may not ring yet, because this page knows too little so far, is looked at again.
 */
import { Cell } from '../inside/watched';
import { fromBase64, isFailure, type Bytes, type Id } from '../protocol';
import { signals } from '../protocol/later';
import type { Aboard } from './aboard';
import type { Group } from './group';
import { Turns } from './hold';

export interface Served {
  id: string;
  circle: Id;
  from: Id;
  to: Id;
  call: string;
  sealed: string;
}

export interface Judge {
  isToRing(group: Group, served: Served, time: number): boolean;
  hear(group: Group, from: Id, call: Bytes, signal: signals.Signal): void;
}

interface Opened {
  group: Group;
  served: Served;
  signal: signals.Signal;
}

/** What a signal says, or null where it did not open: in this group, by its log as long as it was then. */
interface Tried {
  group: Group;
  length: number;
  served: Served;
  signal: signals.Signal | null;
}

/** All of it: the server gives names as it likes. */
const isSame = (one: Served, other: Served): boolean => (['circle', 'from', 'to', 'call', 'sealed'] as const).every((part) => one[part] === other[part]);

/** So many besides what waits now. */
const REMEMBERED = 500;

export class Doorbell {
  /** Whether there is a relay. Null while the site has said nothing: one that is away has not said that there is none. */
  readonly canRing = new Cell<boolean | null>(null);
  private readonly seen = new Set<string>();
  private readonly tried = new Map<string, Tried>();
  private told: readonly Served[] = [];
  private readonly turns = new Turns();
  private readonly unwatch: () => void;
  private isOut = false;
  private looking: Promise<void> | null = null;
  private isAskedAgain = false;

  constructor(
    private readonly aboard: Aboard,
    private readonly judge: Judge,
  ) {
    this.unwatch = aboard.changed.watch(() => {
      if (this.told.some((one) => this.mayOpen(one))) void this.takeAll();
    });
  }

  stop(): void {
    this.isOut = true;
    this.unwatch();
  }

  /** Fetches what waits. Asked while it is under way, it looks once more. */
  look(): Promise<void> {
    this.isAskedAgain = this.looking !== null;
    this.looking ??= this.fetchUntilQuiet().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async fetchUntilQuiet(): Promise<void> {
    do {
      this.isAskedAgain = false;
      const told = await this.aboard.hold.api.get<{ relay: boolean; signals: Served[] }>('/signals').catch(() => null);
      if (told === null) return;
      this.canRing.set(told.relay);
      this.told = told.signals;
      this.forget();
      await this.takeAll();
    } while (this.isAskedAgain && !this.isOut);
  }

  /** Not what waits: it would be opened again at each look. */
  private forget(): void {
    const waits = new Set(this.told.map(({ id }) => id));
    for (const all of [this.seen, this.tried]) {
      let most = waits.size + REMEMBERED;
      for (const id of [...all.keys()].reverse()) if (!waits.has(id) && --most < 0) all.delete(id);
    }
  }

  /** Neither seen, nor shut by all that is known. */
  private mayOpen(served: Served): boolean {
    const group = this.aboard.groups.get(served.circle);
    if (this.seen.has(served.id) || this.isOut || group === undefined || !group.isMember || served.to !== group.me) return false;
    return this.known(group, served)?.signal !== null;
  }

  private known(group: Group, served: Served): Tried | undefined {
    const tried = this.tried.get(served.id);
    const holds = tried?.group === group && tried.length === group.book.log.length && isSame(tried.served, served);
    return holds ? tried : undefined;
  }

  /** One after the other, and again when more is known: a page that was just opened may not have its group yet. */
  private takeAll(): Promise<void> {
    return this.turns.take(async () => {
      const opened: Opened[] = [];
      for (const one of this.told) opened.push(...(await this.opened(one).catch(() => [])));
      // What is over first: a page that is opened meanwhile does not ring for a moment.
      for (const one of opened.filter(({ signal }) => signal.type === 'over')) this.take(one);
      for (const one of opened) this.take(one);
    });
  }

  private take({ group, served, signal }: Opened): void {
    if (this.seen.has(served.id) || this.isOut || !group.isMember) return;
    if (signal.type === 'ring' && !this.judge.isToRing(group, served, signal.time)) return;
    this.seen.add(served.id);
    this.tried.delete(served.id);
    this.judge.hear(group, served.from, fromBase64(served.call), signal);
  }

  private async opened(served: Served): Promise<Opened[]> {
    const group = this.aboard.groups.get(served.circle);
    if (group === undefined || !this.mayOpen(served)) return [];
    const { length } = group.book.log;
    const signal = this.known(group, served)?.signal ?? (await this.proved(group, served));
    this.tried.set(served.id, { group, length, served, signal });
    return signal === null ? [] : [{ group, served, signal }];
  }

  /** Null for what is not from whom it says, to me, for this call. Of that nothing happens (P70). */
  private async proved(group: Group, { from, call, sealed }: Served): Promise<signals.Signal | null> {
    const { book, key } = group;
    const author = book.log.members.get(from);
    if (author === undefined) return null;
    try {
      const between = { circle: book.circle, from: author.id, to: key.member, call: fromBase64(call) };
      return await signals.openSignal(key.box, author.signPk, between, fromBase64(sealed));
    } catch (wrong) {
      if (isFailure(wrong)) return null;
      throw wrong;
    }
  }
}

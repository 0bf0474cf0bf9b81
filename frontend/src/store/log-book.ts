/** One circle's log on this device: fetched, judged, kept, and added to. */
import { Trouble } from '../inside/trouble';
import {
  append, appendAll, appendKnown, checkNoFork, DAY, fromBase64, isFailure, Log, must, needsReload, readEvent, readRequest, same,
  toBase64, type Bytes, type Epoch, type Event, type Id,
} from '../protocol';
import { Attached } from './attached';
import { Batch } from './batch';
import { Turns, type Hold } from './hold';
import type { CircleKey } from './me';
import { mendLog, type Restored } from './mending';
import { Refused } from './refusals';
import { readSeen, writeSeen, type Keeper, type Seen } from './seen';

/** An event as the server tells it. */
export interface Served {
  seq: number;
  event: string;
  attachments: Readonly<Record<string, string>>;
}

interface Kept {
  wire: Bytes;
  attachments: Bytes[];
}

const TRIES = 4;
const MANY = 8;

export class LogBook {
  log = new Log();
  readonly id: Id;
  readonly events: Event[] = [];
  /** Two histories were shown: nothing is sent until people have spoken to each other. */
  isForked = false;
  /** What the server said last of a copy that was put back. */
  restored: Restored | null = null;
  /** Who keeps it here; null where nobody says so yet. */
  keeper: Keeper | null = null;
  onChange: (fresh: readonly Event[]) => void = () => undefined;
  onForked: () => void = () => undefined;
  private readonly attached = new Attached();
  private readonly turns = new Turns();
  private mine: readonly CircleKey[];

  constructor(
    private readonly hold: Hold,
    readonly circle: Bytes,
    key: CircleKey,
    earlier: readonly CircleKey[] = [],
  ) {
    this.id = toBase64(circle);
    this.mine = [key, ...earlier.filter(({ member, signPk }) => same(member, key.member) && !same(signPk, key.signPk))];
  }

  /** The keys that the log has for this member; before it has any, the newest. */
  get key(): CircleKey {
    const [newest] = this.mine as [CircleKey];
    const now = this.mine.length === 1 ? null : this.log.member(newest.member);
    return (now && this.mine.find(({ signPk }) => same(signPk, now.signPk))) ?? newest;
  }

  /** All keys of this member, those of now first. */
  get keys(): readonly CircleKey[] {
    const { key } = this;
    return [key, ...this.mine.filter((other) => other !== key)];
  }

  /** False where this member has newer keys than this page: they were exchanged in another one. */
  get isMine(): boolean {
    const now = this.log.member(this.key.member);
    return now === null || this.mine.some(({ signPk }) => same(signPk, now.signPk));
  }

  /** Keys that are about to take the place of those of now. */
  learnKey(key: CircleKey): void {
    this.mine = [key, ...this.mine];
  }

  attachment(hash: Bytes): Bytes | null {
    return this.attached.get(hash);
  }

  /** What this device keeps of it. Judged anew where it is not sealed: this device could have been somebody else's for a while. */
  async load(): Promise<void> {
    if (this.log.length > 0) return;
    const kept = await this.hold.drawer.span<Kept>('events', { circle: this.id });
    const seen = this.keeper && (await readSeen(this.hold.drawer, this.keeper, this.id));
    await this.turns.take(async () => {
      if (!(await this.recallAll(kept, seen)) && seen !== null) await this.recallAll(kept, null);
    });
  }

  /** False where what is kept is not what it was, and then nothing of it is taken. */
  private async recallAll(kept: readonly Kept[], seen: Seen | null): Promise<boolean> {
    try {
      for (const one of kept) await this.recall(one, seen);
      must((seen?.length ?? 0) <= this.log.length, 'broken_chain');
      return true;
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      this.log = new Log();
      this.events.length = 0;
      return false;
    }
  }

  private async recall({ wire, attachments }: Kept, seen: Seen | null): Promise<void> {
    for (const bytes of attachments) this.attached.add(bytes);
    const isSeen = seen !== null && this.log.length < seen.length;
    const event = await (isSeen ? appendKnown : append)(this.log, wire);
    must(this.log.length !== seen?.length || toBase64(event.id) === seen.head, 'broken_chain');
    this.events.push(event);
  }

  /** Puts all of it into the drawer, which may have been emptied or exchanged meanwhile. */
  async keepAll(): Promise<void> {
    await this.keep(this.events);
  }

  /** Takes what the server or a stream told; whatever is not new is compared. */
  async take(served: readonly Served[]): Promise<void> {
    const fresh = await this.turns.take(() => this.judge(served));
    if (fresh.length > 0) this.onChange(fresh);
  }

  private async judge(served: readonly Served[]): Promise<Event[]> {
    const many = await this.addMany(served);
    const fresh: Event[] = [...many];
    try {
      for (const one of served.slice(many.length)) {
        const wire = fromBase64(one.event);
        if (one.seq < this.log.length) await this.compare(wire, one);
        else if (!(await this.addOne(wire, one, fresh))) break;
      }
    } catch (wrong) {
      this.report(wrong, served);
    }
    await this.keep(fresh).catch(() => this.hold.notices.set('storage_full', true));
    return fresh;
  }

  /** A page of nothing but new ones at once. None where one is not good: each alone then says which, and why. */
  private async addMany(served: readonly Served[]): Promise<readonly Event[]> {
    const first = this.log.length;
    if (served.length < MANY || !served.every(({ seq }, i) => seq === first + i)) return [];
    const after = this.log.copy();
    try {
      const fresh = served.map(({ event }) => readEvent(fromBase64(event)));
      if (fresh.some(({ time }) => time > this.hold.clock.own() + DAY)) return [];
      fresh.forEach((event) => this.mustBeOurs(event));
      await appendAll(after, fresh);
      for (const { attachments } of served) this.attached.learn(attachments);
      this.log = after;
      this.events.push(...fresh);
      return fresh;
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      return [];
    }
  }

  private async addOne(wire: Bytes, one: Served, fresh: Event[]): Promise<boolean> {
    if (one.seq > this.log.length) return false;
    const read = readEvent(wire);
    // By this device's own clock: the server could say that any day is today.
    if (read.time > this.hold.clock.own() + DAY) {
      this.hold.notices.set('clock_wrong', true);
      return false;
    }
    this.mustBeOurs(read);
    this.attached.learn(one.attachments);
    const event = await append(this.log, wire);
    this.events.push(event);
    fresh.push(event);
    return true;
  }

  /** The circle that was asked for and no other; and in it nobody else stands under one's own id. */
  private mustBeOurs(event: Event): void {
    must(event.seq > 0 || same(event.id, this.circle), 'wrong_circle');
    const came = cameIn(event);
    if (came === null || !same(came.member, this.key.member)) return;
    const isMine = this.mine.some(({ signPk, boxPk }) => same(came.signPk, signPk) && same(came.boxPk, boxPk));
    must(isMine, 'key_swapped');
  }

  private async compare(wire: Bytes, one: Served): Promise<void> {
    await checkNoFork(this.log, wire);
    const held = this.events[one.seq];
    if (held === undefined || !same(held.id, readEvent(wire).id)) return;
    this.attached.learn(one.attachments);
  }

  private report(wrong: unknown, served: readonly Served[]): void {
    if (!isFailure(wrong)) throw wrong;
    if (needsReload(wrong.code)) {
      this.hold.notices.set('reload_needed', true);
      return;
    }
    this.isForked ||= wrong.code === 'fork' || wrong.code === 'broken_chain';
    this.hold.notices.set('unverified', true);
    if (this.isForked) this.onForked();
    const name = `${this.id} ${String(this.hold.clock.now())}`;
    void this.hold.drawer.put('evidence', name, { code: wrong.code, served }).catch(() => undefined);
  }

  private async keep(fresh: readonly Event[]): Promise<void> {
    await this.hold.drawer.putAll(
      'events',
      fresh.map((event): [[string, number], Kept] => [
        [this.id, event.seq],
        { wire: event.wire, attachments: this.attached.of(event, this.key.member) },
      ]),
    );
    const { drawer } = this.hold;
    if (fresh.length > 0 && this.keeper !== null && drawer.lasts) await writeSeen(drawer, this.keeper, this.id, this.log);
  }

  /** Nothing is left under these epochs: what opened them stays nowhere (SPEC.md section 10). */
  async letGo(epochs: readonly Epoch[]): Promise<void> {
    const over = new Set(epochs.map(({ id }) => toBase64(id)));
    await this.keep(this.events.filter((event) => this.attached.letGo(event, over)));
  }

  /** Fetches what is missing. A server that holds less than we do was put back to an earlier day. */
  async sync(): Promise<void> {
    let more = true;
    while (more) {
      const before = this.log.length;
      const path = `/circles/${this.id}/events?after=${String(before - 1)}`;
      const told = await this.hold.api.get<{ events: Served[]; head: number; more?: boolean; restored?: Restored | null }>(path);
      await this.take(told.events);
      this.restored = told.restored ?? null;
      if (told.head < before - 1) await this.mend(told.head);
      more = told.more === true && this.log.length > before;
    }
  }

  /** Does the server hold what we do at our newest place? A second history of the same length shows only here. */
  async compareHead(): Promise<void> {
    const told = await this.hold.api.get<{ events: Served[] }>(`/circles/${this.id}/events?after=${String(this.log.length - 2)}`);
    await this.take(told.events);
  }

  /** The server holds less than we do: what it lacks is handed back. Where that does not mend it, that is said. */
  private async mend(head: number): Promise<void> {
    await mendLog(this, head, this.hold);
    const told = await this.hold.api.get<{ head: number }>(`/circles/${this.id}/events?after=${String(this.log.length - 1)}`);
    if (told.head < this.log.length - 1) this.hold.notices.set('restored', true);
  }

  /** Builds a batch on the newest state and sends it; whoever else was faster, it is built anew. */
  async act(build: (batch: Batch) => Promise<void>, extra: Readonly<Record<string, unknown>> = {}, path?: string): Promise<Batch> {
    if (this.isForked) throw new Trouble('unverified');
    for (let tries = 0; tries < TRIES; tries++) {
      const batch = Batch.after(this.log, this.key, this.hold.clock.now());
      await build(batch);
      try {
        await this.hold.api.post(path ?? `/circles/${this.id}/events`, { ...batch.asJson(), ...extra });
        await this.takeOwn(batch);
        return batch;
      } catch (wrong) {
        if (!(wrong instanceof Refused) || wrong.code !== 'superseded') throw wrong;
        await this.take((wrong.more['events'] ?? []) as Served[]);
        await this.sync();
      }
    }
    throw new Trouble('someone_was_faster');
  }

  /** Takes a batch that was just accepted, as if it had been served. */
  async takeOwn(batch: Batch): Promise<void> {
    const attachments = batch.asJson()['attachments'] as Record<string, string>;
    const first = batch.log.length - batch.wires.length;
    await this.take(batch.wires.map((wire, i) => ({ seq: first + i, event: toBase64(wire), attachments })));
  }
}

/** Who came in by this event, with which keys. */
function cameIn(event: Event): { member: Bytes; signPk: Bytes; boxPk: Bytes } | null {
  if (event.type === 'create') {
    const [, , member, signPk, boxPk] = (event as Event<'create'>).body;
    return { member, signPk, boxPk };
  }
  if (event.type !== 'admit') return null;
  const [, , member, signPk, boxPk] = readRequest((event as Event<'admit'>).body[0]);
  return { member, signPk, boxPk };
}

/** All talks of two that one is in: found, held against their group's log, opened and closed. */
import type { TalkLine } from '../inside/model';
import { Cell } from '../inside/watched';
import { Trouble } from '../inside/trouble';
import { fromBase64, isFailure, KIND, Log, random, toBase64, type Id } from '../protocol';
import { talks } from '../protocol/later';
import type { Aboard, Beside, CircleTold } from './aboard';
import { Batch, KNOWS_NOTHING } from './batch';
import { healAlone } from './forks';
import type { Group } from './group';
import { keysOf } from './me';
import { Pair, type PairTold } from './pair';
import { beside } from './reach';
import { Refused } from './refusals';
import { dropSeen } from './seen';

const KEPT = 'talks';

export class Pairs implements Beside {
  /** Of every group, the one with something new first. */
  readonly lines = new Cell<readonly TalkLine[]>([]);
  private readonly pairs = new Map<Id, Pair>();
  private painting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly aboard: Aboard,
    private readonly show: (lines: readonly TalkLine[]) => void,
  ) {
    // What was muted says nothing of itself any more.
    aboard.mine.cell.watch(() => this.paint());
  }

  /** From this device alone. */
  async load(): Promise<void> {
    const kept = (await this.aboard.hold.drawer.get<PairTold[]>('facts', KEPT)) ?? [];
    for (const told of kept) await this.take(told, false);
  }

  async sync(circles: readonly CircleTold[]): Promise<void> {
    const told = circles.flatMap(({ circle, talk }) => (talk == null ? [] : [{ circle, talk }]));
    const here = new Set(told.map(({ circle }) => circle));
    for (const one of told) await this.takeUnlessClosed(one).catch(() => undefined);
    for (const [id, pair] of this.pairs) if (!here.has(id)) await this.letGo(id, pair);
    const kept = this.all().map(({ id, shared, isOver }): PairTold => ({ circle: id, talk: { shared: shared.id, over: isOver } }));
    await this.aboard.hold.drawer.put('facts', KEPT, kept).catch(() => undefined);
    this.paint();
  }

  private isClosed(id: Id): boolean {
    return this.aboard.mine.cell.get().closedTalks.includes(id);
  }

  /** A server that was put back to an earlier copy may not know of it any more: it is closed again. */
  private async takeUnlessClosed(told: PairTold): Promise<void> {
    if (this.isClosed(told.circle)) await this.close(told.circle);
    else await this.take(told, true);
  }

  /** The server tells of it no more: nothing stays of what was closed, or of a group one is out of; the rest can be read on. */
  private async letGo(id: Id, pair: Pair): Promise<void> {
    if (this.isClosed(id) || !pair.shared.isMember || this.aboard.groups.get(pair.shared.id) !== pair.shared) await this.drop(id, pair);
    else if (!pair.isEnded) {
      pair.isOver = true;
      await pair.end();
    }
  }

  private async take({ circle, talk }: PairTold, fromServer: boolean): Promise<Pair | null> {
    const shared = this.aboard.groups.get(talk.shared);
    if (shared === undefined || shared.book.log.length === 0) return null;
    const known = this.pairs.get(circle);
    // After another branch of the group's log went on, its room was made anew.
    const pair = known?.shared === shared ? known : this.make(shared, circle);
    if (!(await this.holds(pair))) return null;
    if (fromServer) await pair.delivered();
    pair.isOver = talk.over;
    // Before anything is asked for: what the stream tells meanwhile finds its place.
    if (this.pairs.get(circle) !== pair) {
      this.pairs.set(circle, pair);
      pair.changed.watch(() => this.paint());
    }
    if (fromServer) await pair.sync();
    if (pair.state !== 'on') await pair.outbox.returnAll();
    this.paint();
    return pair;
  }

  private make(shared: Group, circle: Id): Pair {
    const pair = new Pair(shared, fromBase64(circle), keysOf(this.aboard.me, shared.id));
    pair.onBranch = () => this.renew(pair);
    pair.onReturned = async (words) => {
      await this.aboard.drafts.giveBack(pair.id, words);
      // Perhaps it was closed: then it says so.
      void this.aboard.catchUp();
    };
    return pair;
  }

  /** Another branch of its log goes on: its room is made anew from that. */
  private async renew(pair: Pair): Promise<void> {
    pair.close();
    this.pairs.delete(pair.id);
    await this.take({ circle: pair.id, talk: { shared: pair.shared.id, over: pair.isOver } }, true);
  }

  /** Of two stories about a talk, the one that the site holds goes on, for both. */
  async heal(id: Id): Promise<void> {
    const pair = this.pairs.get(id);
    if (pair === undefined) throw new Trouble('gone');
    await healAlone(pair);
  }

  /** A fresh key in each talk whose newest does not open on this device. */
  async newKeys(): Promise<void> {
    for (const pair of this.all()) {
      if (pair.state === 'on' && pair.keys.isShut) await pair.act((batch) => batch.rotate(pair));
    }
  }

  /** What is not of these two, with the keys they have in their group, is not shown, and nothing is sealed for it. */
  private async holds(pair: Pair): Promise<boolean> {
    try {
      await pair.held();
      return true;
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      this.aboard.hold.notices.set('unverified', true);
      return false;
    }
  }

  all(): Pair[] {
    return [...this.pairs.values()];
  }

  get(id: Id): Pair | null {
    return this.pairs.get(id) ?? null;
  }

  /** The one in which this message stands. */
  ofMessage(row: Id): Pair | null {
    return this.all().find((pair) => pair.feed.talks.room.get().indexOf(row) >= 0) ?? null;
  }

  /** Where two go on who have more than one: the same for both. */
  private goesOn(shared: Group, member: Id): Pair | null {
    const both = [...this.pairs.values()].filter((pair) => pair.shared === shared && pair.other === member && pair.state === 'on');
    return talks.goesOn(shared.book.log, both.map((pair) => ({ log: pair.book.log, pair })))?.pair ?? null;
  }

  /** The talk with this member of a group, begun now where there is none. */
  async open(shared: Group, member: Id): Promise<Id> {
    const known = this.goesOn(shared, member);
    if (known !== null) return this.openAgain(shared, member, known.id);
    const { hold } = this.aboard;
    const batch = await this.begin(shared, member);
    const id = toBase64(batch.log.circle ?? random(32));
    try {
      await hold.api.post(`/circles/${shared.id}/talks`, batch.asJson());
    } catch (wrong) {
      if (!(wrong instanceof Refused) || wrong.code !== 'talk_there') throw wrong;
      // The other was quicker.
      return await this.opened(String(wrong.more['circle']), shared, member);
    }
    return await this.opened(id, shared, member);
  }

  private async begin(shared: Group, member: Id): Promise<Batch> {
    const { key, book: { log } } = shared;
    const them = log.members.get(member);
    const [circle, head] = [log.circle, log.head];
    if (them === undefined || circle === null || head === null || !shared.isMember) throw new Trouble('gone');
    const now = Math.max(this.aboard.hold.clock.now(), head.time);
    const ended = [...this.pairs.values()].filter((pair) => pair.shared === shared && pair.other === member).at(-1);
    const batch = new Batch(new Log(), key, now);
    await batch.add('create', [
      random(32), KIND.talk, key.member, key.signPk, key.boxPk, null, null, null,
      [circle, head.id, them.id, them.signPk, them.boxPk, log.windowAt(now), ended?.book.circle ?? null],
    ]);
    await batch.rotate(KNOWS_NOTHING);
    return batch;
  }

  /** The server names it: words for one member go nowhere but to a talk with them, in this group. */
  private async opened(id: Id, shared: Group, member: Id): Promise<Id> {
    const pair = await this.take({ circle: id, talk: { shared: shared.id, over: false } }, true);
    if (pair?.shared === shared && pair.other === member) return this.openAgain(shared, member, id);
    this.aboard.hold.notices.set('unverified', true);
    throw new Trouble('unverified');
  }

  /** Whoever opens a talk may be rung by them again as well. */
  private openAgain(shared: Group, member: Id, id: Id): Id {
    const [{ mine }, who] = [this.aboard, beside(shared, member)];
    if (mine.cell.get().closedWith.includes(who)) mine.change((state) => ({ ...state, closedWith: state.closedWith.filter((one) => one !== who) }));
    return id;
  }

  /** No more of it comes here. */
  async close(id: Id): Promise<void> {
    const { hold, mine } = this.aboard;
    await hold.api.post(`/circles/${id}/close`, {}).catch((wrong: unknown) => {
      // Gone there already: then it only has to go here.
      if (!(wrong instanceof Refused) || wrong.status !== 404) throw wrong;
    });
    const pair = this.pairs.get(id);
    const closedWith = pair?.state !== 'on' ? [] : [beside(pair.shared, pair.other)];
    if (!this.isClosed(id)) mine.change((state) => ({ ...state, closedTalks: [...state.closedTalks, id], closedWith: [...state.closedWith, ...closedWith] }));
    if (pair !== undefined) await this.drop(id, pair);
  }

  /** Whatever one's other device closed, or the server no longer gives: nothing of it stays. */
  private async drop(id: Id, pair: Pair): Promise<void> {
    const { drawer } = this.aboard.hold;
    this.pairs.delete(id);
    await pair.end();
    await dropSeen(drawer, id);
    await pair.feed.taken.forget();
    for (const store of ['events', 'messages', 'outbox'] as const) await drawer.removeSpan(store, id);
    this.paint();
  }

  async hear(circle: Id, name: string, told: Readonly<Record<string, unknown>>): Promise<void> {
    await this.pairs.get(circle)?.hear(name, told);
    if (name === 'aside') void this.aboard.catchUp();
  }

  lost(): void {
    this.pairs.forEach((pair) => pair.feed.reach.lostTouch());
  }

  sendAgain(): void {
    this.pairs.forEach((pair) => void pair.outbox.flush());
  }

  stop(): void {
    clearTimeout(this.painting);
    this.pairs.forEach((pair) => pair.close());
    this.pairs.clear();
    this.lines.set([]);
    this.show([]);
  }

  /** Shows what changed, once for whatever comes together. */
  private paint(): void {
    this.painting ??= setTimeout(() => {
      this.painting = undefined;
      const lines = this.listed();
      this.lines.set(lines);
      this.show(lines);
    });
  }

  private listed(): TalkLine[] {
    const best = new Map<string, Pair>();
    for (const pair of this.pairs.values()) {
      if (!pair.isBegun) continue;
      const one = `${pair.shared.id} ${pair.other}`;
      const going = this.goesOn(pair.shared, pair.other);
      if (going === null || going === pair || !going.isBegun) best.set(one, pair);
    }
    const { mutedPeople, mutedThreads } = this.aboard.mine.cell.get().settings;
    return [...best.values()].map((pair) => {
      const isMuted = mutedThreads.includes(pair.id) || mutedPeople.includes(pair.other);
      return { id: pair.id, group: pair.shared.id, member: pair.other, name: pair.name, isNew: pair.isNew && !isMuted, state: pair.state };
    });
  }
}

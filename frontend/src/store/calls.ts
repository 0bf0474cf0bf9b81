/**
 * Calls of two, begun by signals that are sealed and signed in the group (SPEC.md section 18, P70). One at a time.
 *
 * Whoever rings waits for the first that picks up, answers that one, and stops everybody else's ringing. Nothing is
 * believed that did not open with the other's keys as the group's log has them now, for this call, to this member.
 */
import type { CallView } from '../inside/reach-views';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import { order, random, same, toBase64, type Bytes, type Id } from '../protocol';
import { signals } from '../protocol/later';
import type { Line, Pass } from '../sound/line';
import type { Aboard, Rings } from './aboard';
import { fresh, isCrossing, isForsaken, otherOf, type Call, type Kind, type Meeting, type Phone } from './call';
import { Doorbell, type Served } from './doorbell';
import type { Group } from './group';
import { Rung } from './rung';
import { Signalling } from './signalling';

const RING_MS = 45_000;
const RUNG_MS = 60_000;
const JOIN_MS = 40_000;
const FRESH_S = 120;

export class Calls<Mic> implements Rings {
  readonly cell = new Cell<CallView | null>(null);
  /** Goes by the same doorbell. */
  meeting: Meeting | null = null;
  private now: Call | null = null;
  private readonly known: Rung;
  private readonly bell: Doorbell;
  private readonly device = random(16);
  private readonly out = new Signalling();

  constructor(
    private readonly aboard: Aboard,
    private readonly phone: Phone<Mic>,
    private readonly mayRing: (group: Group, member: Id) => boolean,
    private readonly isAloud: (isTest: boolean) => Promise<boolean> = () => Promise.resolve(false),
    private readonly onTalk: (group: Group, member: Id) => void = () => undefined,
  ) {
    this.known = new Rung(aboard.hold);
    this.bell = new Doorbell(aboard, {
      isToRing: (group, served, time) => this.isToRing(group, served, time),
      hear: (group, from, id, signal) => this.heard(group, from, id, signal),
    });
  }

  // What comes in -------------------------------------------------------------------------------

  async look(): Promise<void> {
    await this.known.load();
    await this.bell.look();
  }

  /** May they ring me, is it still ringing, and is it of now? Where not yet, it is looked at again while it waits. */
  private isToRing(group: Group, { from, call }: Served, time: number): boolean {
    const { clock } = this.aboard.hold;
    const isFresh = !clock.isFar && Math.abs(clock.theirs() - time) <= FRESH_S;
    const isOurs = from === group.me ? this.known.isTried(call) : isCrossing(this.now, group, from) || this.mayRing(group, from);
    return isFresh && isOurs && !this.known.isDone(group.id, from, call);
  }

  private heard(group: Group, from: Id, id: Bytes, signal: signals.Signal): void {
    if (signals.isOfGathering(signal)) return this.meeting?.hear(group, from, signal);
    if (signal.type === 'ring') return this.rung(group, from, id, signal.rest[0]);
    if (signal.type === 'over') this.known.over(group.id, from, id);
    const call = this.now;
    if (call === null || call.isOver || call.group !== group || !same(call.id, id) || !call.others.includes(from)) return;
    if (signal.type === 'take' && call.isMine) this.takenUnlessOver(call, from, signal.rest);
    else if (signal.type === 'no' && call.isMine) this.declined(call, from);
    else if (signal.type === 'answer' && !call.isMine) this.out.beside(this.answered(call, signal.rest));
    else if (signal.type === 'over') this.overBy(call, from);
  }

  private rung(group: Group, from: Id, id: Bytes, many: boolean): void {
    const mine = this.now;
    this.known.rings(group.id, from, id);
    // Both ring each other: the call with the lower id goes on, and whoever rang takes the other's at once.
    if (isCrossing(mine, group, from)) {
      if (order(id, mine.id) < 0) this.out.beside(this.cross(mine, from, id));
      return;
    }
    // Nobody learns that somebody is on the phone: nobody comes to it, as at any other time.
    if (this.isSpeaking) return;
    this.showRing(this.begin(group, id, [from], { many, isTest: from === group.me }));
  }

  private showRing(call: Call): void {
    this.show(call, 'rung');
    this.after(call, RUNG_MS, () => this.drop(call));
    void this.isAloud(call.isTest).then((aloud) => {
      if (aloud && !call.isOver && this.cell.get()?.stage === 'rung') this.show(call, 'rung', 'over', true);
    }, () => undefined);
  }

  private async cross(mine: Call, from: Id, id: Bytes): Promise<void> {
    this.stopOthers(mine, from);
    this.end(mine, null);
    await this.pickUp(this.begin(mine.group, id, [from], {}));
  }

  get canRing(): Cell<boolean> {
    return this.bell.canRing;
  }

  get hasNoRelay(): Cell<boolean> {
    return this.bell.hasNoRelay;
  }

  // Ringing ---------------------------------------------------------------------------------------

  async ring(group: Group, members: readonly Id[]): Promise<void> {
    if (this.isSpeaking) throw new Trouble('in_a_call');
    if (members.length === 0) throw new Trouble('gone');
    const call = this.begin(group, random(16), [...members], { isMine: true, many: members.length > 1 });
    this.show(call, 'ringing');
    try {
      await (await this.lineFor(call)).probe();
    } catch (wrong) {
      if (call.isOver) return;
      this.end(call, null);
      throw wrong;
    }
    if (call.isOver) return;
    this.after(call, RING_MS, () => this.nobody(call));
    const rings = members.map((to) => this.send(group, to, call.id, 'ring', [call.many], true));
    const went = await Promise.all(rings);
    if (!went.some(Boolean)) this.nobody(call);
  }

  /** Rings this device, by the way that others' rings come. */
  async tryRing(group: Group): Promise<void> {
    if (this.isSpeaking) throw new Trouble('in_a_call');
    const call = random(16);
    this.known.askedFor(call);
    if (!(await this.send(group, group.me, call, 'ring', [false], true))) throw new Trouble('away');
  }

  get isBusy(): boolean {
    return this.now !== null && this.cell.get()?.stage !== 'ended';
  }

  /** In this call, or in a meeting by voice: one is in one of them. */
  private get isSpeaking(): boolean {
    return this.isBusy || (this.meeting?.isIn ?? false);
  }

  /** Whoever picked up and went again before it was heard is not there any more. */
  private takenUnlessOver(call: Call, from: Id, rest: readonly [Bytes, string]): void {
    if (this.known.isOver(call.group.id, from, toBase64(call.id))) this.declined(call, from);
    else this.out.beside(this.taken(call, from, rest));
  }

  /** The first who picks up has it; all others stop ringing. */
  private async taken(call: Call, from: Id, [device, voice]: readonly [Bytes, string]): Promise<void> {
    if (call.picked !== null || call.line === null) return;
    call.picked = from;
    this.stopOthers(call, from);
    this.show(call, 'joining');
    this.after(call, JOIN_MS, () => this.lose(call));
    try {
      const answer = await call.line.answer(voice);
      if (!call.isOver) await this.send(call.group, from, call.id, 'answer', [device, answer]);
    } catch {
      this.lose(call);
    }
  }

  private declined(call: Call, from: Id): void {
    if (call.picked !== null) return;
    call.declined.add(from);
    // Their other pages stop as well.
    void this.send(call.group, from, call.id, 'over', []);
    if (call.declined.size === call.others.length) this.nobody(call);
  }

  private nobody(call: Call): void {
    this.stopOthers(call, null);
    this.end(call, 'nobody');
  }

  private stopOthers(call: Call, but: Id | null): void {
    for (const to of call.others) if (to !== but && !call.declined.has(to)) void this.send(call.group, to, call.id, 'over', []);
  }

  // Being rung ------------------------------------------------------------------------------------

  async answer(): Promise<void> {
    const call = this.now;
    if (call === null || call.isMine || call.isTest || this.cell.get()?.stage !== 'rung') return;
    await this.pickUp(call);
  }

  private async pickUp(call: Call): Promise<void> {
    const [from] = call.others;
    if (from === undefined) return;
    this.show(call, 'joining');
    try {
      const offer = await (await this.lineFor(call)).offer();
      if (call.isOver) return;
      this.after(call, JOIN_MS, () => this.lose(call));
      if (!(await this.send(call.group, from, call.id, 'take', [this.device, offer]))) throw new Trouble('away');
    } catch (wrong) {
      if (call.isOver) return;
      void this.send(call.group, from, call.id, 'no', []);
      // It stays in sight with why nothing came of it: whoever pressed Answer is not left wondering.
      this.end(call, 'over');
      throw wrong;
    }
  }

  private async answered(call: Call, [device, voice]: readonly [Bytes, string]): Promise<void> {
    // Another page of mine picked up.
    if (!same(device, this.device)) return this.drop(call);
    if (call.line === null || call.picked !== null) return;
    call.picked = call.others[0] ?? null;
    await call.line.accept(voice).catch(() => this.lose(call));
  }

  private overBy(call: Call, from: Id): void {
    if (call.isMine && call.picked !== from) return;
    if (this.cell.get()?.stage === 'rung') this.drop(call);
    else this.end(call, 'over');
  }

  notNow(): void {
    const call = this.now;
    const stage = this.cell.get()?.stage;
    if (call !== null && stage === 'rung' && !call.isTest) void this.send(call.group, otherOf(call), call.id, 'no', []);
    if (call !== null && (stage === 'rung' || stage === 'ended')) this.drop(call);
  }

  // Both ------------------------------------------------------------------------------------------

  hangUp(): void {
    const call = this.now;
    if (call === null || call.isOver) return;
    if (call.picked === null && call.isMine) this.stopOthers(call, null);
    else void this.send(call.group, otherOf(call), call.id, 'over', []);
    this.end(call, call.picked === null ? null : 'over');
  }

  mute(on: boolean): void {
    const view = this.cell.get();
    this.now?.line?.mute(on);
    if (view !== null) this.cell.set({ ...view, isMuted: on });
  }

  private async lineFor(call: Call): Promise<Line> {
    const mic = await this.phone.pick();
    try {
      // Left, or over, while the microphone was asked for: it is not kept open for a moment.
      if (call.isOver) throw new Trouble('gone');
      const pass = await this.aboard.hold.api.post<Pass>('/relay/pass', {});
      if (call.isOver) throw new Trouble('gone');
      const line = this.phone.line(pass, mic);
      call.line = line;
      line.onWent = (went) => {
        if (went === 'lost') this.lose(call);
        else if (!call.isOver) this.hears(call, went === 'heard');
      };
      return line;
    } catch (wrong) {
      this.phone.putBack(mic);
      throw wrong;
    }
  }

  private hears(call: Call, isHeard: boolean): void {
    clearTimeout(call.timer);
    if (isHeard) call.others.forEach((member) => this.onTalk(call.group, member));
    this.show(call, isHeard ? 'talking' : 'quiet');
  }

  private lose(call: Call): void {
    if (call.isOver) return;
    void this.send(call.group, otherOf(call), call.id, 'over', []);
    this.end(call, 'line');
  }

  private begin(group: Group, id: Bytes, others: Id[], kind: Kind): Call {
    if (this.now !== null) this.drop(this.now);
    const call = fresh(id, group, others, kind);
    call.unwatch = group.changed.watch(() => this.stillHere(call));
    this.now = call;
    return call;
  }

  /** Whoever was removed or left rings nobody and is in no call, and nobody is with them. */
  private stillHere(call: Call): void {
    if (!call.isOver && isForsaken(call)) this.end(call, call.picked === null && !call.isMine ? null : 'over');
  }

  /** Done once all that was said from here has gone, or could not. */
  async idle(): Promise<void> {
    await this.out.idle();
  }

  private send<T extends signals.SignalType>(group: Group, to: Id, call: Bytes, type: T, rest: signals.SignalRest<T>, rings = false): Promise<boolean> {
    return this.out.send(group, to, call, type, rest, rings);
  }

  private after(call: Call, ms: number, then: () => void): void {
    clearTimeout(call.timer);
    call.timer = setTimeout(() => !call.isOver && then(), ms);
  }

  private show(call: Call, stage: CallView['stage'], why: CallView['why'] = 'over', isAloud = false): void {
    if (this.now !== call) return;
    const { group, isMine, isTest, many, others, picked } = call;
    const isMuted = this.cell.get()?.isMuted ?? false;
    const who = picked === null ? others : [picked];
    this.cell.set({ stage, group: group.id, who, names: who.map((id) => group.names.of(id)), many, isMine, isTest, isMuted, why, isAloud });
  }

  /** Ends it, and says why; with null it simply is not there any more. */
  private end(call: Call, why: CallView['why'] | null): void {
    if (call.isOver) return;
    call.isOver = true;
    if (!call.isMine && !call.isTest) this.known.end(call.id);
    clearTimeout(call.timer);
    call.unwatch();
    call.line?.close();
    if (this.now !== call) return;
    if (why === null) this.put();
    else this.show(call, 'ended', why);
  }

  private drop(call: Call): void {
    this.end(call, null);
    if (this.now === call) this.put();
  }

  private put(): void {
    this.now = null;
    this.cell.set(null);
  }

  /** Whoever rings is not told that somebody left; whoever is talked to is. */
  stop(): void {
    this.meeting?.stop();
    if (this.cell.get()?.stage !== 'rung') this.hangUp();
    this.bell.stop();
    if (this.now !== null) this.drop(this.now);
  }
}

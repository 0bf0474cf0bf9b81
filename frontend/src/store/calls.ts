/**
 * Calls of two, begun by signals that are sealed and signed in the group (SPEC.md section 18, P70). One at a time.
 *
 * Whoever rings waits for the first that picks up, answers that one, and stops everybody else's ringing. Nothing is
 * believed that did not open with the other's keys as the group's log has them now, for this call, to this member.
 */
import type { CallView } from '../inside/reach-views';
import { Trouble } from '../inside/trouble';
import type { Cell } from '../inside/watched';
import { order, random, same, toBase64, type Bytes, type Id } from '../protocol';
import { signals } from '../protocol/later';
import type { Aboard, Rings } from './aboard';
import { isCrossing, isOfNow, otherOf, type Call, type Meeting, type Phone } from './call';
import { CallHeld } from './call-held';
import { Doorbell, type Served } from './doorbell';
import type { Group } from './group';
import { Rung } from './rung';

const RING_MS = 45_000;
const RUNG_MS = 60_000;
const JOIN_MS = 40_000;
/** A ring that was stopped sooner was none: nobody is told of it afterwards. */
const RANG_MS = 10_000;

export class Calls<Mic> implements Rings {
  /** Goes by the same doorbell. */
  meeting: Meeting | null = null;
  private readonly held: CallHeld<Mic>;
  private readonly known: Rung;
  private readonly bell: Doorbell;
  private readonly device = random(16);

  constructor(
    private readonly aboard: Aboard,
    phone: Phone<Mic>,
    private readonly mayRing: (group: Group, member: Id) => boolean,
    private readonly isAloud: (isTest: boolean) => Promise<boolean> = () => Promise.resolve(false),
    onTalk: (group: Group, member: Id) => void = () => undefined,
    private readonly inVain: (group: Group, member: Id) => boolean = () => false,
  ) {
    this.known = new Rung(aboard.hold);
    this.held = new CallHeld(aboard, phone, { onTalk, onEnd: ({ id }) => this.known.end(id) });
    this.bell = new Doorbell(aboard, {
      isToRing: (group, served, time) => this.isToRing(group, served, time),
      hear: (group, from, id, signal) => this.heard(group, from, id, signal),
    });
  }

  get cell(): Cell<CallView | null> {
    return this.held.cell;
  }

  // What comes in -------------------------------------------------------------------------------

  async look(): Promise<void> {
    await this.known.load();
    await this.bell.look();
  }

  /** May they ring me, is it still ringing, and is it of now? Where not yet, it is looked at again while it waits. */
  private isToRing(group: Group, { from, call }: Served, time: number): boolean {
    const isOurs = from === group.me ? this.known.isTried(call) : isCrossing(this.held.now, group, from) || this.mayRing(group, from);
    return isOfNow(this.aboard.hold.clock, time) && isOurs && !this.known.isDone(group.id, from, call);
  }

  private heard(group: Group, from: Id, id: Bytes, signal: signals.Signal): void {
    if (signals.isOfGathering(signal)) return this.meeting?.hear(group, from, signal);
    if (signal.type === 'ring') return this.rung(group, from, id, signal.rest[0]);
    if (signal.type === 'over') this.known.over(group.id, from, id);
    const call = this.held.now;
    if (call === null || call.isOver || call.group !== group || !same(call.id, id) || !call.others.includes(from)) return;
    if (signal.type === 'take' && call.isMine) this.takenUnlessOver(call, from, signal.rest);
    else if (signal.type === 'no' && call.isMine) this.declined(call, from);
    else if (signal.type === 'answer' && !call.isMine) this.held.out.beside(this.answered(call, signal.rest));
    else if (signal.type === 'over') this.overBy(call, from);
  }

  private rung(group: Group, from: Id, id: Bytes, many: boolean): void {
    const mine = this.held.now;
    this.known.rings(group.id, from, id);
    // Both ring each other: the call with the lower id goes on, and whoever rang takes the other's at once.
    if (isCrossing(mine, group, from)) {
      if (order(id, mine.id) < 0) this.held.out.beside(this.cross(mine, from, id));
      return;
    }
    // Nobody learns that somebody is on the phone: nobody comes to it, as at any other time.
    if (this.isSpeaking) return;
    this.showRing(this.held.begin(group, id, [from], { many, isTest: from === group.me }));
  }

  private showRing(call: Call): void {
    this.held.show(call, 'rung');
    this.held.after(call, RUNG_MS, () => this.held.drop(call));
    void this.isAloud(call.isTest).then((aloud) => {
      if (aloud && !call.isOver && this.held.stage === 'rung') this.held.show(call, 'rung', 'over', true);
    }, () => undefined);
  }

  private async cross(mine: Call, from: Id, id: Bytes): Promise<void> {
    this.stopOthers(mine, from);
    this.held.end(mine, null);
    await this.pickUp(this.held.begin(mine.group, id, [from], {}));
  }

  get canRing(): Cell<boolean | null> {
    return this.bell.canRing;
  }

  // Ringing ---------------------------------------------------------------------------------------

  async ring(group: Group, members: readonly Id[]): Promise<void> {
    if (this.isSpeaking) throw new Trouble('in_a_call');
    if (members.length === 0) throw new Trouble('gone');
    const call = this.held.begin(group, random(16), [...members], { isMine: true, many: members.length > 1 });
    this.held.show(call, 'ringing');
    try {
      await (await this.held.lineFor(call)).probe();
    } catch (wrong) {
      if (call.isOver) return;
      this.held.end(call, null);
      throw wrong;
    }
    if (call.isOver) return;
    this.held.after(call, RING_MS, () => this.nobody(call));
    call.wentAt = Date.now();
    this.held.prepareOver(call);
    const went = await Promise.all(members.map((to) => this.held.send(call, to, 'ring', [call.many], true)));
    call.wentTo = members.filter((_, one) => went[one]);
    if (call.wentTo.length === 0) this.nobody(call);
  }

  /** Rings this device, by the ways that others' rings come: to the page, and to its push address where it has one. */
  async tryRing(group: Group, device: string | null = null): Promise<void> {
    if (this.isSpeaking) throw new Trouble('in_a_call');
    const call = random(16);
    this.known.askedFor(call);
    if (!(await this.held.out.send(group, group.me, call, 'ring', [false], true, device))) throw new Trouble('away');
  }

  get isBusy(): boolean {
    return this.held.isBusy;
  }

  /** In this call, or in a meeting by voice: one is in one of them. */
  private get isSpeaking(): boolean {
    return this.isBusy || (this.meeting?.isIn ?? false);
  }

  /** Whoever picked up and went again before it was heard is not there any more. */
  private takenUnlessOver(call: Call, from: Id, rest: readonly [Bytes, string]): void {
    if (this.known.isOver(call.group.id, from, toBase64(call.id))) this.declined(call, from);
    else this.held.out.beside(this.taken(call, from, rest));
  }

  /** The first who picks up has it; all others stop ringing. */
  private async taken(call: Call, from: Id, [device, voice]: readonly [Bytes, string]): Promise<void> {
    if (call.picked !== null || call.line === null) return;
    call.picked = from;
    this.stopOthers(call, from);
    this.held.show(call, 'joining');
    this.held.after(call, JOIN_MS, () => this.held.lose(call));
    try {
      const answer = await call.line.answer(voice);
      if (!call.isOver) await this.held.send(call, from, 'answer', [device, answer]);
    } catch {
      this.held.lose(call);
    }
  }

  private declined(call: Call, from: Id): void {
    if (call.picked !== null) return;
    call.declined.add(from);
    // Their other pages stop as well.
    this.held.sayOver(call, from);
    if (call.declined.size === call.others.length) this.nobody(call);
  }

  private nobody(call: Call): void {
    this.stopOthers(call, null);
    this.sayInVain(call);
    this.held.end(call, 'nobody');
  }

  /** Who neither came nor said not now finds afterwards that somebody rang. */
  private sayInVain(call: Call): void {
    if (call.isOver || call.picked !== null) return;
    for (const member of call.wentTo) if (!call.declined.has(member) && this.inVain(call.group, member)) call.isLeft = true;
  }

  private stopOthers(call: Call, but: Id | null): void {
    for (const to of call.others) if (to !== but && !call.declined.has(to)) this.held.sayOver(call, to);
  }

  // Being rung ------------------------------------------------------------------------------------

  async answer(): Promise<void> {
    const call = this.held.now;
    if (call === null || call.isMine || call.isTest || this.held.stage !== 'rung') return;
    await this.pickUp(call);
  }

  private async pickUp(call: Call): Promise<void> {
    const [from] = call.others;
    if (from === undefined) return;
    this.held.show(call, 'joining');
    this.held.prepareOver(call);
    try {
      const offer = await (await this.held.lineFor(call)).offer();
      if (call.isOver) return;
      this.held.after(call, JOIN_MS, () => this.held.lose(call));
      if (!(await this.held.send(call, from, 'take', [this.device, offer]))) throw new Trouble('away');
    } catch (wrong) {
      if (call.isOver) return;
      void this.held.send(call, from, 'no', []);
      // It stays in sight with why nothing came of it: whoever pressed Answer is not left wondering.
      this.held.end(call, 'over');
      throw wrong;
    }
  }

  private async answered(call: Call, [device, voice]: readonly [Bytes, string]): Promise<void> {
    // Another page of mine picked up.
    if (!same(device, this.device)) return this.held.drop(call);
    if (call.line === null || call.picked !== null) return;
    call.picked = call.others[0] ?? null;
    await call.line.accept(voice).catch(() => this.held.lose(call));
  }

  private overBy(call: Call, from: Id): void {
    if (call.isMine && call.picked !== from) return;
    if (this.held.stage === 'rung') this.held.drop(call);
    else this.held.end(call, 'over');
  }

  notNow(): void {
    const call = this.held.now;
    const stage = this.held.stage;
    if (call !== null && stage === 'rung' && !call.isTest) void this.held.send(call, otherOf(call), 'no', []);
    if (call !== null && (stage === 'rung' || stage === 'ended')) this.held.drop(call);
  }

  // Both ------------------------------------------------------------------------------------------

  hangUp(): void {
    const call = this.held.now;
    if (call?.isMine && Math.abs(Date.now() - call.wentAt) >= RANG_MS) this.sayInVain(call);
    this.stopSpeaking();
  }

  private stopSpeaking(): void {
    const call = this.held.now;
    if (call === null || call.isOver) return;
    if (call.picked === null && call.isMine) this.stopOthers(call, null);
    else this.held.sayOver(call, otherOf(call));
    this.held.end(call, call.picked === null ? null : 'over');
  }

  mute(on: boolean): void {
    this.held.mute(on);
  }

  /** Done once all that was said from here has gone, or could not. */
  async idle(): Promise<void> {
    await this.held.out.idle();
  }

  /** The page is being closed. Whoever rings is not told that somebody left; whoever is rung or talked to is, at once. */
  pageLeft(): void {
    this.meeting?.leave();
    if (this.held.stage !== 'rung') this.stopSpeaking();
  }

  stop(): void {
    this.pageLeft();
    this.meeting?.stop();
    this.bell.stop();
    if (this.held.now !== null) this.held.drop(this.held.now);
  }
}

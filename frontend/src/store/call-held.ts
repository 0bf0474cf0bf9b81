/** The one call that this page holds: its line, what is shown of it, and its end (SPEC.md section 18). */
import type { CallView } from '../inside/reach-views';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import type { Bytes, Id } from '../protocol';
import type { signals } from '../protocol/later';
import type { Line, Pass } from '../sound/line';
import type { Aboard } from './aboard';
import { fresh, isForsaken, otherOf, type Call, type Kind, type Phone } from './call';
import type { Group } from './group';
import { Signalling } from './signalling';

/** What is done about a call besides. */
export interface Beside {
  /** The two hear each other. */
  onTalk(group: Group, member: Id): void;
  /** It rang here, and does so no more. */
  onEnd(call: Call): void;
}

export class CallHeld<Mic> {
  readonly cell = new Cell<CallView | null>(null);
  readonly out = new Signalling();
  now: Call | null = null;

  constructor(
    private readonly aboard: Aboard,
    private readonly phone: Phone<Mic>,
    private readonly beside: Beside,
  ) {}

  get stage(): CallView['stage'] | null {
    return this.cell.get()?.stage ?? null;
  }

  get isBusy(): boolean {
    return this.now !== null && this.stage !== 'ended';
  }

  begin(group: Group, id: Bytes, others: Id[], kind: Kind): Call {
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

  send<T extends signals.SignalType>({ group, id }: Call, to: Id, type: T, rest: signals.SignalRest<T>, rings = false): Promise<boolean> {
    return this.out.send(group, to, id, type, rest, rings);
  }

  /** So that it can be said in the moment in which the page is closed. */
  prepareOver(call: Call): void {
    this.out.beside(Promise.all(call.others.map(async (to) => {
      const over = await this.out.prepare(call.group, to, call.id, 'over', []);
      if (over !== null) call.overs.set(to, over);
    })));
  }

  sayOver(call: Call, to: Id): void {
    const over = call.overs.get(to);
    if (over === undefined) void this.send(call, to, 'over', []);
    else over();
  }

  // Its line --------------------------------------------------------------------------------------

  async lineFor(call: Call): Promise<Line> {
    const mic = await this.phone.pick();
    try {
      // Left, or over, while the microphone was asked for: it is not kept open for a moment.
      if (call.isOver) throw new Trouble('gone');
      const pass = await this.aboard.hold.api.post<Pass>('/relay/pass', {});
      if (call.isOver) throw new Trouble('gone');
      const line = this.phone.line(pass, mic);
      this.phone.onEnded(mic, () => this.micEnded(call));
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

  /** It was pulled out, or the phone took it away. The other can still be heard. */
  private micEnded(call: Call): void {
    call.isMicGone = true;
    if (!call.isOver && this.stage !== null) this.show(call, this.stage);
  }

  private hears(call: Call, isHeard: boolean): void {
    clearTimeout(call.timer);
    if (isHeard) call.others.forEach((member) => this.beside.onTalk(call.group, member));
    this.show(call, isHeard ? 'talking' : 'quiet');
  }

  lose(call: Call): void {
    if (call.isOver) return;
    this.sayOver(call, otherOf(call));
    this.end(call, 'line');
  }

  mute(on: boolean): void {
    const view = this.cell.get();
    this.now?.line?.mute(on);
    if (view !== null) this.cell.set({ ...view, isMuted: on });
  }

  // What is shown, and its end --------------------------------------------------------------------

  after(call: Call, ms: number, then: () => void): void {
    clearTimeout(call.timer);
    call.timer = setTimeout(() => !call.isOver && then(), ms);
  }

  show(call: Call, stage: CallView['stage'], why: CallView['why'] = 'over', isAloud = false): void {
    if (this.now !== call) return;
    const { group, isMine, isTest, isLeft, isMicGone, many, others, picked } = call;
    const isMuted = this.cell.get()?.isMuted ?? false;
    const who = picked === null ? others : [picked];
    this.cell.set({ stage, group: group.id, who, names: who.map((id) => group.names.of(id)), many, isMine, isTest, isMuted, isMicGone, isLeft, why, isAloud });
  }

  /** Ends it, and says why; with null it simply is not there any more. */
  end(call: Call, why: CallView['why'] | null): void {
    if (call.isOver) return;
    call.isOver = true;
    if (!call.isMine && !call.isTest) this.beside.onEnd(call);
    clearTimeout(call.timer);
    call.unwatch();
    call.line?.close();
    if (this.now !== call) return;
    if (why === null) this.put();
    else this.show(call, 'ended', why);
  }

  drop(call: Call): void {
    this.end(call, null);
    if (this.now === call) this.put();
  }

  private put(): void {
    this.now = null;
    this.cell.set(null);
  }
}

/** Meetings by voice of all groups: who says they are in one, coming in, and going out (SPEC.md section 20). */
import type { GatheringView } from '../inside/gathering-views';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import { random, toBase64, type Id } from '../protocol';
import type { signals } from '../protocol/later';
import type { Aboard } from './aboard';
import { isOfNow, type Meeting } from './call';
import { Gathering, type VoicePhone } from './gathering';
import { Saying } from './gathering-saying';
import { fromInside, fromOutside } from './gathering-view';
import type { Group } from './group';
import { isFull, Present, type Page } from './present';
import { RelayPass } from './relay-pass';
import { Signalling } from './signalling';

type Why = GatheringView['why'];

const HERE_MS = 50_000;
const LOOK_MS = 10_000;
const MIC_TROUBLES = ['mic_refused', 'mic_none', 'mic_busy'] as const;

/** Where I am, am on my way to, or was until now. */
interface Mine<Mic> {
  group: Group;
  at: Gathering<Mic> | null;
  saying: Saying | null;
  out: Why | null;
  micTrouble: GatheringView['micTrouble'];
  /** While on the way in; then it is of the meeting. */
  mic: Mic | null;
  timer: ReturnType<typeof setInterval> | undefined;
  unwatch: () => void;
}

export class Gatherings<Mic> implements Meeting {
  readonly mine = new Cell<GatheringView | null>(null);
  private readonly cells = new Map<Id, Cell<GatheringView>>();
  private readonly watched = new WeakSet<Group>();
  private readonly present = new Map<Id, Present>();
  private readonly out = new Signalling();
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly unwatch: () => void;
  private here: Mine<Mic> | null = null;
  private readonly pass: RelayPass;

  constructor(
    private readonly aboard: Aboard,
    private readonly phone: VoicePhone<Mic>,
    private readonly canMeet: Cell<boolean | null>,
    private readonly isCalling: () => boolean,
  ) {
    this.pass = new RelayPass(aboard.hold);
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.unwatch = canMeet.watch(() => this.paint());
  }

  // What comes in -------------------------------------------------------------------------------

  /** Opened by the doorbell: from whom it says, to me, in this group. */
  hear(group: Group, from: Id, signal: signals.OfGathering): void {
    if (this.clock.isFar) return this.syncIn(group);
    if (signal.type === 'here') this.heardHere(group, { member: from, device: toBase64(signal.rest[0]), since: signal.rest[1], said: signal.time });
    else if (signal.type === 'gone') this.presentIn(group).went(from, toBase64(signal.rest[0]));
    else this.heardLine(group, from, signal);
    this.syncIn(group);
  }

  /** Whoever has just come is told who is here. */
  private heardHere(group: Group, page: Page): void {
    const isNew = this.presentIn(group).here(page, this.clock.theirs());
    const { here } = this;
    if (!isNew || here?.at == null || here.group !== group || page.device === here.at.mine.device) return;
    this.out.beside(here.saying?.here(page.member) ?? Promise.resolve());
  }

  private heardLine(group: Group, from: Id, { type, time, rest: [device, theirs, turn, voice] }: Extract<signals.OfGathering, { type: 'offer' | 'accept' }>): void {
    if (this.here?.group !== group || this.here.at === null || !isOfNow(this.clock, time)) return;
    this.here.at.sync();
    this.out.beside(this.here.at?.made(type, from, [toBase64(device), toBase64(theirs), turn, voice]) ?? Promise.resolve());
  }

  /** A group that is read anew, because its log was mended, is another one: what is held of the one before hears no news. */
  private look(): void {
    const { here } = this;
    if (here !== null && here.out === null && this.aboard.groups.get(here.group.id) !== here.group) return here.at === null ? this.leave() : this.putOut(here, 'anew');
    here?.at?.sync();
    this.paint();
  }

  private get clock() {
    return this.aboard.hold.clock;
  }

  private theirsMs(): number {
    return this.clock.theirs() * 1000 + (Date.now() % 1000);
  }

  private presentIn(group: Group): Present {
    const known = this.present.get(group.id) ?? new Present();
    this.present.set(group.id, known);
    return known;
  }

  private pagesIn(group: Group): Page[] {
    return this.presentIn(group).now(this.clock.theirs(), (id) => group.book.log.members.has(id));
  }

  // Coming and going ------------------------------------------------------------------------------

  get isIn(): boolean {
    return this.here !== null && this.here.out === null;
  }

  async come(group: Group, withMic: boolean): Promise<void> {
    if (this.isIn && this.here?.group === group) return;
    this.mustHavePlace(group);
    const here: Mine<Mic> = { group, at: null, saying: null, out: null, micTrouble: null, mic: null, timer: undefined, unwatch: () => undefined };
    this.here = here;
    this.paint();
    try {
      if (withMic) await this.pickFor(here);
      // Whoever goes again on their way in was never in it.
      if (this.here !== here) return;
      await this.phone.probe(await this.pass.anew());
      if (this.here !== here) return;
      this.mustHavePlace(group, here);
    } catch (wrong) {
      if (this.here !== here) return;
      this.leave();
      throw wrong;
    }
    this.enter(here);
  }

  private mustHavePlace(group: Group, here: Mine<Mic> | null = null): void {
    if (this.isCalling() || (this.isIn && this.here !== here)) throw new Trouble('in_a_call');
    if (!group.isMember) throw new Trouble('gone');
    if (this.canMeet.get() !== true) throw new Trouble(this.canMeet.get() === false ? 'no_relay' : 'away');
    if (this.clock.isFar) throw new Trouble('clock_wrong');
    this.phone.mustBeAble();
    if (isFull(this.pagesIn(group).filter(({ member }) => member !== group.me))) throw new Trouble('voice_full');
  }

  /** Whoever has none, or keeps it to themselves, comes in all the same. */
  private async pickFor(here: Mine<Mic>): Promise<void> {
    try {
      const mic = await this.phone.pick();
      if (this.here !== here) return this.phone.putBack(mic);
      here.mic = mic;
      this.phone.onEnded(mic, () => this.micEnded(here, mic));
    } catch (wrong) {
      const code = MIC_TROUBLES.find((one) => wrong instanceof Trouble && wrong.code === one);
      if (code === undefined) throw wrong;
      here.micTrouble = code;
    }
  }

  /** It was pulled out, or the phone took it away: nobody hears me any more, and I am told. */
  private micEnded(here: Mine<Mic>, mic: Mic): void {
    if (this.here !== here || (here.mic !== mic && here.at?.mic !== mic)) return;
    this.phone.putBack(mic);
    here.mic = null;
    here.at?.takeAway();
    here.micTrouble = 'mic_gone';
    this.paint();
  }

  private enter(here: Mine<Mic>): void {
    const { group } = here;
    const since = this.theirsMs();
    const page = { member: group.me, device: toBase64(random(16)), since, said: this.clock.theirs() };
    const saying = new Saying(this.out, group, page);
    const at = new Gathering<Mic>(page, {
      group, present: this.presentIn(group), phone: this.phone,
      pass: () => this.pass.now(),
      theirs: () => this.theirsMs(),
      send: (to, type, turn, voice) => saying.line(to, type, turn, voice),
      out: (why) => this.putOut(here, why),
    });
    here.at = at;
    here.saying = saying;
    const unwatch = [at.changed.watch(() => this.paint()), group.changed.watch(() => at.sync())];
    here.unwatch = () => unwatch.forEach((stop) => stop());
    here.timer = setInterval(() => this.sayHere(here), HERE_MS);
    if (here.mic !== null) at.give(here.mic);
    here.mic = null;
    at.sync();
    this.sayHere(here);
  }

  private sayHere({ group, saying }: Mine<Mic>): void {
    saying?.hereToAll(new Set(this.pagesIn(group).map(({ member }) => member)));
  }

  /** Everybody is told, also my own other pages. */
  private goOut(here: Mine<Mic>): void {
    const { group, at, saying, timer, unwatch, mic } = here;
    clearInterval(timer);
    unwatch();
    if (mic !== null) this.phone.putBack(mic);
    here.mic = null;
    if (at === null) return;
    at.close();
    this.presentIn(group).went(group.me, at.mine.device);
    saying?.gone();
  }

  private putOut(here: Mine<Mic>, why: Why): void {
    if (this.here !== here || here.out !== null) return;
    this.goOut(here);
    here.at = null;
    here.out = why;
    this.paint();
  }

  leave(): void {
    const { here } = this;
    if (here === null) return;
    this.here = null;
    this.goOut(here);
    this.paint();
  }

  // In it -----------------------------------------------------------------------------------------

  /** Does something with the one I am in; nothing where I am in none. */
  inside(then: (at: Gathering<Mic>) => void): void {
    if (this.here?.at != null) then(this.here.at);
  }

  async takeMic(): Promise<void> {
    const { here } = this;
    if (here?.at == null || here.at.mic !== null) return;
    const mic = await this.phone.pick();
    if (this.here !== here || here.at === null || here.at.mic !== null) return this.phone.putBack(mic);
    here.micTrouble = null;
    this.phone.onEnded(mic, () => this.micEnded(here, mic));
    here.at.give(mic);
  }

  raiseHand(on: boolean): void {
    this.inside((at) => at.raise(on ? this.clock.theirs() : 0));
  }

  // What is seen ----------------------------------------------------------------------------------

  cellOf(group: Group): Cell<GatheringView> {
    const cell = this.cells.get(group.id) ?? new Cell(this.view(group));
    this.cells.set(group.id, cell);
    // Read anew, it is another group of the same name.
    if (!this.watched.has(group)) group.changed.watch(() => this.paint());
    this.watched.add(group);
    return cell;
  }

  private view(group: Group): GatheringView {
    const outside = fromOutside(group, this.pagesIn(group), this.canMeet.get() === true);
    const { here } = this;
    if (here === null || here.group.id !== group.id) return outside;
    const { at, out, micTrouble } = here;
    if (out !== null) return { ...outside, stage: 'out', why: out };
    return { ...(at === null ? { ...outside, stage: 'coming' as const } : fromInside(group, at, outside)), micTrouble };
  }

  private syncIn(group: Group): void {
    if (this.here?.group.id === group.id) this.look();
    else this.paint();
  }

  private paint(): void {
    for (const [id, cell] of this.cells) {
      const group = this.aboard.groups.get(id);
      if (group !== undefined) show(cell, this.view(group));
    }
    const { here } = this;
    show(this.mine, here === null ? null : this.view(here.group));
  }

  async idle(): Promise<void> {
    await this.out.idle();
  }

  stop(): void {
    this.leave();
    clearInterval(this.timer);
    this.unwatch();
  }
}

/** Drawn only when something of it is not as it was. */
function show<T>(cell: Cell<T>, view: T): void {
  if (JSON.stringify(cell.get()) !== JSON.stringify(view)) cell.set(view);
}

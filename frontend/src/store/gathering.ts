/**
 * Being in a group's meeting by voice, with this page: a line to each other who is in it, what each says of themselves on
 * it, and the round there is (SPEC.md section 20, P70). Nothing of it is kept.
 */
import { Cell } from '../inside/watched';
import { fromBase64, order, type Bytes, type Id } from '../protocol';
import { gatherings } from '../protocol/later';
import type { Loudness } from '../sound/loudness';
import type { Pass } from '../sound/line';
import type { SharedLine } from '../sound/shared-line';
import type { Group } from './group';
import { inOrder, mustYield, named, SETTLED_MS, withLines, type Page, type Present } from './present';
import { RoundHere } from './gathering-round';
import * as rounds from './rounds';
import { Strand } from './strand';
import { WhoSpeaks } from './who-speaks';

/** What the browser gives. */
export interface VoicePhone<Mic> {
  /** Throws Trouble `cannot_call` where the browser has no way to. */
  mustBeAble(): void;
  pick(): Promise<Mic>;
  putBack(mic: Mic): void;
  /** Called when it is pulled out, or the phone takes it away. */
  onEnded(mic: Mic, then: () => void): void;
  open(mic: Mic, on: boolean): void;
  loudness(mic: Mic): Loudness;
  probe(pass: Pass): Promise<void>;
  line(pass: Pass): SharedLine<Mic>;
}

/** What it needs of where it is held. */
export interface Held<Mic> {
  readonly group: Group;
  readonly present: Present;
  readonly phone: VoicePhone<Mic>;
  pass(): Promise<Pass>;
  /** By the server, in milliseconds. */
  theirs(): number;
  send(page: Page, type: 'offer' | 'accept', turn: number, voice: string): Promise<boolean>;
  /** Not of one's own will. */
  out(why: 'full' | 'elsewhere' | 'gone'): void;
}

const SAY_MS = 10_000;
const TICK_MS = 200;
const NOTHING: gatherings.Said = { mic: false, open: false, hand: 0, round: null };

export class Gathering<Mic> {
  readonly changed = new Cell(0);
  readonly began = Date.now();
  readonly round: RoundHere;
  mic: Mic | null = null;
  isOpen = false;
  hand = 0;
  readonly speakers = new WhoSpeaks();
  private readonly strands = new Map<string, { page: Page; strand: Strand<Mic> }>();
  private readonly turns = new Map<string, number>();
  private readonly told = new Map<Id, gatherings.Said>();
  private ear: Loudness | null = null;
  private aloneFrom: number | null = Date.now();
  private cutOffAt = -Infinity;
  private isClosed = false;
  private readonly timers: ReturnType<typeof setInterval>[];

  constructor(
    readonly mine: Page,
    private readonly held: Held<Mic>,
  ) {
    const { me } = held.group;
    const here = () => this.pages.map(({ member }) => member).filter((member) => member === me || this.strandOf(member) !== null);
    const outOfReach = (member: Id) => this.outOfReach(member, Date.now());
    this.round = new RoundHere({
      me, outOfReach, cutOff: () => this.cutOffAt, theirs: () => held.theirs(), lostAt: (member) => this.lostAt(member), say: () => this.say(),
      get here() {
        return here();
      },
    });
    this.timers = [setInterval(() => this.say(), SAY_MS), setInterval(() => this.listen(), TICK_MS)];
  }

  // Who is in it ------------------------------------------------------------------------------------

  private get theirs(): number {
    return Math.floor(this.held.theirs() / 1000);
  }

  private get others(): Page[] {
    const { group, present } = this.held;
    return present.now(this.theirs, (id) => group.book.log.members.has(id)).filter(({ member }) => member !== group.me);
  }

  /** Who is in it, mine among them; never less than who can hear. */
  get pages(): Page[] {
    return inOrder([this.mine, ...this.others]);
  }

  /** Lines to whom there should be one, and to nobody else. */
  sync(): void {
    if (this.isClosed) return;
    const { group, present } = this.held;
    if (!group.isMember) return this.held.out('gone');
    for (const { page, strand } of this.strands.values()) if (strand.stands === 'on' || strand.stands === 'quiet') present.keep(page, this.theirs);
    if (this.isTakenOver()) return this.held.out('elsewhere');
    const { others } = this;
    if (mustYield(this.mine, others, this.held.theirs())) return this.held.out('full');
    const wanted = withLines(others, this.settled());
    const names = new Set(wanted.map(named));
    for (const [name, { strand, page }] of this.strands) if (!names.has(name)) this.drop(name, page, strand);
    for (const page of wanted) if (!this.strands.has(named(page))) this.reach(page);
    this.touch();
  }

  /** I came in with another page since. */
  private isTakenOver(): boolean {
    const { group, present } = this.held;
    const newest = present.now(this.theirs, (id) => group.book.log.members.has(id)).find(({ member }) => member === group.me);
    return newest !== undefined && newest.device !== this.mine.device && inOrder([newest, this.mine])[0] === this.mine;
  }

  private settled(): Set<Id> {
    const long = Date.now() - SETTLED_MS;
    return new Set([...this.strands.values()].flatMap(({ page, strand }) => ((strand.firstOnAt ?? Infinity) <= long ? [page.device] : [])));
  }

  private reach(page: Page): void {
    const { turns, held } = this;
    const strand: Strand<Mic> = new Strand<Mic>({
      isOffering: order(fromBase64(held.group.me), fromBase64(page.member)) < 0,
      get turn() {
        return turns.get(named(page)) ?? 0;
      },
      set turn(turn) {
        turns.set(named(page), turn);
      },
      open: () => this.line(page),
      send: (type, turn, voice) => held.send(page, type, turn, voice),
      said: (raw) => this.hear(page, raw),
      changed: () => this.stood(strand),
    });
    this.strands.set(named(page), { page, strand });
    void strand.begin();
  }

  private async line(page: Page): Promise<SharedLine<Mic>> {
    const line = this.held.phone.line(await this.held.pass());
    if (this.mic !== null) line.give(this.mic);
    line.silence(this.isMuted(page.member));
    return line;
  }

  private stood(strand: Strand<Mic>): void {
    if (strand.stands === 'on') strand.line?.say(this.said());
    this.lookWhetherCutOff();
    this.touch();
  }

  /** Noted as it happens: without any line for ten seconds, then with one again. */
  private lookWhetherCutOff(): void {
    const now = Date.now();
    const isHeard = [...this.strands.values()].some(({ strand: { stands } }) => stands === 'on');
    if (isHeard && this.aloneFrom !== null && now - this.aloneFrom >= rounds.SKIP_MS) this.cutOffAt = now;
    if (isHeard) this.aloneFrom = null;
    else this.aloneFrom ??= now;
  }

  private drop(name: string, { member }: Page, strand: Strand<Mic>): void {
    strand.close();
    this.strands.delete(name);
    this.told.delete(member);
    this.lookWhetherCutOff();
  }

  strandOf(member: Id): Strand<Mic> | null {
    return [...this.strands.values()].find(({ page }) => page.member === member)?.strand ?? null;
  }

  /** What waits in a signal for the page that counts of its author, naming this one. */
  made(type: 'offer' | 'accept', from: Id, [device, theirs, turn, voice]: readonly [Id, Id, number, string]): Promise<void> {
    const one = this.strands.get(named({ member: from, device }));
    if (theirs !== this.mine.device || one === undefined) return Promise.resolve();
    return type === 'offer' ? one.strand.offered(turn, voice) : one.strand.accepted(turn, voice);
  }

  // What is said in it ------------------------------------------------------------------------------

  saidBy(member: Id): gatherings.Said {
    if (member === this.held.group.me) return { mic: this.mic !== null, open: this.isOpen, hand: this.hand, round: null };
    return this.told.get(member) ?? NOTHING;
  }

  private said(): Bytes {
    return gatherings.writeSaid({ ...this.saidBy(this.held.group.me), round: this.round.said });
  }

  say(): void {
    const said = this.said();
    for (const { strand } of this.strands.values()) if (strand.stands === 'on') strand.line?.say(said);
    this.touch();
  }

  /** Everybody speaks for themselves alone: whose it is says the line it came by. */
  private hear({ member }: Page, raw: Bytes): void {
    try {
      const said = gatherings.readSaid(raw);
      this.told.set(member, said);
      if (said.round !== null && this.strandOf(member)?.stands !== 'quiet') this.round.hear(said.round, member);
      this.touch();
    } catch {
      // What cannot be read was not said.
    }
  }

  private outOfReach(member: Id, now: number): number {
    const strand = this.strandOf(member);
    return strand?.stands === 'on' ? strand.awayAt : now;
  }

  /** Since when there is no line to them; null while there is one, or it is I. */
  lostAt(member: Id): number | null {
    if (member === this.held.group.me) return null;
    const strand = this.strandOf(member);
    if (strand?.stands === 'on') return null;
    return Math.max(strand?.onAt ?? this.began, this.round.now?.turnFrom ?? 0);
  }

  raise(hand: number): void {
    this.hand = hand;
    this.say();
  }

  // Voices ------------------------------------------------------------------------------------------

  give(mic: Mic): void {
    this.held.phone.open(mic, this.isOpen);
    this.mic = mic;
    this.ear = this.held.phone.loudness(mic);
    for (const { strand } of this.strands.values()) strand.line?.give(mic);
    this.say();
  }

  /** There is no microphone any more. */
  takeAway(): void {
    this.mic = null;
    this.isOpen = false;
    this.ear?.close();
    this.ear = null;
    for (const { strand } of this.strands.values()) strand.line?.give(null);
    this.say();
  }

  get isSilenced(): boolean {
    return [...this.strands.values()].some(({ strand: { line } }) => line?.isRefused() ?? false);
  }

  hearThem(): void {
    for (const { strand } of this.strands.values()) strand.line?.again();
  }

  open(on: boolean): void {
    if (this.mic === null || on === this.isOpen) return;
    this.isOpen = on;
    this.held.phone.open(this.mic, on);
    this.say();
  }

  isMuted(member: Id): boolean {
    return this.held.group.mine.cell.get().settings.mutedPeople.includes(member);
  }

  private listen(): void {
    this.sync();
    if (this.isClosed) return;
    const now = Date.now();
    this.speakers.note(this.held.group.me, this.isOpen ? (this.ear?.loud() ?? 0) : 0, now);
    for (const { page, strand } of this.strands.values()) {
      const isMuted = this.isMuted(page.member);
      strand.line?.silence(isMuted);
      this.speakers.note(page.member, isMuted || strand.stands !== 'on' ? 0 : (strand.line?.loud() ?? 0), now);
    }
    this.touch();
  }

  private touch(): void {
    this.changed.set(this.changed.get() + 1);
  }

  close(): void {
    this.isClosed = true;
    this.timers.forEach(clearInterval);
    for (const [name, { page, strand }] of this.strands) this.drop(name, page, strand);
    this.ear?.close();
    if (this.mic !== null) this.held.phone.putBack(this.mic);
    this.mic = null;
  }
}

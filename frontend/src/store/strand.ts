/**
 * The line between this page and one other of a meeting by voice (SPEC.md section 20): offered by the one with the lower
 * id, held through a tunnel, and when it is lost offered anew by itself. What it is made of was signed by the other (P70).
 */
import type { Bytes } from '../protocol';
import type { SharedLine } from '../sound/shared-line';

export type Stands = 'coming' | 'on' | 'quiet' | 'lost';

/** What such a line needs of where it is held. */
export interface Ends<Mic> {
  readonly isOffering: boolean;
  /** The highest turn that these two pages have tried. */
  turn: number;
  open(): Promise<SharedLine<Mic>>;
  send(type: 'offer' | 'accept', turn: number, voice: string): Promise<boolean>;
  said(raw: Bytes): void;
  changed(): void;
}

const JOIN_MS = 20_000;
const AGAIN_MS = 2_000;
const SELDOM_MS = 30_000;
/** Offers come no faster than whoever offers tries again. */
const APART_MS = 1_500;
/** Of what is said on it, so much is read in ten seconds; of what is ten times that, or longer than anything, nothing more. */
const MOST_SAID = 60;
const MOST_BYTES = 512;
const SAID_MS = 10_000;

export class Strand<Mic> {
  stands: Stands = 'coming';
  /** When it was last not there, and when it was last there, in milliseconds of this device. */
  awayAt = Date.now();
  onAt: number | null = null;
  firstOnAt: number | null = null;
  line: SharedLine<Mic> | null = null;
  private isAwaited = false;
  private offeredAt = -Infinity;
  private isClosed = false;
  private tries = 0;
  private read = { from: 0, count: 0 };
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ends: Ends<Mic>) {}

  /** Whoever offers begins; the other waits for it. */
  async begin(): Promise<void> {
    if (!this.ends.isOffering || this.isClosed) return;
    const turn = ++this.ends.turn;
    await this.making(turn, async (line) => {
      const voice = await line.offer();
      if (!this.isOf(turn)) return;
      this.isAwaited = true;
      if (!(await this.ends.send('offer', turn, voice))) this.lose(turn);
    });
  }

  async offered(turn: number, voice: string): Promise<void> {
    const now = Date.now();
    if (this.ends.isOffering || this.isClosed || turn <= this.ends.turn || Math.abs(now - this.offeredAt) < APART_MS) return;
    this.offeredAt = now;
    this.ends.turn = turn;
    await this.making(turn, async (line) => {
      const answer = await line.answer(voice);
      if (this.isOf(turn) && !(await this.ends.send('accept', turn, answer))) this.lose(turn);
    });
  }

  /** Counts once, and only for what was offered last. */
  async accepted(turn: number, voice: string): Promise<void> {
    if (!this.isAwaited || !this.isOf(turn) || this.line === null) return;
    this.isAwaited = false;
    await this.line.accept(voice).catch(() => this.lose(turn));
  }

  private isOf(turn: number): boolean {
    return !this.isClosed && turn === this.ends.turn;
  }

  private async making(turn: number, then: (line: SharedLine<Mic>) => Promise<void>): Promise<void> {
    this.letGo();
    if (this.stands === 'on') this.stand('quiet');
    this.after(JOIN_MS, () => this.lose(turn));
    try {
      const line = await this.ends.open();
      if (!this.isOf(turn)) return line.close();
      this.line = line;
      line.onWent = (went) => this.isOf(turn) && (went === 'lost' ? this.lose(turn) : this.stand(went === 'heard' ? 'on' : 'quiet'));
      line.onSaid = (raw) => this.said(turn, raw);
      await then(line);
    } catch {
      this.lose(turn);
    }
  }

  private said(turn: number, raw: Bytes): void {
    const now = Date.now();
    if (Math.abs(now - this.read.from) > SAID_MS) this.read = { from: now, count: 0 };
    this.read.count++;
    if (raw.length > MOST_BYTES || this.read.count > 10 * MOST_SAID) this.lose(turn);
    else if (this.read.count <= MOST_SAID) this.ends.said(raw);
  }

  private stand(stands: Stands): void {
    const now = Date.now();
    if (this.stands === 'on' || stands === 'on') this.onAt = now;
    // Out of reach up to now, or from now on.
    if (this.stands !== 'on' || stands !== 'on') this.awayAt = now;
    this.stands = stands;
    if (stands === 'on') {
      this.firstOnAt ??= now;
      this.tries = 0;
      clearTimeout(this.timer);
    }
    this.ends.changed();
  }

  private lose(turn: number): void {
    if (!this.isOf(turn)) return;
    this.letGo();
    this.stand('lost');
    if (this.ends.isOffering) this.after(Math.min(AGAIN_MS * 2 ** this.tries++, SELDOM_MS), () => void this.begin());
  }

  private after(ms: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(then, ms);
  }

  private letGo(): void {
    clearTimeout(this.timer);
    this.isAwaited = false;
    this.line?.close();
    this.line = null;
  }

  close(): void {
    this.isClosed = true;
    this.letGo();
  }
}

/** The round there is in a meeting by voice, as this page holds it: what it heard of it, and what somebody here does. */
import type { RoundKind, RoundMinutes } from '../inside/gathering-views';
import type { Id } from '../protocol';
import type { gatherings } from '../protocol/later';
import * as rounds from './rounds';

/** What a round needs of the meeting it is in. */
export interface Around extends rounds.Lines {
  /** In the order of their coming. */
  readonly here: readonly Id[];
  /** By the server, in milliseconds. */
  theirs(): number;
  /** Since when there is no line to somebody; null while there is one. */
  lostAt(member: Id): number | null;
  say(): void;
}

/** Of rounds that others begin so many are taken in so long, and fewer in the place of one that goes on. What counts is said again later. */
const MOST_TAKEN = 4;
const MOST_INSTEAD = 2;
const TAKEN_MS = 30_000;

export class RoundHere {
  now: rounds.Round | null = null;
  isShown = false;
  private taken: number[] = [];

  constructor(private readonly around: Around) {}

  get turn(): Id | null {
    return this.now && rounds.turnOf(this.now);
  }

  get maySkip(): boolean {
    return this.turn !== null && rounds.maySkip(this.around.lostAt(this.turn), Date.now());
  }

  get said(): gatherings.SaidRound | null {
    return this.now && rounds.saidOf(this.now, Date.now());
  }

  hear(said: gatherings.SaidRound, from: Id): void {
    const heard = rounds.heard(this.now, said, from, this.around, Date.now(), this.around.theirs());
    const isAnother = !rounds.isSame(heard, this.now);
    if (isAnother && !this.mayTake(Date.now())) return;
    this.now = heard;
    // One that was over before I heard of it is nothing to me.
    if (isAnother) this.isShown = this.turn !== null;
  }

  /** Whoever begins one again and again takes nobody's turn away. */
  private mayTake(now: number): boolean {
    const lately = this.taken.filter((at) => Math.abs(now - at) < TAKEN_MS);
    if (lately.length >= (this.turn === null ? MOST_TAKEN : MOST_INSTEAD)) return false;
    this.taken = [...lately, now];
    return true;
  }

  begin(kind: RoundKind, minutes: RoundMinutes): void {
    const { me, here } = this.around;
    if (this.turn === null) this.set(rounds.begun(kind, minutes, me, here, this.around.theirs(), Date.now(), this.now));
  }

  /** My turn is over; or I pass before it comes. */
  endTurn(): void {
    if (this.now !== null && this.turn !== null) this.set(rounds.ended(this.now, this.around.me, Date.now()));
  }

  skip(): void {
    if (this.now !== null && this.turn !== null && this.maySkip) this.set(rounds.ended(this.now, this.turn, Date.now()));
  }

  /** Over for everybody; or put away here. */
  stop(): void {
    if (this.now === null) return;
    if (this.turn !== null) return this.set(rounds.stopped(this.now));
    this.isShown = false;
    this.around.say();
  }

  private set(round: rounds.Round): void {
    this.now = round;
    this.isShown = true;
    this.around.say();
  }
}

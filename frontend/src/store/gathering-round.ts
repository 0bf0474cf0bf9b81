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

export class RoundHere {
  now: rounds.Round | null = null;
  isShown = false;

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
    const before = this.now;
    this.now = rounds.heard(before, said, from, this.around, Date.now(), this.around.theirs());
    // One that was over before I heard of it is nothing to me.
    if (this.now?.began !== before?.began || this.now?.by !== before?.by) this.isShown = this.turn !== null;
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

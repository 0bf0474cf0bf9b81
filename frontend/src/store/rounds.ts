/**
 * The rules of a round in a meeting by voice: one after the other, the same time for each (SPEC.md section 20). Only data
 * goes in and comes out, so that all pages come to the same from whatever reaches them, in whatever order. Moments are
 * milliseconds; `now` is this device's own, `began` is by the server's clock and the same on all pages.
 */
import type { RoundKind, RoundMinutes } from '../inside/gathering-views';
import { fromBase64, order as byBytes, toBase64, type Id } from '../protocol';
import { gatherings } from '../protocol/later';

export interface Round {
  kind: RoundKind;
  minutes: RoundMinutes;
  began: number;
  by: Id;
  order: readonly Id[];
  /** Whose turn is over; it only grows. */
  past: ReadonlySet<Id>;
  isOver: boolean;
  /** When the turn there is began, as far as is known here. */
  turnFrom: number;
}

/** What this page knows of lines. */
export interface Lines {
  me: Id;
  /** When somebody was last out of reach: now, while they are; -Infinity where they never were. */
  outOfReach(member: Id): number;
  /** When this page itself had last been without any line for ten seconds; -Infinity where it never was. */
  cutOff(): number;
}

/** Not begun further ahead of the server's time than clocks go wrong. */
const AHEAD_MS = 120_000;
export const SKIP_MS = 10_000;
/** Two pages count seconds a little apart: that moves nothing. */
const APART_MS = 2_000;
const MINUTE_MS = 60_000;
const KINDS: readonly RoundKind[] = ['opening', 'closing'];

/** Above every round before it, however clocks stand. For these, who are in it, in the order of their coming; a closing round goes the other way round. */
export function begun(kind: RoundKind, minutes: RoundMinutes, by: Id, here: readonly Id[], began: number, now: number, before: Round | null = null): Round {
  const order = kind === 'closing' ? [...here].reverse() : [...here];
  return { kind, minutes, began: Math.max(began, (before?.began ?? 0) + 1), by, order, past: new Set(), isOver: false, turnFrom: now };
}

export function turnOf({ order, past, isOver }: Round): Id | null {
  return isOver ? null : (order.find((one) => !past.has(one)) ?? null);
}

export const until = ({ turnFrom, minutes }: Round): number => turnFrom + minutes * MINUTE_MS;

/** With more of them past; when the turn goes on to the next, it begins now. */
function further(round: Round, past: Iterable<Id>, now: number): Round {
  const next = { ...round, past: new Set([...round.past, ...past]) };
  return turnOf(next) === turnOf(round) ? next : { ...next, turnFrom: now };
}

/** Somebody's turn is over: they say so, or anybody goes on without them. */
export const ended = (round: Round, member: Id, now: number): Round => (round.order.includes(member) && !round.isOver ? further(round, [member], now) : round);

export const stopped = (round: Round): Round => ({ ...round, isOver: true });

/** Whose turn it is was lost so long ago that anybody may go on. `lostAt`: null while there is a line to them. */
export const maySkip = (lostAt: number | null, now: number): boolean => lostAt !== null && now - lostAt >= SKIP_MS;

/** As one's own state tells it. */
export function saidOf(round: Round, now: number): gatherings.SaidRound {
  const { kind, minutes, began, by, order, past, isOver, turnFrom } = round;
  const spent = Math.min(gatherings.MOST_SPENT, Math.max(0, Math.floor((now - turnFrom) / 1000)));
  const inOrder = order.filter((one) => past.has(one));
  return [KINDS.indexOf(kind) + 1, minutes, began, fromBase64(by), order.map(fromBase64), inOrder.map(fromBase64), spent, isOver];
}

function readOf([kind, minutes, began, by, order, past, spent, isOver]: gatherings.SaidRound, now: number): Round {
  return {
    kind: KINDS[kind - 1]!, minutes: minutes as RoundMinutes, began, by: toBase64(by), order: order.map(toBase64),
    past: new Set(past.map(toBase64)), isOver, turnFrom: now - spent * 1000,
  };
}

/** One and the same, whatever is past by now. */
export const isSame = (one: Round | null, other: Round | null): boolean => one === other || (one !== null && other !== null && compare(one, other) === 0);

/** Which of two rounds counts: above zero for the first; zero where they are the same one. */
function compare(one: Round, other: Round): number {
  if (one.began !== other.began) return one.began - other.began;
  const whose = byBytes(fromBase64(one.by), fromBase64(other.by));
  return whose !== 0 ? whose : byBytes(bytesOf(other), bytesOf(one));
}

const bytesOf = (round: Round) => gatherings.roundBytes(saidOf(round, round.turnFrom));

/** The round there is, after `from` has said this of it. `theirs`: the server's time. */
export function heard(round: Round | null, said: gatherings.SaidRound, from: Id, lines: Lines, now: number, theirs: number): Round | null {
  const told = readOf(said, now);
  if (told.began > theirs + AHEAD_MS) return round;
  if (round === null) return told;
  const which = compare(told, round);
  // A round is told by whoever began it, as long as they can be heard.
  if (which !== 0) return which > 0 && (told.by === from || lines.outOfReach(told.by) >= now) ? told : round;
  const merged = withPast(round, told, from, lines, now);
  const timed = turnOf(told) === from && turnOf(merged) === from && Math.abs(merged.turnFrom - told.turnFrom) > APART_MS ? { ...merged, turnFrom: told.turnFrom } : merged;
  return told.isOver ? stopped(timed) : timed;
}

/**
 * Of themselves everybody is believed. Of somebody else only where this page could not have heard it in their turn; and of
 * oneself where nobody could have heard oneself: nobody who can be heard is passed over.
 */
function withPast(round: Round, told: Round, from: Id, lines: Lines, now: number): Round {
  return round.order.reduce((so, member) => {
    if (so.past.has(member) || !told.past.has(member)) return so;
    const away = member === lines.me ? lines.cutOff() : lines.outOfReach(member);
    const isTaken = member === from || (turnOf(so) === member && away >= so.turnFrom);
    return isTaken ? ended(so, member, now) : so;
  }, round);
}

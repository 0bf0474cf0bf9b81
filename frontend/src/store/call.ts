/** A call of two as this page holds it, what the browser gives for it, and what can be asked of it. */
import type { Bytes, Id } from '../protocol';
import type { signals } from '../protocol/later';
import type { Line, Pass } from '../sound/line';
import type { Clock } from './clock';
import type { Group } from './group';
import type { Ready } from './signalling';

/** What the browser gives: a microphone, and a line made of it. */
export interface Phone<Mic> {
  pick(): Promise<Mic>;
  line(pass: Pass, mic: Mic): Line;
  /** Called when it is pulled out, or the phone takes it away. */
  onEnded(mic: Mic, then: () => void): void;
  /** Puts a microphone back that no line was made of. */
  putBack(mic: Mic): void;
}

/** A meeting by voice: SPEC.md section 20. */
export interface Meeting {
  readonly isIn: boolean;
  hear(group: Group, from: Id, signal: signals.OfGathering): void;
  leave(): void;
  stop(): void;
}

/** A signal that makes something happen is of now, and only where this device and the server agree on when that is. */
const FRESH_S = 120;
export const isOfNow = (clock: Clock, time: number): boolean => !clock.isFar && Math.abs(clock.theirs() - time) <= FRESH_S;

export interface Call {
  id: Bytes;
  group: Group;
  isMine: boolean;
  isTest: boolean;
  many: boolean;
  /** Who is rung, or who rings. */
  others: Id[];
  /** Of those who were rung, who said not now. */
  declined: Set<Id>;
  picked: Id | null;
  line: Line | null;
  isOver: boolean;
  /** Nobody hears me any more. */
  isMicGone: boolean;
  /** That it is over, sealed beforehand, by whom it is said to. */
  readonly overs: Map<Id, Ready>;
  /** To whom the ring went, and since when, in milliseconds of this device. */
  wentTo: readonly Id[];
  wentAt: number;
  /** Who was rung in vain finds that somebody rang. */
  isLeft: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Stops looking whether both still belong. */
  unwatch: () => void;
}

export type Kind = Partial<Pick<Call, 'isMine' | 'isTest' | 'many'>>;

export function fresh(id: Bytes, group: Group, others: Id[], kind: Kind): Call {
  return {
    id, group, others, isMine: false, isTest: false, many: false, ...kind,
    declined: new Set(), picked: null, line: null, isOver: false, isMicGone: false, overs: new Map(), wentTo: [], wentAt: 0, isLeft: false, timer: undefined, unwatch: () => undefined,
  };
}

/** Whom it is with; before somebody has picked up, the first who is rung, or whoever rings. */
export const otherOf = ({ picked, others }: Call): Id => picked ?? others[0] ?? '';

/** I ring them myself just now, and nobody has picked up. */
export function isCrossing(mine: Call | null, group: Group, from: Id): mine is Call {
  return mine !== null && !mine.isOver && mine.isMine && mine.group === group && mine.picked === null && mine.others.includes(from);
}

/** I do not belong any more, or none of them does. */
export function isForsaken({ group, picked, others }: Call): boolean {
  const { members } = group.book.log;
  const isGone = picked === null ? !others.some((id) => members.has(id)) : !members.has(picked);
  return isGone || !group.isMember;
}

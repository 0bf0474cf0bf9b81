/** A call of two as this page holds it, what the browser gives for it, and what can be asked of it. */
import type { Bytes, Id } from '../protocol';
import type { signals } from '../protocol/later';
import type { Line, Pass } from '../sound/line';
import type { Group } from './group';

/** What the browser gives: a microphone, and a line made of it. */
export interface Phone<Mic> {
  pick(): Promise<Mic>;
  line(pass: Pass, mic: Mic): Line;
  /** Puts a microphone back that no line was made of. */
  putBack(mic: Mic): void;
}

/** A meeting by voice: SPEC.md section 20. */
export interface Meeting {
  readonly isIn: boolean;
  hear(group: Group, from: Id, signal: signals.OfGathering): void;
  stop(): void;
}

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
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Stops looking whether both still belong. */
  unwatch: () => void;
}

export type Kind = Partial<Pick<Call, 'isMine' | 'isTest' | 'many'>>;

export function fresh(id: Bytes, group: Group, others: Id[], kind: Kind): Call {
  return {
    id, group, others, isMine: false, isTest: false, many: false, ...kind,
    declined: new Set(), picked: null, line: null, isOver: false, timer: undefined, unwatch: () => undefined,
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

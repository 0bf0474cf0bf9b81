/** What a meeting by voice says in words: who speaks, whose hand is up, who came, and how much of a turn is left. */
import { voice as text } from '../words/en/voice';
import { words } from '../words/en';
import { listed } from './afloat';
import type { GatheringView, RoundView, VoiceView } from './gathering-views';

type Named = Pick<VoiceView, 'name' | 'isMe'>;

export const nameIn = ({ name }: Pick<VoiceView, 'name'>): string => name || words.someoneGone;

/** "You, Ana and Ben". */
const names = (some: readonly Named[]) => listed(some.map((one) => (one.isMe ? words.you : nameIn(one))));

const isHeard = ({ isSpeaking, isMuted }: VoiceView) => isSpeaking && !isMuted;

/** Who is speaking, as a line to read: also when it is quiet. */
export function caption(voices: readonly VoiceView[]): string {
  const speaking = voices.filter(isHeard);
  if (speaking.length === 0) return text.quiet;
  return text.speaks(names(speaking), speaking.length > 1 || speaking[0]!.isMe);
}

/** The same, to be read out: nobody needs to be told that they are speaking, nor that it is quiet. Empty for nothing. */
export function captionAloud(voices: readonly VoiceView[]): string {
  const speaking = voices.filter((one) => isHeard(one) && !one.isMe);
  return speaking.length === 0 ? '' : text.speaks(names(speaking), speaking.length > 1);
}

export function whoIsIn(voices: readonly VoiceView[]): string {
  if (voices.length === 0) return text.nobody;
  return text.areIn(names(voices), voices.length > 1 || voices[0]!.isMe);
}

/** Whose hand is up, first who put it up first. Empty for nobody. */
export function hands(voices: readonly VoiceView[]): string {
  const up = voices.filter(({ hand }) => hand > 0).sort((a, b) => a.hand - b.hand);
  return up.length === 0 ? '' : text.hands(up.map((one) => (one.isMe ? text.you : nameIn(one))));
}

/** Who came in and who left between two moments; empty for nobody. */
export function changes(before: readonly VoiceView[], after: readonly VoiceView[]): string {
  const without = (some: readonly VoiceView[], others: readonly VoiceView[]) =>
    some.filter((one) => !one.isMe && !others.some(({ id }) => id === one.id));
  const [came, went] = [without(after, before), without(before, after)];
  const said = [came.length > 0 && text.came(names(came), came.length > 1), went.length > 0 && text.went(names(went), went.length > 1)];
  return said.filter(Boolean).join(' ');
}

const LITTLE_MS = 40_000;
const MINUTE_MS = 60_000;

/** What is left of a turn, without figures that run. */
export function timeLeft(until: number, now: number): string {
  const left = until - now;
  if (left <= 0) return text.round.up;
  return left <= LITTLE_MS ? text.round.little : text.round.left(Math.max(1, Math.round(left / MINUTE_MS)));
}

/** Who comes after whose turn it is; null for nobody. */
export function next({ turns, turn }: Pick<RoundView, 'turns' | 'turn'>): RoundView['turns'][number] | null {
  return turns.find(({ id, isPast }) => !isPast && id !== turn) ?? null;
}

/** Whose turn it is, or that the round is over. */
export function whoseTurn({ turns, turn, isMyTurn }: Pick<RoundView, 'turns' | 'turn' | 'isMyTurn'>): string {
  const whose = turns.find(({ id }) => id === turn);
  if (isMyTurn) return text.round.mine;
  return whose === undefined ? text.round.over : text.round.turn(nameIn(whose));
}

/** Why there is no line to anybody, where that is so; empty otherwise. */
export function lineTrouble(voices: readonly VoiceView[]): string {
  const others = voices.filter(({ isMe }) => !isMe);
  return others.length > 0 && others.every(({ line }) => line === 'lost') ? text.allLost : '';
}

export const me = ({ voices }: GatheringView): VoiceView | undefined => voices.find(({ isMe }) => isMe);

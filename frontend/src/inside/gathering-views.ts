/**
 * What screens see of a group's meeting by voice: who is in it, who can be heard, whose hand is up, and the round there is.
 * A group has one at a time. It is on while somebody is in it, and nobody's phone is rung by it. Moments are milliseconds
 * of `Date.now()` on this device, whatever the clocks of others say.
 */
import type { Watched } from './watched';

/** One who is in it, on whatever device. Coming in to listen is as good as any way to come in: nothing marks it. */
export interface VoiceView {
  id: string;
  /** In that group, which need not be the one that is open; empty where it is not known any more. */
  name: string;
  isMe: boolean;
  /**
   * Between them and me: not there yet, there, silent for the moment, or lost and tried again by itself. Mine is `on`,
   * also before others are reached.
   */
  line: 'coming' | 'on' | 'quiet' | 'lost';
  /** There is a microphone. `false` also while it is not known yet. */
  hasMic: boolean;
  /** The microphone is open. Everybody's is closed when they come in. */
  isOpen: boolean;
  /** Their voice is heard just now, held for a moment so that it does not flicker. */
  isSpeaking: boolean;
  /** The place among the hands that are up, from 1; 0 where it is not. The same on all pages. */
  hand: number;
  /** I have muted them: their voice is not played here. They and others cannot tell. */
  isMuted: boolean;
}

export type RoundKind = 'opening' | 'closing';
export type RoundMinutes = 1 | 2 | 3 | 5;

/** A round: one after the other, the same time for each. Nobody is cut off when it is over. */
export interface RoundView {
  kind: RoundKind;
  minutes: RoundMinutes;
  /** Who began it, and their name. */
  by: string;
  byName: string;
  /** In their order. `isPast`: their turn is over, in whatever way; which way is nobody's matter. */
  turns: readonly { id: string; name: string; isPast: boolean; isHere: boolean }[];
  /** Whose turn it is. Null once the round is over; then it stands until it is put away or another begins. */
  turn: string | null;
  isMyTurn: boolean;
  /** I have a turn in it. Whoever came later has none, and listens, or puts a hand up. */
  amIn: boolean;
  /** When the time of this turn is up; the turn goes on until it is ended. */
  until: number;
  /** The line to whose turn it is was lost ten seconds ago: anybody may go on to the next. */
  maySkip: boolean;
}

export interface GatheringView {
  group: string;
  groupName: string;
  /** This site has a relay; without one there are no meetings by voice. */
  canMeet: boolean;
  /** Nobody is in it; others are and I am not; I am on my way in; I am in it; I was, until now (`why`). */
  stage: 'none' | 'on' | 'coming' | 'in' | 'out';
  /**
   * Once out without having left: eight were there before me; I came in on another device; I do not belong to the group
   * any more; the group's log was mended, and this page read it anew.
   */
  why: 'full' | 'elsewhere' | 'gone' | 'anew';
  /** In order of their coming, mine among them: the same on all pages. Before I am in: who is. */
  voices: readonly VoiceView[];
  /** There is no place: eight are in it, and I am not. */
  isFull: boolean;
  /** I am in it with another device of mine. Coming in here takes that one out. */
  isElsewhere: boolean;
  /** Why there is no microphone although it was wanted: a trouble's code, or that it was pulled out; null otherwise. Listening goes on. */
  micTrouble: 'mic_refused' | 'mic_none' | 'mic_busy' | 'mic_gone' | null;
  /** The browser plays nobody's voice before something is pressed: `hearThem`. */
  isSilenced: boolean;
  round: RoundView | null;
}

export interface GatheringFor {
  /** Of the group that is open. */
  gathering(): Watched<GatheringView>;
  /** The one that I am on my way into, in, or was put out of, of whatever group: for a line above every page. */
  readonly myGathering: Watched<GatheringView | null>;
  /**
   * Comes in; the first who does begins it. `withMic`: asks for the microphone, which stays closed until it is opened;
   * without one somebody comes in all the same, and listens. Throws Trouble `in_a_call`, `voice_full`, `no_relay`,
   * `relay_away`, `cannot_call`, `clock_wrong`, `gone`; then nobody heard of it. Left meanwhile it simply ends.
   */
  comeByVoice(withMic: boolean): Promise<void>;
  /** Goes out. Also puts away what is said once one is out. */
  leaveVoice(): void;
  /** Plays the others' voices, where `isSilenced`; called in the press itself. */
  hearThem(): void;
  /** Asks for the microphone, when somebody came in to listen. Throws Trouble `mic_refused`, `mic_none`, `mic_busy`. */
  takeMic(): Promise<void>;
  /** Opens or closes my microphone: both for pressing it open, and for as long as a button or the space bar is held. */
  openMic(on: boolean): void;
  raiseHand(on: boolean): void;
  /** For everybody who is in it now, in the order of their coming; a closing round the other way round. */
  beginRound(kind: RoundKind, minutes: RoundMinutes): void;
  /** My turn is over: I said what I wanted, or pass; also before it has come. */
  endTurn(): void;
  /** Goes on past whoever has lost the line in their turn, once `maySkip`. */
  skipTurn(): void;
  /** Ends the round for everybody; or puts away one that is over. */
  stopRound(): void;
}

/** What stands in the record that a person keeps for themselves alone (mine.ts), and how it is written down. */
import { USUAL_SETTINGS, type Place, type SettingsView } from '../inside/model';
import type { Id } from '../protocol';

/** A knock on a door, as the one who knocked remembers it. Bytes are base64url. */
export interface Knocked {
  secret: string;
  circle: Id;
  invite: string;
  preview: string;
  member: string;
  name: string;
  nameRandom: string;
  since: number;
}

/** A concern that was raised, or an appeal: to whom, and when. */
export interface SentReport {
  id: Id;
  circle: Id;
  at: number;
  /** Members who decide; empty for the outside person. */
  to: readonly Id[];
  isAppeal: boolean;
}

export interface MineState {
  settings: SettingsView;
  /** Circle → place → position read up to. */
  read: Readonly<Record<Id, Readonly<Partial<Record<Place, number>>>>>;
  onBreak: readonly Id[];
  /** Groups that were started so that any member may open the door. */
  doors: readonly Id[];
  knocked: Knocked | null;
  /** Proposals and removals this person set aside. */
  dropped: readonly string[];
  /** For a device that was opened with a recovery code. */
  signInName: string;
  /** What somebody calls their passkeys, by the id of the way in. */
  ways: Readonly<Record<Id, string>>;
  /** Groups in which one's keys are still to be exchanged, with the public key of before: see renewal.ts. */
  renewing: Readonly<Record<Id, string>>;
  reports: readonly SentReport[];
  /** Talks of two that this person closed. */
  closedTalks: readonly Id[];
  /** Whose talk this person closed, as "group member": nor do these ring. */
  closedWith: readonly string[];
  /** When they last talked by voice, by "group member": what was asked of somebody before is done. For a week. */
  talked: Readonly<Record<string, number>>;
  /** The device that a ring reaches, by a hash of its push address; empty where none does: see reached.ts. */
  ringsTo: string;
  /** The secret of one's own calendar address; empty where there is none. */
  calendar: string;
  /** Written by a device that could not read what was there before: one that could keeps to what it knows. */
  isAnew: boolean;
}

export const NOTHING: MineState = {
  settings: USUAL_SETTINGS, read: {}, onBreak: [], doors: [], knocked: null, dropped: [], signInName: '', ways: {}, renewing: {}, reports: [], closedTalks: [], closedWith: [], talked: {}, ringsTo: '', calendar: '',
  isAnew: false,
};

export type Change = (state: MineState) => MineState;

/** As an earlier or later version of the app wrote it: what is not there is as usual. */
export function readState(text: string): MineState {
  const state = { ...NOTHING, ...(JSON.parse(text) as Partial<MineState>) };
  return { ...state, settings: { ...USUAL_SETTINGS, ...state.settings } };
}

/** As text, of one length wherever somebody has read to, and of the length class of the record that it follows. */
export function roomy(state: MineState, circles: readonly Id[], size: number): string {
  const furthest = { room: Number.MAX_SAFE_INTEGER, everyday: Number.MAX_SAFE_INTEGER };
  const read = Object.fromEntries([...circles, ...Object.keys(state.read)].map((circle) => [circle, furthest]));
  const most = JSON.stringify({ ...state, read }).normalize('NFC').length;
  // Between a half and the whole of the length that it was padded to.
  return JSON.stringify(state).normalize('NFC').padEnd(Math.max(most, Math.floor(size * 0.7)));
}

/** What every verb needs: sending it, remembering it for undo, and saying what went wrong. */
import type { Act } from '../core/acts';
import { studyWords as words } from '../../words/study';
import { Away, Refused } from './api';
import type { Desk, Remedy } from './desk';
import type { Sending } from './kept';
import { refreshSoon, resync } from './reading';

/** Sends one act, already shown; when the server refuses it, shows what is true and says why. Null then. */
export async function send<T extends object>(desk: Desk, ids: readonly string[], sending: Sending, act: Act | null): Promise<T | null> {
  if (act !== null) {
    desk.acts.did(act);
    desk.bell.ring('acts');
  }
  try {
    const answer = await desk.holding(ids, desk.outbox.send<T & { entry?: unknown }>(sending));
    if (typeof answer.entry === 'number') {
      desk.entry = Math.max(desk.entry, answer.entry);
      if (act !== null) act.entry = answer.entry;
    }
    desk.setTrouble(null);
    refreshSoon(desk);
    return answer;
  } catch (why) {
    await refused(desk, why);
    return null;
  }
}

/** A sentence for what went wrong. */
export function sentenceOf(why: unknown): string {
  if (why instanceof Refused) return why.sentence || words.trouble.unknown;
  return why instanceof Away ? words.trouble.away : words.trouble.unknown;
}

export async function refused(desk: Desk, why: unknown, remedy: Remedy | null = null): Promise<void> {
  desk.acts.forget();
  desk.bell.ring('acts');
  const sentence = sentenceOf(why);
  desk.setTrouble(sentence, remedy);
  desk.say(sentence);
  await resync(desk);
}

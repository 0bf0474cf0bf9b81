/** Words that nobody will take any more, as a draft for whoever wrote them. */
import { NO_DRAFT, type Draft, type Place, type Wants } from '../inside/model';
import { epochs, same, toBase64, type Content, type Rest, type Words } from '../protocol';
import { readSafeguarding } from './safeguarding';

const WANTS: readonly (Wants | null)[] = [null, 'listen', 'been-there', 'ideas'];

export interface Returned extends Draft {
  place: Place;
}

/** Null for what holds no words of one's own. `now`: the group's words as they stand. */
export function returnedOf(content: Content, now: Words | null): Returned | null {
  if (content.type === 'say' || content.type === 'voice') {
    const [place, reply, note, want, text] = content.rest;
    const replyTo = reply === null ? null : toBase64(reply);
    const spoken = content.type === 'voice' ? { soundGone: true } : {};
    return { place: place === 'everyday' ? 'everyday' : 'room', text, note: note ?? '', wants: WANTS[want] ?? null, replyTo, ...spoken };
  }
  if (content.type !== 'propose-policy') return null;
  return { ...NO_DRAFT, place: 'room', text: suggested(content.rest, now) };
}

function suggested([, agreement, safeguarding]: Rest<'propose-policy'>, now: Words | null): string {
  const isSame = now !== null && same(epochs.commit('agreement', agreement), now[1]);
  if (!isSame || safeguarding === null) return agreement[1];
  return Object.values(readSafeguarding(safeguarding[1]) ?? {}).filter((line) => line !== '').join('\n\n');
}

/** Both, what stands in the box first: nothing is written over, and nothing comes back twice. */
export function together(before: Draft, { text, note, wants, replyTo, soundGone }: Draft): Draft {
  const now = soundGone ? { ...before, soundGone } : before;
  if (`\n\n${now.text}\n\n`.includes(`\n\n${text}\n\n`)) return now;
  const both = now.text === '' ? text : `${now.text}\n\n${text}`;
  return { ...now, text: both, note: now.note || note, wants: now.wants ?? wants, replyTo: now.replyTo ?? replyTo };
}

/**
 * What nobody has answered (ETHOS I4): worked out here from what is open on this device, and told to nobody. Only of the
 * group's own rooms; of a talk between two its line on Today says enough.
 */
import type { MessageView, TalkView } from './views';

/** What members can say of how long words wait until others are asked to look: hours, or never. */
export const TIMES = ['12', '24', '48', 'off'] as const;
export type AnswerSay = (typeof TIMES)[number];

/** The group's own time, and who said what of it. */
export interface AnswerTime {
  /** Null: members chose that nothing is said of it. */
  hours: number | null;
  said: Readonly<Record<AnswerSay, readonly string[]>>;
}

/** As long as no half of the group says something else. */
export const USUAL_HOURS = 24;
const HOUR = 3_600;
/** What has lain for a week is not brought up again. */
const WEEK = 7 * 24 * HOUR;

type Hidden = (message: MessageView) => boolean;

/** Not older than `since`, oldest first. */
function since(talk: TalkView, from: number): MessageView[] {
  const found: MessageView[] = [];
  for (let i = talk.count - 1; i >= 0; i--) {
    const message = talk.at(i);
    if (message !== null && message.time < from && message.state !== 'waiting') break;
    if (message !== null) found.unshift(message);
  }
  return found;
}

const stands = ({ state }: MessageView): boolean => state === 'sent' || state === 'waiting';

/**
 * Heard, or replied to, by somebody else. Words that ask for nothing are answered too by whatever somebody else says next
 * in that room within the time: few people press Reply under the last thing that was said.
 */
function isAnswered(message: MessageView, later: readonly MessageView[], wait: number): boolean {
  const others = later.filter((one) => stands(one) && one.author !== message.author);
  if (message.heardBy.some((who) => who !== message.author) || others.some(({ replyTo }) => replyTo === message.id)) return true;
  return message.wants === null && others.some(({ replyTo, time }) => replyTo === null && time <= message.time + wait);
}

/** The oldest that waits for longer than the group's time; never one's own, nor what is hidden here. `now` in seconds since 1970. */
export function oldestUnanswered(talks: readonly TalkView[], hours: number, now: number, isHidden: Hidden): MessageView | null {
  const wait = hours * HOUR;
  // An answer that is not here yet would be missed.
  if (talks.some(({ isCaughtUp }) => !isCaughtUp)) return null;
  const found = talks.flatMap((talk) => {
    const all = since(talk, now - WEEK);
    return all.find((message, at) => {
      if (message.mine || message.state !== 'sent' || message.time > now - wait || message.time < now - WEEK || message.quietUntil !== null) return false;
      // What answers somebody asks for no answer, unless it says so.
      if (message.replyTo !== null && message.wants === null) return false;
      return !isHidden(message) && !isAnswered(message, all.slice(at + 1), wait);
    }) ?? [];
  });
  return found.reduce<MessageView | null>((oldest, one) => (oldest === null || one.time < oldest.time ? one : oldest), null);
}

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

/** So many of a room are looked through. Where more is said in a week, nothing lies for long. */
const MOST = 2_000;

type Hidden = (message: MessageView) => boolean;
type Told = Pick<MessageView, 'author' | 'time'>;

const stands = ({ state }: MessageView): boolean => state === 'sent' || state === 'waiting';

/** What was said after a message: to whom, and the nearest that was said to nobody, by two people at least where there are two. */
class Later {
  private readonly repliedTo = new Map<string, Set<string>>();
  private near: Told | null = null;
  private other: Told | null = null;

  add(message: MessageView): void {
    const { replyTo, author } = message;
    if (!stands(message)) return;
    if (replyTo !== null) {
      this.repliedTo.set(replyTo, (this.repliedTo.get(replyTo) ?? new Set()).add(author));
      return;
    }
    if (this.near !== null && this.near.author !== author) this.other = this.near;
    this.near = message;
  }

  /**
   * Heard, or replied to, by somebody else. Words that ask for nothing are answered too by whatever somebody else says
   * next in that room within the time: few people press Reply under the last thing that was said.
   */
  answers({ id, author, heardBy, wants, time }: MessageView, wait: number): boolean {
    if (heardBy.some((who) => who !== author) || [...(this.repliedTo.get(id) ?? [])].some((who) => who !== author)) return true;
    const next = this.near?.author === author ? this.other : this.near;
    return wants === null && next !== null && next.time <= time + wait;
  }
}

/** The oldest of a room that waits for longer than `wait` seconds. */
function oldestIn(talk: TalkView, wait: number, now: number, isHidden: Hidden): MessageView | null {
  const later = new Later();
  let oldest: MessageView | null = null;
  for (let i = talk.count - 1; i >= Math.max(0, talk.count - MOST); i--) {
    const message = talk.at(i);
    if (message === null) continue;
    if (message.time < now - WEEK && message.state !== 'waiting') break;
    const { mine, state, time, quietUntil, replyTo, wants } = message;
    // What answers somebody asks for no answer, unless it says so.
    const mayWait = !mine && state === 'sent' && time <= now - wait && quietUntil === null && (replyTo === null || wants !== null);
    if (mayWait && !later.answers(message, wait) && !isHidden(message)) oldest = message;
    later.add(message);
  }
  return oldest;
}

/** The oldest that waits for longer than the group's time; never one's own, nor what is hidden here. `now` in seconds since 1970. */
export function oldestUnanswered(talks: readonly TalkView[], hours: number, now: number, isHidden: Hidden): MessageView | null {
  // An answer that is not here yet would be missed.
  if (talks.some(({ isCaughtUp }) => !isCaughtUp)) return null;
  const found = talks.map((talk) => oldestIn(talk, hours * HOUR, now, isHidden));
  return found.reduce((oldest, one) => (oldest === null || (one !== null && one.time < oldest.time) ? one : oldest), null);
}

/** What a host, or two members together, have folded: single messages, and somebody's for 72 hours (SPEC.md section 15). */
import { toBase64, type Id, type Log } from '../protocol';
import type { Read } from './feed-entries';

const QUIET_LASTS = 72 * 3600;

export interface Quiet {
  member: Id;
  /** Which report it followed: once for each. */
  report: Id;
  by: Id[];
  why: string;
  /** Place in the room after which it folds, and when it ends. */
  from: number;
  until: number;
}

export interface Folds {
  /** Hash of a folded message → who did it. */
  readonly messages: ReadonlyMap<Id, readonly Id[]>;
  readonly quiets: readonly Quiet[];
}

export const NO_FOLDS: Folds = { messages: new Map(), quiets: [] };

/** Was this said by somebody who was host as they saw the log, and by their own time? */
export function byHost(log: Log, { author, message, content }: Read): boolean {
  const moment = log.at(message.head);
  const termEnd = moment?.members.get(author)?.termEnd ?? 0;
  return moment !== null && termEnd >= Math.max(moment.time, content.time);
}

interface Held {
  decisions: readonly Read[];
  held: ReadonlyMap<Id, Read>;
  isTakenBack(hash: Id, author: Id): boolean;
}

/** One said of a thing: it counts once a host says it, or two do who are not the person. */
class Voices {
  readonly by: Id[] = [];

  /** Answers whether this is the voice that makes it count. */
  take(read: Read, log: Log, about: Id | undefined): boolean {
    if (read.author === about || this.by.includes(read.author)) return false;
    this.by.push(read.author);
    return byHost(log, read) || this.by.length === 2;
  }
}

/** A fold or a quiet, and whom or what it is about. */
function said(read: Read): { what: string; target: Id } | null {
  const { content } = read;
  if (content.type !== 'fold' && content.type !== 'quiet') return null;
  const target = toBase64(content.rest[0]);
  return { target, what: content.type === 'fold' ? target : `${target} ${toBase64(content.rest[1])}` };
}

function asked({ content }: Read): Pick<Quiet, 'member' | 'report' | 'why'> {
  if (content.type !== 'quiet') throw new Error('asks for no quiet');
  const [member, report, why] = content.rest;
  return { member: toBase64(member), report: toBase64(report), why };
}

export function foldsOf(folded: Held, log: Log): Folds {
  const spoken = folded.decisions.filter((read) => said(read) !== null && !folded.isTakenBack(read.hash, read.author));
  const messages = new Map<Id, readonly Id[]>();
  const quiets = new Map<string, Quiet>();
  const voices = new Map<string, Voices>();
  for (const read of spoken.sort((a, b) => a.position - b.position)) {
    const { what, target } = said(read) ?? { what: '', target: '' };
    const isFold = read.content.type === 'fold';
    const voice = voices.get(what) ?? new Voices();
    voices.set(what, voice);
    const counts = voice.take(read, log, isFold ? folded.held.get(target)?.author : target);
    if (!counts || quiets.has(what)) continue;
    if (isFold) messages.set(target, voice.by);
    else quiets.set(what, { ...asked(read), by: voice.by, from: read.position, until: read.at + QUIET_LASTS });
  }
  return { messages, quiets: [...quiets.values()] };
}

/** Until when a message is folded because the group asked for quiet; null where it is not. */
export function quietUntil({ quiets }: Folds, { author, position, at }: Pick<Read, 'author' | 'position' | 'at'>, now: number): number | null {
  const ends = quiets.filter(({ member, from, until }) => member === author && position > from && at < until && now < until);
  return ends.length === 0 ? null : Math.max(...ends.map(({ until }) => until));
}

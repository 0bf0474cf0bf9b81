/** Removals that wait for a week, in which anyone may say "Let's talk first" (SPEC.md section 15). */
import { DAY, toBase64, type Id, type Rest, type Second } from '../protocol';
import type { Group } from './group';

const WEEK = 7 * DAY;

export interface Week {
  /** Hash of the message that proposes it. */
  id: Id;
  target: Id;
  by: Id;
  asked: Id;
  why: string;
  from: number;
  until: number;
  talks: Id[];
  second: Second;
}

function talksAbout(group: Group, proposal: Id): Id[] {
  const { folded } = group.feed;
  const said = folded.decisions.filter(({ content, hash, author }) => {
    return content.type === 'lets-talk' && toBase64(content.rest[0]) === proposal && !folded.isTakenBack(hash, author);
  });
  return [...new Set(said.map(({ author }) => author))];
}

/** Those that still stand: not taken back, by and to members, about the same person's same time here. */
export function openWeeks(group: Group): Week[] {
  const { folded } = group.feed;
  const { log } = group.book;
  const now = group.hold.clock.now();
  return folded.decisions.flatMap((read) => {
    const { author, hash, at, content } = read;
    if (content.type !== 'propose-remove' || folded.isTakenBack(hash, author)) return [];
    const [target, admitted, asked, head, expiry, signature, why] = content.rest as Rest<'propose-remove'>;
    const member = log.member(target);
    const stands = member !== null && toBase64(member.admitted) === toBase64(admitted) && expiry >= now;
    if (!stands || !log.members.has(author) || log.member(asked) === null) return [];
    const second: Second = [read.message.author, head, expiry, signature];
    const from = Math.max(at, content.time) + WEEK;
    return [{ id: hash, target: toBase64(target), by: author, asked: toBase64(asked), why, from, until: expiry, talks: talksAbout(group, hash), second }];
  });
}

/** Messages of which a member's newest counts (SPEC.md section 6): what they left, when they may be rung, that they rang. */
import { fromBase64, keeps, type Content, type Id } from '../protocol';
import type { Group } from './group';

export interface Said {
  hash: Id;
  author: Id;
  content: Content;
}

type Stood = 'up-for' | 'number' | 'choice' | 'left-words' | 'rang';

export interface Standing<T extends Stood> {
  hash: Id;
  content: Extract<Content, { type: T }>;
}

/** Everything that is no talk, what is on its way last. */
export function saidIn({ feed: { folded }, outbox, me }: Group): Said[] {
  const waiting = outbox.waiting.get().filter(({ hash }) => !folded.held.has(hash));
  return [...folded.decisions, ...waiting.map(({ hash, content }) => ({ hash, author: me, content }))];
}

/** What stands of one member's, the newest last, by their own time: the server could tell it in another order. */
export function standingBy<T extends Stood>(group: Group, member: Id, type: T): Standing<T>[] {
  const { folded } = group.feed;
  const found = saidIn(group).filter(({ hash, author, content }) => content.type === type && author === member && !folded.isTakenBack(hash, member));
  return [...found].sort((a, b) => a.content.time - b.content.time) as unknown as Standing<T>[];
}

/** What stood before is taken back once that which counts now is put. */
export async function putInstead(group: Group, type: Stood, put: () => Promise<void>): Promise<void> {
  const before = standingBy(group, group.me, type);
  await put();
  for (const { hash } of before) await group.outbox.put('take-back', [fromBase64(hash)], keeps(type));
}

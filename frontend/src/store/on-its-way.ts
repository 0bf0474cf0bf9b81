/** What this person said, heard or took back and the server has not taken yet, as their own room shows it. */
import { toBase64, type Id } from '../protocol';
import { rowFrom } from './feed-fold';
import type { Group } from './group';
import type { Waiting } from './outbox-seal';
import type { Outside } from './talk-view';

export function onItsWay(group: Group): Pick<Outside, 'waiting' | 'pendingHears' | 'pendingTakeBacks'> {
  const { feed, me, outbox } = group;
  const all = outbox.waiting.get();
  const waiting = all.flatMap(({ row, hash, content }) => {
    if ((content.type !== 'say' && content.type !== 'voice') || feed.folded.held.has(hash)) return [];
    return [{ id: group.rowId(row), row: rowFrom({ hash, position: Number.MAX_SAFE_INTEGER, author: me, content }) }];
  });
  return { waiting, ...pending(group, all) };
}

function pending({ feed }: Group, waiting: readonly Waiting[]): Pick<Outside, 'pendingHears' | 'pendingTakeBacks'> {
  const pendingHears = new Map<Id, boolean>();
  const pendingTakeBacks = new Set<Id>();
  for (const { content } of waiting) {
    if (content.type === 'hear') pendingHears.set(toBase64(content.rest[0]), true);
    if (content.type !== 'take-back') continue;
    const target = toBase64(content.rest[0]);
    const taken = (feed.folded.held.get(target) ?? waiting.find(({ hash }) => hash === target))?.content;
    if (taken?.type === 'hear') pendingHears.set(toBase64(taken.rest[0]), false);
    else pendingTakeBacks.add(target);
  }
  return { pendingHears, pendingTakeBacks };
}

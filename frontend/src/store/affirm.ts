/** What a member says for themselves alone: that they agree, and that they take a break. */
import { Trouble } from '../inside/trouble';
import { epochs } from '../protocol';
import type { Group } from './group';

/** "I agree": for everyone to see, and in every card from now on. */
export async function affirm(group: Group): Promise<void> {
  const words = group.book.log.words;
  if (words === null) throw new Trouble('gone');
  const given = await epochs.affirm(group.key.sign, group.book.circle, group.key.member, words[1]);
  await group.outbox.put('affirm', [given[0], given[1]]);
  await group.keys.affirm(group.key.member, given);
  group.touch();
}

export function takeABreak(group: Group, isOn: boolean): void {
  group.mine.change((mine) => {
    const others = mine.onBreak.filter((id) => id !== group.id);
    return { ...mine, onBreak: isOn ? [...others, group.id] : others };
  });
  group.touch();
}

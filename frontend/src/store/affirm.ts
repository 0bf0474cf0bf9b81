/** What a member says for themselves alone: that they agree, and that they take a break. */
import { Trouble } from '../inside/trouble';
import { epochs, toBase64 } from '../protocol';
import type { Group } from './group';

/**
 * "I agree": for everyone to see, and in every card from now on. `shown` is the version that stood before whoever
 * pressed; where another has come meanwhile nothing is signed. Throws `someone_was_faster`, `gone`.
 */
export async function affirm(group: Group, shown?: string): Promise<void> {
  const words = group.book.log.words;
  if (words === null) throw new Trouble('gone');
  if (shown !== undefined && shown !== toBase64(words[1])) throw new Trouble('someone_was_faster');
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

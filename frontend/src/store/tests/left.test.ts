/** Words left for when somebody is worried, on devices of their own. */
import { describe, expect, it } from 'vitest';
import type { Core } from '../core';
import type { Group } from '../group';
import { groupView } from '../group-view';
import { leavingOf } from '../left';
import { Household } from './household';
import { quiet } from './shelf';

const WORDS = 'My sister may ring me. Tea helps.';

const verbsOf = (group: Group) => leavingOf({ open: group } as Core);
const seen = (group: Group) => verbsOf(group).left().get();

async function leaves(group: Group, text: string): Promise<void> {
  await verbsOf(group).leaveWords(text);
  await group.outbox.flush();
  await quiet();
}

async function house() {
  const home = await Household.of('Ana', 'Ben', 'Dee');
  const [ana, ben, dee] = [await home.device('Ana'), await home.device('Ben'), await home.device('Dee')];
  await leaves(ana, WORDS);
  for (const one of [ben, dee]) await one.sync();
  return { home, ana, ben, dee };
}

describe('what somebody left for when others worry', () => {
  it('is opened by a press, and told to them and to nobody else', async () => {
    const { home, ana, ben, dee } = await house();
    expect(seen(ben)).toEqual({ mine: '', by: [ana.me], openedBy: [] });
    expect(await verbsOf(ben).openLeft(ana.me)).toBe(WORDS);
    await verbsOf(ben).openLeft(ana.me);
    await ben.outbox.flush();
    for (const one of [ana, dee]) await one.sync();
    expect(seen(ana)).toEqual({ mine: WORDS, by: [], openedBy: [ben.me] });
    expect(seen(dee).openedBy).toEqual([]);
    const told = [...ana.feed.folded.decisions].filter(({ content }) => content.type === 'left-opened');
    expect(told.map(({ message }) => message.keep)).toEqual([true]);
    await verbsOf(ana).putAwayOpened(ben.me);
    expect(seen(ana).openedBy).toEqual([]);
    expect(JSON.stringify(home.shelf.messages)).not.toContain(WORDS);
  });

  it('stands in no room, marks nothing as new, and is kept beyond the window', async () => {
    const { ana, ben } = await house();
    for (const place of ['room', 'everyday'] as const) {
      expect(ben.feed.folded.rows[place]).toEqual([]);
      expect(groupView(ben).isNew[place]).toBe(false);
    }
    const [left] = [...ben.feed.folded.held.values()].filter(({ content }) => content.type === 'left-words');
    expect([left?.message.keep, left?.author]).toEqual([true, ana.me]);
  });

  it('is what they wrote last; what stood before is taken back, and nothing is left once it is taken away', async () => {
    const { ana, ben } = await house();
    await leaves(ana, 'Ring me yourself.');
    await ben.sync();
    expect(await verbsOf(ben).openLeft(ana.me)).toBe('Ring me yourself.');
    const standing = ben.feed.folded.decisions.filter(({ content, hash, author }) => content.type === 'left-words' && !ben.feed.folded.isTakenBack(hash, author));
    expect(standing).toHaveLength(1);
    await leaves(ana, ' ');
    await ben.sync();
    expect([seen(ben).by, seen(ana).mine]).toEqual([[], '']);
    await expect(verbsOf(ben).openLeft(ana.me)).rejects.toMatchObject({ code: 'gone' });
  });

  it('is a few words: over 500 characters stay where they were typed', async () => {
    const { ana } = await house();
    await expect(verbsOf(ana).leaveWords('a'.repeat(501))).rejects.toMatchObject({ code: 'too_long' });
    expect(seen(ana).mine).toBe(WORDS);
  });
});

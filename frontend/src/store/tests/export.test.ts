/** The copy that somebody keeps: their own words and the agreement, and nothing of the others. */
import { expect, it } from 'vitest';
import type { Aboard } from '../aboard';
import { exportText } from '../export';
import { say, takeBack } from '../talking';
import { Household } from './household';
import { quiet } from './shelf';

const wish = (text: string, note: string | null = null) => ({ place: 'room' as const, text, note, wants: null, replyTo: null });

it('a copy holds one’s own words and the agreement, and nothing that others said, nor their names', async () => {
  const home = await Household.of('Ana', 'Ben');
  const [ana, ben] = [await home.device('Ana'), await home.device('Ben')];
  await say(ana, wish('I was there.', 'a long day'));
  await say(ana, wish('Better not said.'));
  await say(ben, wish('Ben was there as well.'));
  for (const group of [ana, ben, ana]) {
    await group.outbox.flush();
    await group.sync();
  }
  await quiet();
  const unsaid = ana.feed.folded.rows.room.find(({ text }) => text === 'Better not said.')!;
  await takeBack(ana, unsaid.hash);
  await ana.outbox.flush();
  await ana.sync();
  const text = exportText({ groups: new Map([[ana.id, ana]]), pairs: null } as unknown as Aboard);
  for (const mine of ['Kettle', 'What is said stays', 'I was there.', 'a long day']) expect(text).toContain(mine);
  for (const other of ['Ben', 'as well', 'Better not said']) expect(text).not.toContain(other);
});

/** Words that are under way while somebody exchanges the group's key come once, under the new one. */
import { expect, it } from 'vitest';
import { toBase64 } from '../../protocol';
import { Household, room } from './household';
import { say } from '../talking';

it('are sealed anew, and neither lost nor doubled p55', async () => {
  const home = await Household.of('Ana', 'Ben');
  const [ana, ben] = [await home.device('Ana'), await home.device('Ben')];
  const before = toBase64(ben.book.log.epoch?.id ?? new Uint8Array(0));
  await ana.act(async (batch) => void (await batch.rotate(ana)));
  await say(ben, { place: 'room', text: 'Meanwhile.', note: null, wants: null, replyTo: null });
  await ben.outbox.flush();
  await ben.outbox.flush();
  expect(room(await home.device('Ana'))).toEqual(['Meanwhile.']);
  expect(home.shelf.messages).toHaveLength(1);
  expect(toBase64(ben.book.log.epoch?.id ?? new Uint8Array(0))).not.toBe(before);
});

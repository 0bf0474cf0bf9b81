/** The key of the people outside changes by two who were shown it, and by nothing else. */
import { expect, it } from 'vitest';
import { random, toBase64, type Policy } from '../../protocol';
import type { Group } from '../group';
import { dropOutsideKey, outsideKey, proposeOutsideKey, secondOutsideKey } from '../outside-key';
import { openProposal } from '../proposals';
import { change } from '../together';
import { Household } from './household';
import { quiet } from './shelf';

async function settled(group: Group): Promise<void> {
  await group.outbox.flush();
  await quiet();
}

async function home() {
  const made = await Household.of('Ana', 'Ben', 'Dee');
  return { made, ana: await made.device('Ana'), key: toBase64(random(32)) };
}

it('is taken by a second member who sees the very key', async () => {
  const { made, ana, key } = await home();
  await proposeOutsideKey(ana, key);
  await settled(ana);
  expect(outsideKey(ana)).toMatchObject({ named: null, proposal: { proposed: key, mine: true, mayISecond: false } });
  const ben = await made.device('Ben');
  expect(outsideKey(ben)).toMatchObject({ named: null, proposal: { proposed: key, mine: false, mayISecond: true } });
  await secondOutsideKey(ben);
  expect(outsideKey(ben)).toEqual({ named: key, proposal: null });
  await ana.sync();
  expect(outsideKey(ana)).toEqual({ named: key, proposal: null });
});

it('waits where neither of the two is host, and goes when it is taken back', async () => {
  const { made, key } = await home();
  const [ben, dee] = [await made.device('Ben'), await made.device('Dee')];
  await proposeOutsideKey(ben, key);
  await settled(ben);
  await dee.sync();
  expect(outsideKey(dee).proposal?.mayISecond).toBe(false);
  await expect(secondOutsideKey(dee)).rejects.toMatchObject({ code: 'needs_second' });
  await dropOutsideKey(ben);
  await settled(ben);
  await dee.sync();
  expect(outsideKey(dee).proposal).toBeNull();
});

it('is never changed along with something that is not shown', async () => {
  const { made, ana, key } = await home();
  const { words, policy } = ana.book.log;
  if (words === null || policy === null) throw new Error('no policy');
  const beside: Policy = [policy[0], policy[1] + 1, policy[2], policy[3], random(32)];
  await change(ana, { words, policy: beside });
  await settled(ana);
  const ben = await made.device('Ben');
  expect([outsideKey(ben).proposal, openProposal(ben)]).toEqual([null, null]);
  await expect(secondOutsideKey(ben)).rejects.toMatchObject({ code: 'gone' });
  expect(outsideKey(ben).named).not.toBe(key);
});

/** The two who look at concerns are named by two, and the group goes on deciding when one of them is gone. */
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../protocol';
import { decidersView, proposeDeciders, secondDeciders } from '../deciders';
import type { Group } from '../group';
import { openProposal } from '../proposals';
import { whoDecides } from '../reports';
import { change, leave, proposeAgreement, secondProposal } from '../together';
import { Household } from './household';
import { quiet } from './shelf';

async function settled(group: Group): Promise<void> {
  await group.outbox.flush();
  await quiet();
}

async function named() {
  const home = await Household.of('Ana', 'Ben', 'Dee', 'Eve');
  const [ana, ben, dee, eve] = [await home.device('Ana'), await home.device('Ben'), await home.device('Dee'), await home.device('Eve')];
  await proposeDeciders(ana, [dee.me, eve.me]);
  await settled(ana);
  await ben.sync();
  expect(decidersView(ben)).toMatchObject({ named: [], proposal: { proposed: [dee.me, eve.me], mayISecond: true } });
  await secondDeciders(ben);
  await Promise.all([ana, dee, eve].map((one) => one.sync()));
  return { home, ana, ben, dee, eve };
}

it('are those whom a second member has agreed to, and never who wrote it', async () => {
  const { ana, ben, dee, eve } = await named();
  expect(decidersView(ana)).toEqual({ named: [dee.me, eve.me], proposal: null });
  expect(whoDecides(ana, [ben.me])).toEqual([dee.me, eve.me]);
  expect(whoDecides(ana, [dee.me])).toEqual([eve.me, ben.me]);
});

it('do not hold the group up when one of them is gone', async () => {
  const { home, ana, ben, dee, eve } = await named();
  await leave(dee);
  await ana.sync();
  await ana.rotate();
  expect(decidersView(ana).named).toEqual([eve.me]);
  await proposeAgreement(ana, 'What is said stays here, and we say so.');
  await settled(ana);
  await ben.sync();
  await secondProposal(ben);
  expect(ben.book.log.policy?.[3].map(toBase64)).toEqual([eve.me]);
  expect(openProposal(await home.device('Eve'))).toBeNull();
});

it('are never changed along with something that is not shown', async () => {
  const { ana, ben, eve } = await named();
  const { words, policy } = ana.book.log;
  if (words === null || policy === null) throw new Error('no policy');
  await change(ana, { words, policy: [policy[0], policy[1] + 1, policy[2], [fromBase64(eve.me), fromBase64(ben.me)], policy[4]] });
  await settled(ana);
  await ben.sync();
  expect(decidersView(ben).proposal).toBeNull();
  await expect(secondDeciders(ben)).rejects.toMatchObject({ code: 'gone' });
});

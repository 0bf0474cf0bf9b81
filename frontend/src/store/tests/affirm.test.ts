/** "I agree" is said to what was shown, and to nothing that came while somebody looked. */
import { expect, it } from 'vitest';
import { topOf } from '../../inside/room/top';
import { affirm } from '../affirm';
import { groupView } from '../group-view';
import { proposeAgreement, secondProposal } from '../together';
import { Household } from './household';
import { quiet } from './shelf';

it('is not said to an agreement that changed while somebody is joining', async () => {
  const home = await Household.of('Ana', 'Ben', 'Dee');
  const [ana, ben, dee] = [await home.device('Ana'), await home.device('Ben'), await home.device('Dee')];
  const shown = groupView(dee).agreement.version;
  await proposeAgreement(ana, 'What is said stays here, and we say so.');
  await ana.outbox.flush();
  await quiet();
  await ben.sync();
  await secondProposal(ben);
  await dee.sync();
  await expect(affirm(dee, shown)).rejects.toMatchObject({ code: 'someone_was_faster' });
  expect(groupView(dee).agreement.affirmedByMe).toBe(false);
  await affirm(dee, groupView(dee).agreement.version);
  expect(groupView(dee).agreement.affirmedByMe).toBe(true);
});

it('stands under both, where somebody joins and the agreement has changed', () => {
  const agreement = { text: '', version: '', affirmedByMe: false, affirmedBy: [], proposal: null };
  expect(topOf({ joining: ['eve'], agreement }, false)).toEqual({ joining: true, changed: true });
  expect(topOf({ joining: ['eve'], agreement }, true)).toEqual({ joining: true, changed: true });
  expect(topOf({ joining: [], agreement }, true)).toEqual({ joining: false, changed: false });
  expect(topOf({ joining: ['eve'], agreement: { ...agreement, affirmedByMe: true } }, false)).toEqual({ joining: true, changed: false });
});

/** What a group decides together, as each of them sees it: a changed agreement, the nudge, who may be known to whom. */
import { beforeEach, expect, it } from 'vitest';
import { affirm } from '../affirm';
import { mayKnow, makeInvitation } from '../door-verbs';
import type { Group } from '../group';
import { groupView } from '../group-view';
import { openProposal } from '../proposals';
import { chooseNudge, dropProposal, proposeAgreement, secondProposal } from '../together';
import { Household } from './household';
import { quiet } from './shelf';

const CHANGED = 'What is said stays. Support comes before advice.';
let home: Household;
let ana: Group;
let ben: Group;
let dee: Group;

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben', 'Dee');
  [ana, ben, dee] = [await home.device('Ana'), await home.device('Ben'), await home.device('Dee')];
});

async function all(...groups: Group[]): Promise<void> {
  for (const group of groups) await group.outbox.flush();
  for (const group of [ana, ben, dee]) await group.sync();
  await quiet();
}

it('an agreement that one suggests and another says yes to is the group’s, and each says for themselves that they agree', async () => {
  await affirm(dee);
  await all(dee);
  expect(groupView(ana).agreement.affirmedBy).toEqual([dee.me]);
  await proposeAgreement(ben, CHANGED);
  await all(ben);
  expect(openProposal(ana)).toMatchObject({ by: ben.me, agreement: CHANGED });
  expect(groupView(dee).agreement.text).toBe('What is said stays');
  await expect(secondProposal(ben)).rejects.toMatchObject({ code: 'needs_second' });
  await secondProposal(ana);
  await all();
  for (const one of [ana, ben, dee]) {
    expect(groupView(one).agreement).toMatchObject({ text: CHANGED, affirmedBy: [], affirmedByMe: false });
    expect(openProposal(one)).toBeNull();
  }
  await affirm(ben);
  await all(ben);
  expect(groupView(dee).agreement.affirmedBy).toEqual([ben.me]);
});

it('a suggestion that is taken back is nobody’s to say yes to, and one that is set aside is still the others’', async () => {
  await proposeAgreement(ben, CHANGED);
  await all(ben);
  await dropProposal(dee);
  expect([openProposal(dee), openProposal(ana)?.by]).toEqual([null, ben.me]);
  await dropProposal(ben);
  await all(ben);
  await expect(secondProposal(ana)).rejects.toMatchObject({ code: 'gone' });
});

it('the nudge is off once more than half say so, and anyone may think again', async () => {
  const saying = () => [ana, ben, dee].map((one) => [...groupView(one).nudgeOff].sort());
  await chooseNudge(ben, 'off');
  await chooseNudge(dee, 'off');
  await all(ben, dee);
  expect(saying()).toEqual(Array(3).fill([ben.me, dee.me].sort()));
  await chooseNudge(ben, 'on');
  await all(ben);
  expect(saying()).toEqual(Array(3).fill([dee.me]));
});

it('that two may know each other is told to the host alone, and opens and closes no door', async () => {
  const { link } = await makeInvitation(ana, 'Eve', 7);
  const knock = await home.knock('Eve', link);
  await all();
  await mayKnow(ben, knock);
  await all();
  expect(groupView(ana).knocks.map((one) => one.mayKnow)).toEqual([[ben.me]]);
  expect(groupView(dee).knocks.map((one) => one.mayKnow)).toEqual([[]]);
  expect(home.shelf.asides.map(({ to }) => to)).toEqual([ana.me]);
  expect(groupView(ana).knocks.map(({ mayIAdmit }) => mayIAdmit)).toEqual([true]);
});

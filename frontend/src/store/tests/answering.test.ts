/** After how long a group says that nobody has answered: more than half of its members settle it. */
import { expect, it } from 'vitest';
import type { AnswerSay } from '../../inside/unanswered';
import { answerTimeOf } from '../answering';
import type { Group } from '../group';
import { Household } from './household';
import { quiet } from './shelf';

const choose = async (group: Group, say: AnswerSay) => {
  await group.outbox.put('choice', ['answer', say]);
  await quiet();
};

it('is a day, until more than half say something else, and again once one of them thinks again', async () => {
  const home = await Household.of('Ana', 'Ben', 'Dee');
  const [ana, ben] = [await home.device('Ana'), await home.device('Ben')];
  const hours = async () => {
    await ana.sync();
    return answerTimeOf(ana).hours;
  };
  expect(await hours()).toBe(24);
  await choose(ana, '48');
  expect(await hours()).toBe(24);
  await choose(ben, '48');
  expect(await hours()).toBe(48);
  expect(answerTimeOf(ana).said['48']).toEqual([ana.me, ben.me]);
  await choose(ben, 'off');
  expect(await hours()).toBe(24);
  await choose(ana, 'off');
  expect(await hours()).toBeNull();
});

it('counts nothing that is no such time', async () => {
  const home = await Household.of('Ana');
  const ana = await home.device('Ana');
  await choose(ana, '1' as AnswerSay);
  expect(answerTimeOf(ana).hours).toBe(24);
});

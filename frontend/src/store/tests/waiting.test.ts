/** Whoever waits at a door asks the same, whether this device could open what they know of their knock or not. */
import { expect, it } from 'vitest';
import { toBase64, type Bytes } from '../../protocol';
import { Aboard } from '../aboard';
import { ThisDevice } from '../device';
import { passingDrawer } from '../drawer';
import type { Knocked } from '../mine-state';
import { Household } from './household';
import { holdOf } from './shelf';

const INSIDE = true;
const KNOWN = true;

it('asks for a knock by the keys of a door, and not by what a spoiled record would say of it_p33', async () => {
  const home = await Household.of('Ana', 'Ben');
  const ben = home.people.get('Ben');
  if (ben === undefined) throw new Error('Ben does not live here');
  const circle = toBase64(ben.key.circle as Bytes);

  async function asked(isKnown: boolean, isInside: boolean): Promise<string[]> {
    const device = Reflect.construct(ThisDevice, [passingDrawer()]) as ThisDevice;
    const aboard = new Aboard(holdOf(home.shelf), device, ben!.me, null, null);
    if (isKnown) aboard.mine.change((mine) => ({ ...mine, knocked: { circle, since: 0 } as Knocked }));
    aboard.waiting.show = () => Promise.resolve();
    home.shelf.asked.length = 0;
    await aboard.waiting.sync(isInside ? [circle] : []);
    return home.shelf.asked.map(({ path }) => path);
  }

  expect(await asked(KNOWN, !INSIDE)).toEqual(['/knocks']);
  expect(await asked(!KNOWN, !INSIDE)).toEqual(['/knocks']);
  expect(await asked(KNOWN, INSIDE)).toEqual([]);
  expect(await asked(!KNOWN, INSIDE)).toEqual([]);
});

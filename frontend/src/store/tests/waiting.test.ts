/** Whoever waits at a door asks the same, whether this device could open what they know of their knock or not. */
import { expect, it } from 'vitest';
import { joining, toBase64, type Bytes, type Event } from '../../protocol';
import { Aboard } from '../aboard';
import { ThisDevice } from '../device';
import { admit as openDoor, makeInvitation } from '../door-verbs';
import { passingDrawer } from '../drawer';
import type { Knocked } from '../mine-state';
import { proposeAgreement, secondProposal } from '../together';
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

/** Eve before a door that Ana has opened to her, with what she was shown when she knocked. */
async function letIn(home: Household): Promise<Aboard> {
  const ana = await home.device('Ana');
  const { link } = await makeInvitation(ana, 'Eve', 7);
  const invite = await home.knock('Eve', link);
  const event = ana.book.events.find(({ id }) => toBase64(id) === invite) as Event<'invite'>;
  const preview = home.shelf.events.flatMap(({ attachments }) => attachments[toBase64(event.body[4])] ?? [])[0] ?? '';
  await ana.door.sync();
  await openDoor(ana, invite);
  const eve = home.people.get('Eve');
  if (eve === undefined) throw new Error('nobody knocked');
  const device = Reflect.construct(ThisDevice, [passingDrawer()]) as ThisDevice;
  const aboard = new Aboard(holdOf(home.shelf, home.shelf.messages.length, toBase64(eve.key.member)), device, eve.me, null, null);
  const knocked: Knocked = {
    secret: toBase64(joining.readLink(link.slice(link.indexOf('#join.') + 6))), circle: ana.id, invite, preview,
    member: toBase64(eve.key.member), name: 'Eve', nameRandom: '', since: 0,
  };
  aboard.mine.change((mine) => ({ ...mine, knocked }));
  aboard.mine.changeNow = (change) => Promise.resolve(aboard.mine.change(change));
  return aboard;
}

it('signs no agreement but the one that was shown before the door', async () => {
  const home = await Household.of('Ana', 'Ben');
  const aboard = await letIn(home);
  const { waiting } = aboard;
  const group = aboard.make(home.people.get('Eve')!.key);
  await waiting.opened(group);
  expect(waiting.cell.get()).toMatchObject({ state: 'opened', newerAgreement: null });
  const shown = waiting.cell.get()?.version ?? '';
  const [ana, ben] = [await home.device('Ana'), await home.device('Ben')];
  await proposeAgreement(ana, 'Kettle first.');
  await ana.outbox.flush();
  await ben.sync();
  await secondProposal(ben);
  await group.sync();
  await expect(waiting.goThrough(shown)).rejects.toMatchObject({ code: 'someone_was_faster' });
  expect(aboard.groups.size).toBe(0);
  expect(waiting.cell.get()).toMatchObject({ state: 'opened', newerAgreement: 'Kettle first.' });
  const newer = waiting.cell.get()?.version ?? '';
  expect(newer).not.toBe(shown);
  expect(await waiting.goThrough(newer)).toBe(group);
});

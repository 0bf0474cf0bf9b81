/** Words that will never be taken are a draft again, and never nowhere (A19). */
import { beforeEach, describe, expect, it } from 'vitest';
import { Aboard } from '../aboard';
import type { ThisDevice } from '../device';
import { Drafts } from '../drafts';
import type { Group } from '../group';
import { Refused } from '../refusals';
import { say } from '../talking';
import { Household, room } from './household';
import { holdOf, quiet } from './shelf';

let home: Household;
let aboard: Aboard;
let ben: Group;

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben');
  const person = home.people.get('Ben');
  if (person === undefined) throw new Error('Ben is not here');
  const hold = holdOf(home.shelf, person.since);
  hold.drawer = Object.assign(hold.drawer, { lasts: true });
  aboard = new Aboard(hold, {} as ThisDevice, person.me, null, null);
  ben = aboard.make(person.key);
  await ben.sync();
  await quiet();
});

function refusing(status: number, code: string): void {
  home.shelf.refuse = (method, path) => {
    if (method === 'POST' && path.endsWith('/messages')) throw new Refused(status, code, {});
  };
}

async function says(text: string, place: 'room' | 'everyday' = 'room', note: string | null = null): Promise<void> {
  await say(ben, { place, text, note, wants: null, replyTo: null });
  await quiet();
}

/** What a page opened anew finds in the box. */
async function kept(place: 'room' | 'everyday' = 'room'): Promise<string> {
  const drafts = new Drafts(aboard.hold, aboard.me);
  await drafts.load();
  return drafts.draft(ben.id, place).text;
}

const waiting = () => ben.outbox.waiting.get().length;

describe('words that are refused for good', () => {
  it.each([[404, 'nothing_here'], [403, 'not_yours'], [413, 'too_long'], [400, 'refused']])('come back: %d %s', async (status, code) => {
    refusing(status, code);
    await says('First.', 'room', 'a note');
    await says('Second.');
    await says('Elsewhere.', 'everyday');
    expect(waiting()).toBe(0);
    expect(aboard.drafts.draft(ben.id, 'room')).toEqual({ text: 'First.\n\nSecond.', note: 'a note', wants: null, replyTo: null });
    expect(await kept()).toBe('First.\n\nSecond.');
    expect(await kept('everyday')).toBe('Elsewhere.');
    expect(aboard.drafts.returned.get()).toBe(3);
  });

  it('come back when sealing them anew was refused as well', async () => {
    refusing(422, 'not_a_member');
    await says('Tried twice.');
    expect(waiting()).toBe(1);
    await ben.outbox.flush();
    expect([waiting(), await kept()]).toEqual([0, 'Tried twice.']);
  });

  it('leave what stands in the box, and what is said later follows on nothing that is nowhere', async () => {
    aboard.drafts.saveDraft(ben.id, 'room', { text: 'Half a sen', note: '', wants: 'listen', replyTo: null });
    refusing(404, 'nothing_here');
    await says('Refused.');
    expect(aboard.drafts.draft(ben.id, 'room')).toEqual({ text: 'Half a sen\n\nRefused.', note: '', wants: 'listen', replyTo: null });
    home.shelf.refuse = () => undefined;
    await says('Taken.');
    expect(room(await home.device('Ana'))).toEqual(['Taken.']);
  });

  it('stay in the outbox while they cannot be kept as a draft', async () => {
    const { drawer } = aboard.hold;
    const put = drawer.put.bind(drawer);
    drawer.put = async (store, key, value) => {
      if (store === 'sealed') throw new Error('full');
      await put(store, key, value);
    };
    refusing(404, 'nothing_here');
    await says('Not lost.');
    expect(waiting()).toBe(1);
    drawer.put = put;
    await ben.outbox.flush();
    expect([waiting(), await kept()]).toEqual([0, 'Not lost.']);
  });

  it('come back when the group is over for this person', async () => {
    refusing(503, 'broken');
    await says('On its way.');
    expect(waiting()).toBe(1);
    await ben.end();
    expect([waiting(), await kept()]).toEqual([0, 'On its way.']);
  });
});

it.each([[429, 'slow_down'], [409, 'closing'], [401, 'not_signed_in'], [500, 'broken'], [404, 'broken']])(
  'words that may be taken later wait: %d %s',
  async (status, code) => {
    refusing(status, code);
    await says('Later.');
    await ben.outbox.flush();
    expect([waiting(), await kept()]).toEqual([1, '']);
    ben.close();
  },
);

/** A break: no notes, no rings, and all of it back with one press. */
import { beforeEach, describe, expect, it } from 'vitest';
import { standing } from '../../inside/standing';
import type { TellingView } from '../../inside/telling-views';
import { Cell } from '../../inside/watched';
import { Trouble } from '../../inside/trouble';
import { breaksOf } from '../breaks';
import type { Core } from '../core';
import type { Group } from '../group';
import { mineOf, saveUpFor } from '../reach';
import { Household } from './household';

const DAY = 86_400;
const ALWAYS = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 0 }));
let told: Cell<TellingView | null>;
let isAway: boolean;
let ben: Group;

function verbs(...others: Group[]) {
  const groups = new Map([ben, ...others].map((group) => [group.id, group]));
  const core = { open: ben, in: { groups }, hold: ben.hold } as unknown as Core;
  return breaksOf(core, {
    telling: told,
    lookUpTelling: () => (isAway ? Promise.reject(new Trouble('away')) : Promise.resolve()),
    saveWish: (change) => Promise.resolve(told.set({ ...told.get()!, ...change })),
  });
}

const now = () => ben.hold.clock.now();
const isOnBreak = () => ben.mine.cell.get().onBreak.includes(ben.id);

beforeEach(async () => {
  isAway = false;
  ben = await (await Household.of('Ana', 'Ben')).device('Ben');
  told = new Cell<TellingView | null>({
    talks: true, group: true, meetings: true, rings: true, zone: 'UTC', quietFrom: null, quietTo: null, breakUntil: null, looksAt: null,
    words: 'x', pushes: true, sendsMail: true, isHere: true, isElsewhere: false, mailbox: null,
  });
  await saveUpFor(ben, { hours: ALWAYS, reached: true });
});

describe('whoever takes a break', () => {
  it('is told nothing and shown as up for no call, until they are back', async () => {
    expect(standing(mineOf(ben), now()).kind).toBe('up');
    await verbs().takeABreak();
    expect(isOnBreak()).toBe(true);
    for (const later of [0, 100 * DAY]) expect(standing(mineOf(ben), now() + later).kind).toBe('none');
    expect(told.get()?.breakUntil).toBeGreaterThan(now() + 300 * DAY);
    await verbs().backFromBreak();
    expect(isOnBreak()).toBe(false);
    expect(standing(mineOf(ben), now()).kind).toBe('up');
    expect(told.get()?.breakUntil).toBeNull();
  });

  it('is still told while another group of theirs goes on', async () => {
    const other = { id: 'another', isMember: true, mine: ben.mine } as unknown as Group;
    await verbs(other).takeABreak();
    expect(told.get()?.breakUntil).toBeNull();
    expect(standing(mineOf(ben), now()).kind).toBe('none');
  });

  it('does not begin to be told by it, nor loses what they chose by hand', async () => {
    told.set({ ...told.get()!, isHere: false });
    await verbs().takeABreak();
    expect(told.get()?.breakUntil).toBeNull();
    const chosen = now() + 30 * DAY;
    told.set({ ...told.get()!, breakUntil: chosen });
    await verbs().backFromBreak();
    expect(told.get()?.breakUntil).toBe(chosen);
  });

  it('is not back without their notes where the site is away, and is told so', async () => {
    await verbs().takeABreak();
    isAway = true;
    await expect(verbs().backFromBreak()).rejects.toMatchObject({ code: 'away' });
    expect(isOnBreak()).toBe(true);
    isAway = false;
    await verbs().backFromBreak();
    expect(told.get()?.breakUntil).toBeNull();
  });
});

/** Whether a ring truly arrives: at which device, and until when others may see that somebody is up for a call. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Core } from '../core';
import type { Group } from '../group';
import type { MineState } from '../mine-state';
import { mineOf, saveUpFor } from '../reach';
import { Reached } from '../reached';
import { Household } from './household';
import { quiet } from './shelf';

const PHONE = 'https://push.example/phone';
const HOURS = [{ day: 1, from: 0, to: 60 }];

let home: Household;
let ben: Group;
/** By the server: which browsers of his are told; by his record there: what other devices wrote. */
let devices: string[];
let elsewhere: Partial<MineState>;
let endpoint: string | null;
let says: (data: unknown) => void;
let asked: string[];
let isAway: boolean;

beforeAll(async () => {
  home = await Household.of('Ana', 'Ben');
});

beforeEach(async () => {
  ben = await home.device('Ben');
  [devices, elsewhere, endpoint, asked, isAway] = [[PHONE], {}, PHONE, [], false];
  vi.spyOn(ben.mine, 'changeNow').mockImplementation((change) => Promise.resolve(ben.mine.change(change)));
  vi.spyOn(ben.mine, 'isKnown', 'get').mockReturnValue(true);
  ben.mine.change((mine) => ({ ...mine, ringsTo: '', renewing: {} }));
  await saveUpFor(ben, { hours: HOURS, reached: false });
  const subscription = () => Promise.resolve(endpoint === null ? null : { endpoint });
  const addEventListener = (_: string, hear: (event: { data: unknown }) => void) => (says = (data) => hear({ data }));
  vi.stubGlobal('navigator', { serviceWorker: { addEventListener, getRegistration: () => Promise.resolve({ pushManager: { getSubscription: subscription } }) } });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A page of Ben's. */
function opened(): Reached {
  const get = (path: string) => {
    asked.push(path);
    return isAway ? Promise.reject(new Error('away')) : Promise.resolve(path === '/told' ? { devices } : {});
  };
  const take = () => Promise.resolve(ben.mine.change((mine) => ({ ...mine, ...elsewhere })));
  const aboard = { mine: ben.mine, groups: new Map([[ben.id, ben]]), take };
  const reached = new Reached({ in: aboard, aboard, hold: { api: { get } } } as unknown as Core);
  reached.watch();
  return reached;
}

async function triedHere(): Promise<Reached> {
  const reached = opened();
  await reached.begin(ben);
  reached.seen();
  says('pushed');
  await quiet();
  return reached;
}

describe('a test ring', () => {
  it('lets others see that somebody is up for a call once they saw it and it came as a push, in whatever order', async () => {
    for (const ways of [['seen', 'pushed'], ['pushed', 'seen']]) {
      await saveUpFor(ben, { reached: false });
      const reached = opened();
      expect(await reached.begin(ben)).toBe(PHONE);
      for (const way of ways) {
        expect(mineOf(ben).reached).toBe(false);
        if (way === 'seen') reached.seen();
        else says('pushed');
        await quiet();
      }
      expect([mineOf(ben).reached, mineOf(ben).hours, reached.cell.get()]).toEqual([true, HOURS, { stage: 'none', isHere: true }]);
    }
  });

  it('that came to an open page alone, to another device, or too late does not', async () => {
    const reached = opened();
    endpoint = null;
    await reached.begin(ben);
    reached.seen();
    says('pushed');
    await quiet();
    expect([mineOf(ben).reached, reached.cell.get().stage]).toEqual([false, 'page']);
    endpoint = PHONE;
    await reached.begin(ben);
    reached.seen();
    says('something else');
    await quiet();
    expect([mineOf(ben).reached, reached.cell.get().stage]).toEqual([false, 'waits']);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 130_000 });
    says('pushed');
    await quiet();
    expect(mineOf(ben).reached).toBe(false);
  });
});

describe('that a ring arrives', () => {
  it('holds as long as that device is told, on whichever device it is looked at', async () => {
    await triedHere();
    const other = opened();
    await other.check();
    expect([mineOf(ben).reached, other.cell.get().isHere]).toEqual([true, true]);
    endpoint = 'https://push.example/new-phone';
    const newPhone = opened();
    await newPhone.check();
    expect([mineOf(ben).reached, newPhone.cell.get().isHere]).toEqual([true, false]);
    devices = [endpoint];
    isAway = true;
    await newPhone.check();
    expect(mineOf(ben).reached).toBe(true);
    isAway = false;
    await newPhone.check();
    expect([mineOf(ben).reached, mineOf(ben).hours]).toEqual([false, HOURS]);
  });

  it('is not ended by a device that has not heard of the newest test yet', async () => {
    await triedHere();
    elsewhere = { ringsTo: ben.mine.cell.get().ringsTo };
    ben.mine.change((mine) => ({ ...mine, ringsTo: '' }));
    await opened().check();
    expect([mineOf(ben).reached, asked.includes('/session')]).toEqual([true, true]);
  });

  it('is over with new keys, once these are exchanged in the group', async () => {
    const reached = await triedHere();
    ben.mine.change((mine) => ({ ...mine, ringsTo: '', renewing: { [ben.id]: 'before' } }));
    await quiet();
    await reached.check();
    expect(mineOf(ben).reached).toBe(true);
    ben.mine.change((mine) => ({ ...mine, renewing: {} }));
    await quiet();
    expect(mineOf(ben).reached).toBe(false);
  });

  it('is taken back before this device is left or forgotten, and by no other device that is', async () => {
    const reached = await triedHere();
    endpoint = 'https://push.example/laptop';
    devices = [PHONE, endpoint];
    await reached.leave();
    expect(mineOf(ben).reached).toBe(true);
    endpoint = PHONE;
    await reached.leave();
    expect(mineOf(ben).reached).toBe(false);
    expect(ben.outbox.waiting.get()).toEqual([]);
  });

  it('asks the site nothing as long as nobody is to see that one is up for a call', async () => {
    await opened().check();
    ben.mine.change((mine) => ({ ...mine, signInName: 'ben' }));
    await quiet();
    expect(asked).toEqual([]);
  });
});

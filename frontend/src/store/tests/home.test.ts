/** A device of one's own knows its house, and the circle of its own, and uses no key for another (A13). */
import { beforeAll, describe, expect, it } from 'vitest';
import { random, toBase64 } from '../../protocol';
import { Aboard } from '../aboard';
import type { ThisDevice } from '../device';
import { comeBack, comeIn, type SessionTold } from '../entry';
import type { Hold } from '../hold';
import { isStrange, keepHome, mustBeHome } from '../home';
import { sealAccountRecord, type Me } from '../me';
import { Household } from './household';
import { holdOf } from './shelf';

let home: Household;
let me: Me;

beforeAll(async () => {
  home = await Household.of('Ana');
  me = home.people.get('Ana')?.me ?? ({} as Me);
});

/** A session as the server tells it; what is sealed in it opens with nothing. */
function told(change: Partial<SessionTold> = {}): SessionTold {
  const sealed = { version: 1, sealed: toBase64(random(512)) };
  return {
    account: toBase64(me.account), own: toBase64(me.own), device: 'mine', records: { account: sealed }, closing_at: null,
    can_start: false, unlocker: { id: toBase64(random(16)), kind: 1, wrap: toBase64(random(96)) }, ...change,
  };
}

async function known(answer: SessionTold): Promise<Hold> {
  const hold = holdOf(home.shelf);
  await keepHome(hold.drawer, me);
  home.shelf.lie = (path, truth) => (path === '/sessions' ? { ...answer } : truth);
  return hold;
}

describe('another house than the one that is known', () => {
  it.each(['there', 'Here', '', 7, null, undefined])('is refused: %s', async (other) => {
    const { drawer } = await known(told());
    await expect(mustBeHome(drawer, other)).rejects.toSatisfy(isStrange);
    await mustBeHome(drawer, 'here');
  });

  it('is believed once, by a device that knows none', async () => {
    await mustBeHome(holdOf(home.shelf).drawer, 'there');
  });
});

describe('another circle of one’s own', () => {
  const other = () => told({ own: toBase64(random(32)) });
  const way = () => ({ kind: 1 as const, master: random(32), ask: { name: 'ana' }, signInName: 'ana' });

  it('is refused before anything is opened', async () => {
    await expect(comeIn(await known(other()), 'here', way(), 'mine')).rejects.toSatisfy(isStrange);
    await expect(comeIn(await known(told()), 'here', way(), 'mine')).rejects.not.toSatisfy(isStrange);
  });

  it('is refused when one comes back, and when a session is told of', async () => {
    await expect(comeBack(await known(other()), me)).rejects.toSatisfy(isStrange);
    expect((await comeBack(await known(told()), me)).own).toBe(toBase64(me.own));
    const aboard = new Aboard(await known(told()), {} as ThisDevice, me, null, null);
    for (const answer of [other(), told({ account: toBase64(random(16)) })]) {
      await expect(aboard.take(answer)).rejects.toSatisfy(isStrange);
    }
    await aboard.take(told());
  });

  it('is refused in an account record as well', async () => {
    for (const change of [{ home: 'there' }, { own: random(32) }]) {
      const sealed = toBase64(await sealAccountRecord(me.ak, { ...me, ...change }, 2));
      const aboard = new Aboard(await known(told()), {} as ThisDevice, { ...me }, null, null);
      await expect(aboard.take(told({ records: { account: { version: 2, sealed } } }))).rejects.toSatisfy(isStrange);
    }
  });
});

/** What this device keeps of a room stands, whatever place the server names before all of it was opened: P47. */
import { beforeAll, expect, it } from 'vitest';
import type { Group } from '../group';
import type { Hold } from '../hold';
import type { ServedMessage } from '../feed-entries';
import { Household, room, says } from './household';
import { holdOf, quiet } from './shelf';

const MANY = 90;
const PLACE = 5;
let home: Household;
let hold: Hold;
const all = Array.from({ length: MANY }, (_, n) => `number ${String(n)}`);

beforeAll(async () => {
  home = await Household.of('Ana', 'Ben');
  const ana = await home.device('Ana');
  for (const words of all) await says(ana, words);
});

/** Ben's own device, which has kept all of it; then opened anew: only the newest sixty are open, and the rest waits. */
async function halfLoaded(): Promise<{ ben: Group; goOn: () => void }> {
  hold = holdOf(home.shelf, 0, home.asleep('Ben').me);
  await home.asleep('Ben', hold).sync();
  await quiet();
  const { drawer } = hold;
  const span = drawer.span.bind(drawer);
  let goOn = () => undefined as void;
  const held = new Promise<void>((done) => (goOn = done));
  drawer.span = async (store, wanted) => {
    if (store === 'messages' && wanted.limit === 400) await held;
    return await span(store, wanted);
  };
  const ben = home.asleep('Ben', hold);
  await ben.load();
  return { ben, goOn };
}

/** What Ben's device shows after a reload, without a word from the server. */
async function afterReload(): Promise<string[]> {
  const next = home.asleep('Ben', hold);
  await next.load();
  await quiet();
  return room(next);
}

it('one’s own words go over nothing that is stored and not opened yet_p47', async () => {
  const { ben, goOn } = await halfLoaded();
  const post = hold.api.post.bind(hold.api);
  hold.api.post = async <T,>(path: string, body = {}) => ({ ...(await post<T>(path, body)), position: PLACE });
  const sent = says(ben, 'mine');
  await sent;
  goOn();
  await quiet();
  expect([...(await afterReload())].sort()).toEqual([...all, 'mine'].sort());
  home.shelf.messages.pop();
});

it.each([
  ['other words', (old: ServedMessage, other: ServedMessage) => ({ ...other, position: old.position })],
  ['that they are gone', ({ position, at }: ServedMessage, { hash }: ServedMessage) => ({ position, at, hash: hash ?? 'A'.repeat(43), gone: 'taken' as const })],
])('nor does what the server tells in a place anew: %s', async (_, told) => {
  const { ben, goOn } = await halfLoaded();
  const [old, other] = [home.shelf.messages[PLACE - 1], home.shelf.messages[MANY - 1]];
  if (old === undefined || other === undefined) throw new Error('nothing was said');
  await ben.feed.hear(told(old, other));
  goOn();
  await quiet();
  expect(await afterReload()).toEqual(expect.arrayContaining(all));
});

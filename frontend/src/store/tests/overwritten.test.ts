/** What this device keeps of a room stands, whatever place the server names before all of it was opened: P47. */
import { beforeAll, expect, it, vi } from 'vitest';
import type { Group } from '../group';
import type { Hold } from '../hold';
import type { ServedMessage } from '../feed-entries';
import { Household, room, says } from './household';
import { holdOf, quiet } from './shelf';

const MANY = 90;
const PLACE = 5;
const PATIENCE = { timeout: 10_000 };
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
  const first = home.asleep('Ben', hold);
  await first.sync();
  const { drawer } = hold;
  const stored = () => drawer.span('messages', { circle: first.book.id });
  await vi.waitFor(async () => expect(await stored()).toHaveLength(home.shelf.messages.length), PATIENCE);
  await quiet();
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

/** Waits until Ben's device shows these after a reload, without a word from the server. */
async function afterReload(wanted: readonly string[]): Promise<void> {
  const next = home.asleep('Ben', hold);
  await next.load();
  await vi.waitFor(() => expect(room(next)).toEqual(expect.arrayContaining([...wanted])), PATIENCE);
}

it('one’s own words go over nothing that is stored and not opened yet_p47', async () => {
  const { ben, goOn } = await halfLoaded();
  const post = hold.api.post.bind(hold.api);
  hold.api.post = async <T,>(path: string, body = {}) => ({ ...(await post<T>(path, body)), position: PLACE });
  const sent = says(ben, 'mine');
  await sent;
  goOn();
  await vi.waitFor(() => expect(room(ben)).toHaveLength(MANY + 1), PATIENCE);
  await quiet();
  await afterReload([...all, 'mine']);
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
  await afterReload(all);
});

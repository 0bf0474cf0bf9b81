/** Half-written words are on the device, sealed, before the page may go. */
import { beforeEach, expect, it, vi } from 'vitest';
import { NO_DRAFT } from '../../inside/model';
import { baseKey, random } from '../../protocol';
import { Drafts } from '../drafts';
import type { Drawer } from '../drawer';
import type { Hold } from '../hold';
import type { Me } from '../me';
import { holdOf, Shelf } from './shelf';

const CIRCLE = 'a circle';
let hold: Hold;
let me: Me;

beforeEach(async () => {
  hold = holdOf(new Shelf());
  hold.drawer = Object.assign(hold.drawer, { lasts: true });
  me = { account: random(16), ak: await baseKey(random(32)) } as Me;
});

/** A device that writes slowly, and in no order of its own. */
function slowly(drawer: Drawer): void {
  const put = drawer.put.bind(drawer);
  let writes = 0;
  drawer.put = async (store, key, value) => {
    await new Promise((done) => setTimeout(done, writes++ % 2 === 0 ? 20 : 1));
    await put(store, key, value);
  };
}

const typed = (text: string) => ({ ...NO_DRAFT, text });

async function after(): Promise<Drafts> {
  const drafts = new Drafts(hold, me);
  await drafts.load();
  return drafts;
}

it('all letters stand once the page may go, also on a slow device', async () => {
  slowly(hold.drawer);
  const drafts = new Drafts(hold, me);
  for (const text of ['H', 'Ha', 'Half a sentence']) drafts.saveDraft(CIRCLE, 'room', typed(text));
  drafts.saveDraft(CIRCLE, 'everyday', typed('Soup'));
  drafts.saveJotting('a page', 'a line');
  const leaving = drafts.flush();
  drafts.saveDraft(CIRCLE, 'everyday', typed('Soup again'));
  await leaving;
  const found = await after();
  expect(found.draft(CIRCLE, 'room').text).toBe('Half a sentence');
  expect(found.draft(CIRCLE, 'everyday').text).toBe('Soup again');
  expect(found.jotting('a page')).toBe('a line');
});

it('a page that is killed keeps what was typed, without a word of leaving', async () => {
  const drafts = new Drafts(hold, me);
  for (const text of ['H', 'Hal']) {
    drafts.saveDraft(CIRCLE, 'room', typed(text));
    await vi.waitFor(async () => expect((await after()).draft(CIRCLE, 'room').text).toBe(text), 10_000);
  }
});

it('two tabs drop nothing of each other', async () => {
  slowly(hold.drawer);
  const [one, other] = [new Drafts(hold, me), new Drafts(hold, me)];
  one.saveDraft(CIRCLE, 'room', typed('One'));
  other.saveDraft(CIRCLE, 'everyday', typed('Other'));
  await Promise.all([one.flush(), other.flush()]);
  const found = await after();
  expect([found.draft(CIRCLE, 'room').text, found.draft(CIRCLE, 'everyday').text]).toEqual(['One', 'Other']);
});

it('two tabs in one box write over nothing of each other; the next page has both', async () => {
  slowly(hold.drawer);
  const one = new Drafts(hold, me);
  one.saveDraft(CIRCLE, 'room', typed('One'));
  await one.flush();
  const other = new Drafts(hold, me);
  other.saveDraft(CIRCLE, 'room', typed('Other'));
  await other.flush();
  one.saveDraft(CIRCLE, 'room', typed('One, and more'));
  await one.flush();
  other.saveDraft(CIRCLE, 'room', typed('Other, and more'));
  await other.flush();
  const text = (await after()).draft(CIRCLE, 'room').text;
  expect(text.split('\n\n')).toEqual(['One, and more', 'Other, and more']);
  expect((await after()).draft(CIRCLE, 'room').text).toBe(text);
  expect(await hold.drawer.keys('sealed')).toHaveLength(1);
});

it('what one tab sent leaves what stands in the other', async () => {
  const one = new Drafts(hold, me);
  one.saveDraft(CIRCLE, 'room', typed('One'));
  await one.flush();
  const other = new Drafts(hold, me);
  other.saveDraft(CIRCLE, 'room', typed('Sent'));
  other.saveDraft(CIRCLE, 'room', NO_DRAFT);
  await other.flush();
  expect((await after()).draft(CIRCLE, 'room').text).toBe('One');
  one.saveDraft(CIRCLE, 'room', NO_DRAFT);
  await one.flush();
  expect(await hold.drawer.keys('sealed')).toEqual([]);
});

it('what was sent or emptied is gone from the device', async () => {
  slowly(hold.drawer);
  const drafts = new Drafts(hold, me);
  drafts.saveDraft(CIRCLE, 'room', typed('Sent'));
  drafts.saveDraft(CIRCLE, 'room', NO_DRAFT);
  await drafts.flush();
  expect(await hold.drawer.keys('sealed')).toEqual([]);
  expect(await hold.drawer.all('sealed')).toEqual([]);
});

it('nothing stands in the clear, and nobody else can open it', async () => {
  const drafts = new Drafts(hold, me);
  drafts.saveDraft(CIRCLE, 'room', typed('Half a sentence'));
  await drafts.flush();
  const [sealed] = await hold.drawer.all<Uint8Array>('sealed');
  expect(new TextDecoder().decode(sealed)).not.toContain('Half');
  me = { ...me, ak: await baseKey(random(32)) };
  expect((await after()).draft(CIRCLE, 'room')).toEqual(NO_DRAFT);
});

it('on a shared device nothing is kept and nothing is waited for', async () => {
  hold = holdOf(new Shelf());
  const drafts = new Drafts(hold, me);
  drafts.saveDraft(CIRCLE, 'room', typed('Half a sentence'));
  await drafts.flush();
  expect(await hold.drawer.all('sealed')).toEqual([]);
  expect(drafts.draft(CIRCLE, 'room').text).toBe('Half a sentence');
});

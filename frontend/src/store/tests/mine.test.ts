/** What a person sets for themselves: on the device at once, at the server soon, and in the hands of nobody else. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { baseKey, fromBase64, KIND, random, toBase64 } from '../../protocol';
import type { Json } from '../api';
import type { Hold } from '../hold';
import { makeCircleKey, type Me, type Sealed } from '../me';
import { Mine } from '../mine';
import { Refused } from '../refusals';
import { holdOf, Shelf } from './shelf';

let me: Me;
/** As the server keeps it. */
let record: Sealed;
let asked: { version: number; size: number; at: number }[];
let clock: number;
/** A copy of the server was put back, and it takes what is newer. */
let isRestored: boolean;

beforeEach(async () => {
  const [raw, id] = [random(32), random(16)];
  const own = { ...(await makeCircleKey(raw, id, KIND.own)), circle: random(32) };
  me = { account: id, home: 'here', signInName: 'ben', ak: await baseKey(raw), own: own.circle, version: 1, keys: [own], canStart: false };
  record = { version: 0, sealed: random(0) };
  [asked, clock, isRestored] = [[], 0, false];
  // Nothing is saved by itself but where a test lets time pass: a page of an earlier test would save in a later one.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function put(path: string, { version, sealed }: Json): Promise<never> {
  if (path === '/repair/records/mine' && isRestored) {
    record = { version: Number(version), sealed: fromBase64(String(sealed)) };
    return Promise.resolve({} as never);
  }
  if (path !== '/records/mine') throw new Refused(404, 'nothing_here', {});
  asked.push({ version: Number(version), size: String(sealed).length, at: clock });
  if (version !== record.version + 1) throw new Refused(409, 'record_moved', { version: record.version, sealed: toBase64(record.sealed) });
  record = { version, sealed: fromBase64(String(sealed)) };
  return Promise.resolve({} as never);
}

function device(lasts = true): Hold {
  const hold = holdOf(new Shelf());
  return Object.assign(hold, { drawer: Object.assign(hold.drawer, { lasts }), api: Object.assign(hold.api, { put }) });
}

/** As a page that is opened: what the device kept, then what the server tells. */
async function opened(hold: Hold): Promise<Mine> {
  const mine = new Mine(hold, me);
  await mine.load();
  if (record.version > 0) await mine.take(record);
  return mine;
}

/** So many seconds, each with all that is under way in it. */
async function passing(mine: Mine, seconds: number, each: (second: number) => void = () => undefined): Promise<void> {
  for (clock = 0; clock < seconds; clock++) {
    each(clock);
    await vi.advanceTimersByTimeAsync(1000);
    await mine['turns'].take(() => Promise.resolve());
  }
}

const dark = (mine: Mine) => mine.change((state) => ({ ...state, settings: { ...state.settings, theme: 'dark' } }));
const mute = (mine: Mine) => mine.change((state) => ({ ...state, settings: { ...state.settings, mutedWords: ['soup'] } }));
const rest = (mine: Mine) => mine.change((state) => ({ ...state, onBreak: ['a circle'] }));

describe('what was set a moment before leaving', () => {
  it('stands when the page is opened again, and reaches the server then', async () => {
    const hold = device();
    const left = await opened(hold);
    dark(left);
    rest(left);
    left.quietly((state) => ({ ...state, read: { 'a circle': { room: 7 } } }));
    await left.keep();
    const back = await opened(hold);
    const state = back.cell.get();
    expect([state.settings.theme, state.onBreak, state.read]).toEqual(['dark', ['a circle'], { 'a circle': { room: 7 } }]);
    await back.save();
    expect((await opened(device())).cell.get()).toEqual(state);
    expect(await hold.drawer.keys('sealed')).toEqual([]);
  });

  it('goes onto what another device set meanwhile', async () => {
    const hold = device();
    const left = await opened(hold);
    dark(left);
    await left.keep();
    const other = await opened(device());
    mute(other);
    await other.save();
    const { settings } = (await opened(hold)).cell.get();
    expect([settings.theme, settings.mutedWords]).toEqual(['dark', ['soup']]);
  });

  it('stands nowhere in the clear, and nowhere at all on a shared device', async () => {
    const [hold, shared] = [device(), device(false)];
    for (const one of [hold, shared]) {
      const mine = await opened(one);
      mute(mine);
      await mine.keep();
    }
    const [sealed] = await hold.drawer.all<Uint8Array>('sealed');
    expect(new TextDecoder().decode(sealed)).not.toContain('soup');
    expect(await shared.drawer.all('sealed')).toEqual([]);
  });
});

describe('a record that the server spoiled', () => {
  const spoilt = (): Sealed => ({ ...record, sealed: Uint8Array.from(record.sealed, (byte, i) => (i === 40 ? byte ^ 1 : byte)) });

  /** Half a minute in sight after the page is opened, a setting, and the page left. */
  async function trace(hold: Hold, spoiled: boolean): Promise<{ asked: typeof asked; notices: readonly string[] }> {
    const before = record;
    if (spoiled) record = spoilt();
    [asked, clock] = [[], 0];
    vi.stubGlobal('document', { visibilityState: 'visible' });
    const mine = await opened(hold);
    mine.look();
    await passing(mine, 40, (second) => {
      if (second === 30) dark(mine);
    });
    mine.stir();
    await mine.leave();
    record = before;
    return { asked, notices: hold.notices.cell.get() };
  }

  it.each([[0], [60]])('is saved over at the same times and at the same length as one that opens, with %d mutes_p33', async (many) => {
    const first = await opened(device());
    first.change((state) => ({ ...state, settings: { ...state.settings, readingPlace: many === 0, mutedPeople: Array(many).fill('x'.repeat(22)) } }));
    await first.save();
    const good = await trace(device(), false);
    expect([good.asked.length > 1, good.notices]).toEqual([true, []]);
    const bad = await trace(device(), true);
    expect(bad.asked).toEqual(good.asked);
    expect(bad.notices).toEqual(['settings_lost']);
  });

  it('takes nothing from a device that knows what stood there, and it brings that back', async () => {
    const hold = device();
    const knows = await opened(hold);
    mute(knows);
    await knows.save();
    record = spoilt();
    const fresh = await opened(device());
    dark(fresh);
    await fresh.save();
    for (let times = 0; times < 2; times++) expect((await opened(hold)).cell.get().settings.mutedWords).toEqual(['soup']);
    const back = await opened(hold);
    back.stir();
    await back.save();
    expect((await opened(device())).cell.get().settings.mutedWords).toEqual(['soup']);
  });

  /** The record is the one of before the newest setting; what is set next meets it. */
  async function putBack(hold: Hold): Promise<Mine> {
    const mine = await opened(hold);
    dark(mine);
    await mine.save();
    const earlier = record;
    mute(mine);
    await mine.save();
    record = earlier;
    asked = [];
    const back = await opened(hold);
    rest(back);
    await back.save();
    await passing(back, 60);
    return back;
  }

  it('of an earlier day is not believed, and asked about once', async () => {
    const hold = device();
    const back = await putBack(hold);
    expect([asked.length, hold.notices.cell.get(), back.cell.get().settings.mutedWords]).toEqual([1, ['unverified'], ['soup']]);
  });

  it('of an earlier day is given the newer one where a copy was put back, and then what was set', async () => {
    isRestored = true;
    const hold = device();
    await putBack(hold);
    const { settings, onBreak } = (await opened(device())).cell.get();
    expect([hold.notices.cell.get(), settings.mutedWords, onBreak]).toEqual([[], ['soup'], ['a circle']]);
  });
});

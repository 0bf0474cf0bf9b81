/** When somebody may be rung, and numbers they gave, on devices of their own. */
import { beforeEach, describe, expect, it } from 'vitest';
import { random, toBase64 } from '../../protocol';
import { signals } from '../../protocol/later';
import { isQuiet, standing } from '../../inside/standing';
import { Trouble } from '../../inside/trouble';
import { Cell } from '../../inside/watched';
import type { Aboard } from '../aboard';
import { Doorbell, type Served } from '../doorbell';
import { groupView } from '../group-view';
import type { Group } from '../group';
import { giveNumber, mayRing, notToday, Reach, reachView, saveUpFor } from '../reach';
import { Household } from './household';
import { quiet } from './shelf';

const ALWAYS = { hours: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 0 })) };
const NUMBER = '01632 960 001';

let home: Household;
let ana: Group;
let ben: Group;

beforeEach(async () => {
  home = await Household.of('Ana', 'Ben');
  [ana, ben] = [await home.device('Ana'), await home.device('Ben')];
});

async function tells(change: () => Promise<void>) {
  await change();
  await ana.outbox.flush();
  await ben.sync();
  await quiet();
}

const seen = () => {
  const [found] = reachView(ben, [], true).others;
  return found === undefined ? null : standing(found.said, ben.hold.clock.now()).kind;
};

describe('up for contact', () => {
  it('is asked until a test ring came, then rung, and nothing at all after one press for today', async () => {
    await tells(() => saveUpFor(ana, ALWAYS));
    expect([seen(), mayRing(ana, [], ben.me)]).toEqual(['ask', false]);
    await tells(() => saveUpFor(ana, { reached: true }));
    expect([seen(), mayRing(ana, [], ben.me), mayRing(ben, [], ana.me)]).toEqual(['up', true, false]);
    await tells(() => notToday(ana, true));
    expect([seen(), mayRing(ana, [], ben.me), reachView(ana, [], true).mine.hours.length]).toEqual(['none', false, 7]);
    await tells(() => notToday(ana, false));
    expect(seen()).toBe('up');
  });

  it('is told by the newest alone: what stood before is taken back, and nothing of it is in a room or new', async () => {
    await tells(() => saveUpFor(ana, ALWAYS));
    await tells(() => saveUpFor(ana, { ask: true }));
    const standing = [...ben.feed.folded.decisions].filter(({ content, hash, author }) => content.type === 'up-for' && !ben.feed.folded.isTakenBack(hash, author));
    expect([seen(), standing.length, standing[0]?.message.keep]).toEqual(['ask', 1, true]);
    expect([ben.feed.folded.rows.room, groupView(ben).isNew]).toEqual([[], { room: false, everyday: false }]);
    expect(JSON.stringify(home.shelf.messages)).not.toContain('Europe');
  });

  it('is not drawn of somebody whom one has muted', async () => {
    const mute = (mutedPeople: string[]) => ben.mine.change((mine) => ({ ...mine, settings: { ...mine.settings, mutedPeople } }));
    await tells(() => saveUpFor(ana, ALWAYS));
    mute([ana.me]);
    expect(reachView(ben, [], true).others).toEqual([]);
    mute([]);
    expect(seen()).toBe('ask');
  });
});

describe('quiet hours', () => {
  it('hold over midnight, where somebody is, and not at all where none are set', () => {
    const at = (hour: number) => Date.UTC(2026, 10, 21, hour) / 1000;
    const quietAt = (hour: number) => isQuiet('Europe/Berlin', 22 * 60, 7 * 60, at(hour));
    expect([20, 21, 23, 5, 6].map(quietAt)).toEqual([false, true, true, true, false]);
    expect([isQuiet('UTC', null, null, at(3)), isQuiet('UTC', 60, 60, at(1)), isQuiet('nowhere', 0, 1439, at(3))]).toEqual([false, false, false]);
  });
});

describe('one’s own number', () => {
  it('is there for everybody once it was given, and gone when it was taken back', async () => {
    await tells(() => giveNumber(ana, ` ${NUMBER} `));
    expect(reachView(ben, [], false).numbers).toEqual([{ id: ana.me, number: NUMBER, toAll: true }]);
    expect(reachView(ana, [], false).given).toEqual({ all: NUMBER, to: [] });
    await expect(giveNumber(ana, '1'.repeat(41))).rejects.toThrow('too_long');
    await tells(() => giveNumber(ana, ''));
    expect([reachView(ben, [], false).numbers, reachView(ana, [], false).given.all]).toEqual([[], '']);
    expect([...ben.feed.folded.decisions].filter(({ content, hash, author }) => content.type === 'number' && content.rest[0] !== '' && !ben.feed.folded.isTakenBack(hash, author))).toEqual([]);
  });
});

describe('what waits at the door and does not open', () => {
  const rubbish = (name: string, more: Partial<Served> = {}): Served =>
    ({ id: name, circle: ana.id, from: ben.me, to: ana.me, call: toBase64(random(16)), sealed: toBase64(random(304)), ...more });

  it('is tried once, again only when the group’s log has grown, and by no name of the site’s for another p70', async () => {
    let all = [rubbish('a'), rubbish('b')];
    const heard: string[] = [];
    const changed = new Cell(0);
    const api = { get: () => Promise.resolve({ relay: true, signals: all }) };
    let opened = 0;
    /** Whoever opens takes the key for it. */
    const counted = Object.create(ana, { key: { value: Object.create(ana.key, { box: { get: () => (opened++, ana.key.box) } }) } }) as Group;
    const aboard = { hold: { api }, changed, groups: new Map([[ana.id, counted]]) } as unknown as Aboard;
    const bell = new Doorbell(aboard, { isToRing: () => true, hear: (_, from, __, { type }) => heard.push(`${type} ${from === ben.me}`) });
    for (let times = 0; times < 5; times++) await bell.look();
    changed.set(1);
    await bell.look();
    expect([opened, heard]).toEqual([2, []]);
    // A true one under a name that was tried, then another's under that one's.
    const call = random(16);
    const sealed = await signals.sealSignal(ben.key.sign, ana.key.boxPk, { circle: ben.book.circle, from: ben.key.member, to: ana.key.member, call }, 'ring', 1, [false]);
    all = [rubbish('a', { call: toBase64(call), sealed: toBase64(sealed) }), rubbish('b')];
    await bell.look();
    expect(heard).toEqual(['ring true']);
  });
});

it('a site that is away is not said to have no relay; one that says so is', async () => {
  const ben = await (await Household.of('Ana', 'Ben')).device('Ben');
  let answer = (): Promise<unknown> => Promise.reject(new Trouble('away'));
  const aboard = { hold: { api: { get: () => answer() } }, changed: new Cell(0) } as unknown as Aboard;
  const bell = new Doorbell(aboard, { isToRing: () => false, hear: () => undefined });
  const { cell } = new Reach(ben, () => [], bell.canRing);
  await bell.look();
  expect(cell.get()).toMatchObject({ canRing: false, hasNoRelay: false });
  for (const relay of [false, true]) {
    answer = () => Promise.resolve({ relay, signals: [] });
    await bell.look();
    expect(cell.get()).toMatchObject({ canRing: relay, hasNoRelay: !relay });
  }
});

/** Meetings on devices of their own: signed times, sealed words, and who comes. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DayView } from '../../inside/meeting-views';
import { nextOf } from '../../inside/pages/meeting-times';
import { random, toBase64 } from '../../protocol';
import { meetings as plans } from '../../protocol/later';
import type { Core } from '../core';
import type { Group } from '../group';
import { meetsOf } from '../meeting-verbs';
import { meetingsIn } from '../meetings';
import { Household } from './household';
import { now, quiet } from './shelf';

const TEA = {
  isGetTogether: false, title: 'Tea and talk', place: 'The back room', access: '', bring: 'A mug', link: '',
  start: '2036-01-01T19:00', end: '2036-01-01T20:30', zone: 'Europe/London', rule: 'FREQ=WEEKLY',
};
const WEEK = 7 * 86_400;

/** The site's own part: it keeps the newest plan, and tells two days of it a week apart. */
class Timetable {
  plans = new Map<string, { meeting: string; plan: string; author: string; sig: string; days: object[]; trouble: null }>();
  reminders = { day_before: false, two_hours_before: false };
  first = now() + 86_400;

  standBefore(group: Group): void {
    const { api } = group.hold;
    const [get, post] = [api.get.bind(api), api.post.bind(api)];
    vi.spyOn(api, 'get').mockImplementation((path) => (path.endsWith('/meetings') ? Promise.resolve(this.told() as never) : get(path)));
    vi.spyOn(api, 'post').mockImplementation((path, body) => (path.endsWith('/meetings') ? Promise.resolve(this.take(group, body as never) as never) : post(path, body)));
  }

  told() {
    return { meetings: [...this.plans.values()], reminders: this.reminders };
  }

  private take(group: Group, { plan, sig }: { plan: string; sig: string }) {
    const row = { plan, sig, author: group.me, trouble: null, meeting: '', days: this.days() };
    this.plans.set('only', row);
    return row;
  }

  days(): object[] {
    return [0, 1].map((n) => ({ was: `2036-01-0${String(1 + 7 * n)}T19:00`, start: this.first + n * WEEK, end: this.first + n * WEEK + 5400, state: 'on' }));
  }
}

function boatOf(group: Group) {
  const core = { open: group, in: { me: group.mine['me'], mine: group.mine }, hold: group.hold } as unknown as Core;
  return { verbs: meetsOf(core), there: meetingsIn(group, core.in.me) };
}

afterEach(() => void vi.restoreAllMocks());

async function planned() {
  const home = await Household.of('Ana', 'Ben');
  const site = new Timetable();
  const [ana, ben] = [await home.device('Ana'), await home.device('Ben')];
  for (const one of [ana, ben]) site.standBefore(one);
  const id = await boatOf(ana).verbs.planMeeting(TEA);
  // The site knows it by the id that stands in the plan.
  for (const row of site.plans.values()) row.meeting = id;
  await ana.outbox.flush();
  await quiet();
  return { home, site, ana, ben, id };
}

async function seenBy(group: Group) {
  await group.sync();
  const { there } = boatOf(group);
  await there.lookUp();
  return there.cell.get();
}

describe('a meeting', () => {
  it('is read by a member with the words that only the group can open', async () => {
    const { site, ben } = await planned();
    const { meetings, isUnsigned } = await seenBy(ben);
    expect(meetings).toMatchObject([{ ...TEA, isBare: false, isCancelled: false }]);
    expect(isUnsigned).toBe(false);
    expect(JSON.stringify(site.told())).not.toContain(TEA.title);
  });

  it('whose times the site has altered, or that no host signed, is not shown', async () => {
    const { site, ana, ben } = await planned();
    const [row] = site.plans.values();
    if (row === undefined) throw new Error('nothing was planned');
    const kept = { ...row };
    const lies = [
      { plan: toBase64(random(90)) },
      { sig: toBase64(random(64)) },
      { author: ben.me },
    ];
    for (const lie of lies) {
      Object.assign(row, kept, lie);
      expect(await seenBy(ben)).toMatchObject({ meetings: [], isUnsigned: true });
    }
    const { book, key } = ben;
    const bytes = plans.writePlan({ circle: book.circle, meeting: random(16), version: 1, kind: 1, start: TEA.start, end: TEA.end, zone: TEA.zone, rule: '', changes: [], cancelled: false, time: now() });
    Object.assign(row, { plan: toBase64(bytes), author: ben.me, sig: toBase64(await plans.signPlan(key.sign, key.member, bytes)) });
    expect(await seenBy(ana)).toMatchObject({ meetings: [], isUnsigned: true });
  });

  it('is told who comes; another press takes it back, and the older word is gone', async () => {
    const { ana, ben, id } = await planned();
    await seenBy(ben);
    const { verbs, there } = boatOf(ben);
    const was = '2036-01-01T19:00';
    const day = async (group: Group) => (await seenBy(group)).meetings[0]?.days[0];
    await verbs.sayComing(id, was, 'coming');
    expect(there.cell.get().meetings[0]?.days[0]?.mine).toBe('coming');
    await ben.outbox.flush();
    expect(await day(ana)).toMatchObject({ coming: [ben.me], not: [] });
    await verbs.sayComing(id, was, null);
    await ben.outbox.flush();
    expect(await day(ana)).toMatchObject({ coming: [], not: [] });
    const standing = ana.feed.folded.decisions.filter(({ content, hash, author }) => content.type === 'coming' && !ana.feed.folded.isTakenBack(hash, author));
    expect(standing.length).toBe(1);
  });

  it('stands as the site told it last, also where an earlier answer is the slower one', async () => {
    const { site, ben } = await planned();
    const { there } = boatOf(ben);
    const cancelled = site.told();
    cancelled.meetings[0]!.days = [];
    let late: () => void = () => undefined;
    const answers = [new Promise<object>((done) => (late = () => done(cancelled)))];
    site.told = () => (answers.shift() ?? { ...cancelled, meetings: cancelled.meetings.map((one) => ({ ...one, days: site.days() })) }) as never;
    const asked = [there.lookUp(), there.lookUp()];
    await quiet();
    asked.push(there.lookUp());
    await quiet();
    late();
    await Promise.all(asked);
    expect(there.cell.get().meetings[0]?.days.length).toBe(2);
  });

  it('needs a name before anything is sent', async () => {
    const { ana, site } = await planned();
    const before = [...site.plans.values()][0]?.plan;
    await expect(boatOf(ana).verbs.planMeeting({ ...TEA, title: ' ' })).rejects.toMatchObject({ code: 'bad_title' });
    expect([...site.plans.values()][0]?.plan).toBe(before);
  });
});

describe('the next meeting', () => {
  const day = (start: number, state: DayView['state'] = 'on'): DayView => ({ was: String(start), start, end: start + 60, state, coming: [], not: [], mine: null });
  const view = (...days: DayView[]) => ({ isKnown: true, isUnsigned: false, dayBefore: false, twoHoursBefore: false, meetings: [{ ...TEA, id: 'a', version: 1, isCancelled: false, isBare: false, isLost: false, days }] });

  it('is the first that takes place and is not over; those cancelled before it are named', () => {
    const { next, cancelled } = nextOf(view(day(100), day(200, 'cancelled'), day(300), day(400, 'cancelled')), 160);
    expect(next?.day.start).toBe(300);
    expect(cancelled.map((one) => one.day.start)).toEqual([200]);
  });

  it('is none where all is called off, and one day says so', () => {
    const { next, cancelled } = nextOf(view(day(200, 'cancelled'), day(300, 'cancelled')), 160);
    expect(next).toBeNull();
    expect(cancelled.length).toBe(1);
  });
});

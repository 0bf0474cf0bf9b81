/** Meetings on devices of their own: signed times, sealed words, and who comes. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DayView } from '../../inside/meeting-views';
import { alsoOf, nextOf } from '../../inside/pages/meeting-times';
import { fromBase64, random, toBase64 } from '../../protocol';
import { meetings as plans } from '../../protocol/later';
import type { Core } from '../core';
import type { Group } from '../group';
import { meetsOf } from '../meeting-verbs';
import { meetingsIn } from '../meetings';
import { Refused } from '../refusals';
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
  /** The name of what it refuses a plan with. */
  refuse = '';
  readonly back: { author: string; plan: string; sig: string }[] = [];

  standBefore(group: Group): void {
    const { api } = group.hold;
    const [get, post] = [api.get.bind(api), api.post.bind(api)];
    vi.spyOn(api, 'get').mockImplementation((path) => (path.endsWith('/meetings') ? Promise.resolve(this.told() as never) : get(path)));
    vi.spyOn(api, 'post').mockImplementation((path, body) => (path.endsWith('/meetings') ? Promise.resolve(this.take(group.me, body as never) as never) : path.endsWith('/again') ? Promise.resolve(this.again(body as never) as never) : post(path, body)));
  }

  told() {
    return { meetings: [...this.plans.values()], reminders: this.reminders };
  }

  private take(author: string, { plan, sig }: { plan: string; sig: string }) {
    if (this.refuse !== '') throw new Refused(409, this.refuse, {});
    const row = { plan, sig, author, trouble: null, meeting: this.plans.get('only')?.meeting ?? '', days: this.days() };
    this.plans.set('only', row);
    return row;
  }

  private again(body: { author: string; plan: string; sig: string }) {
    this.back.push(body);
    return this.take(body.author, body);
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

  it('is planned by the site’s clock where a laptop’s is hours off; where it is a day off nothing is sent and the clock is named', async () => {
    const { home, ana, site } = await planned();
    const timeOf = async () => (await plans.openPlan(ana.book.log, ana.key.member, fromBase64(site.plans.get('only')?.plan ?? ''), fromBase64(site.plans.get('only')?.sig ?? ''))).time;
    ana.hold.clock.hear(now() + 20 * 3_600);
    await boatOf(ana).verbs.planMeeting(TEA);
    expect(Math.abs((await timeOf()) - now() - 20 * 3_600)).toBeLessThan(60);
    await ana.outbox.flush();
    await quiet();
    const said = home.shelf.messages.length;
    ana.hold.clock.hear(now() + 2 * 86_400);
    site.refuse = 'clock';
    await expect(boatOf(ana).verbs.planMeeting(TEA)).rejects.toMatchObject({ code: 'clock_wrong' });
    await quiet();
    expect(ana.outbox.waiting.get().length).toBe(0);
    expect(home.shelf.messages.length).toBe(said);
  });

  it('needs a name before anything is sent', async () => {
    const { ana, site } = await planned();
    const before = [...site.plans.values()][0]?.plan;
    await expect(boatOf(ana).verbs.planMeeting({ ...TEA, title: ' ' })).rejects.toMatchObject({ code: 'bad_title' });
    expect([...site.plans.values()][0]?.plan).toBe(before);
  });
});

/** The site's row of a plan that somebody signed. */
async function rowBy(group: Group, site: Timetable, id: string, change: Partial<plans.Plan>) {
  const { book, key } = group;
  const plan = { circle: book.circle, meeting: fromBase64(id), version: 2, kind: 1, start: TEA.start, end: TEA.end, zone: TEA.zone, rule: TEA.rule, changes: [], cancelled: false, time: now(), ...change };
  const bytes = plans.writePlan(plan);
  return { plan: toBase64(bytes), sig: toBase64(await plans.signPlan(key.sign, key.member, bytes)), author: group.me, trouble: null, meeting: id, days: site.days() };
}

describe('a site that tells another plan than it told', () => {
  it('makes a device forget nothing of it, and a fresh one learns from the words that a change is missing p45', async () => {
    const { home, site, ana, ben, id } = await planned();
    await seenBy(ben);
    const before = site.plans.get('only');
    await seenBy(ana);
    await boatOf(ana).verbs.cancelMeeting(id, true);
    await ana.outbox.flush();
    expect((await seenBy(ben)).meetings[0]).toMatchObject({ title: TEA.title, isCancelled: true });
    if (before !== undefined) site.plans.set('only', before);
    expect(await seenBy(ben)).toMatchObject({ meetings: [{ isCancelled: true, version: 2 }], isBehind: false });
    const fresh = await home.device('Ben');
    site.standBefore(fresh);
    expect(await seenBy(fresh)).toMatchObject({ meetings: [{ isCancelled: false, version: 1 }], isBehind: true });
    // The next change is above what was named, so that it counts for everybody.
    const host = await home.device('Ana');
    site.standBefore(host);
    await seenBy(host);
    await boatOf(host).verbs.cancelMeeting(id, false);
    expect((await seenBy(fresh)).meetings[0]).toMatchObject({ version: 3, isCancelled: false });
  });

  it('hands back after a copy was put back, and once', async () => {
    const { site, ana, ben, id } = await planned();
    const before = site.plans.get('only');
    await seenBy(ana);
    await boatOf(ana).verbs.cancelMeeting(id, true);
    await seenBy(ben);
    if (before !== undefined) site.plans.set('only', before);
    ben.book.restored = { at: now(), to: now() - 60, open: true, position: 0 };
    const { there } = boatOf(ben);
    // Also before anybody looks at a page of meetings.
    await ben.hold.plans?.(ben);
    await there.lookUp();
    expect(site.back.length).toBe(1);
    expect(there.cell.get().meetings[0]).toMatchObject({ isCancelled: true });
    expect(site.back[0]).toMatchObject({ author: ana.me });
  });

  it('cannot take one that a former host signed with an old time p56', async () => {
    const { home, site, ana, ben, id } = await planned();
    await home.makeHost('Ben', 'Ana');
    await ben.sync();
    const forged = await rowBy(ben, site, id, { version: 9, time: now() });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    try {
      await ben.act(async (batch) => void (await batch.add('role', [ben.key.member, 0, null])));
      expect((await seenBy(ana)).meetings[0]?.version).toBe(1);
      site.plans.set('only', forged);
      expect(await seenBy(ana)).toMatchObject({ meetings: [{ version: 1 }] });
      const fresh = await home.device('Ana');
      site.standBefore(fresh);
      expect(await seenBy(fresh)).toMatchObject({ meetings: [], isUnsigned: true });
    } finally {
      vi.useRealTimers();
    }
  });

  it('holds one far ahead by a host who has left: the next host is above it in one press p45', async () => {
    const { home, site, ana, ben, id } = await planned();
    await home.makeHost('Ben', 'Ana');
    await ben.sync();
    const ahead = await rowBy(ben, site, id, { version: 1_000, start: '2036-01-01T03:00' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    try {
      await ben.act(async (batch) => void (await batch.add('role', [ben.key.member, 0, null])));
      site.plans.set('only', ahead);
      expect(await seenBy(ana)).toMatchObject({ meetings: [{ version: 1 }] });
      await boatOf(ana).verbs.cancelMeeting(id, true);
      expect(await seenBy(ana)).toMatchObject({ meetings: [{ version: 1_001, start: TEA.start, isCancelled: true }] });
    } finally {
      vi.useRealTimers();
    }
  });

  it('still lets whoever came after all words know when to come', async () => {
    const { home, site } = await planned();
    await home.admit('Dee');
    const dee = await home.device('Dee');
    site.standBefore(dee);
    expect(await seenBy(dee)).toMatchObject({ meetings: [{ version: 1, isBare: true }], isUnsigned: false, isBehind: false });
  });
});

describe('the next meeting', () => {
  const day = (start: number, state: DayView['state'] = 'on'): DayView => ({ was: String(start), start, end: start + 60, state, coming: [], not: [], mine: null });
  const view = (...days: DayView[]) => ({ isKnown: true, isUnsigned: false, isBehind: false, dayBefore: false, twoHoursBefore: false, meetings: [{ ...TEA, id: 'a', version: 1, isCancelled: false, isBare: false, isLost: false, days }] });

  it('is the first that takes place and is not over; those cancelled before it are named', () => {
    const { next, cancelled } = nextOf(view(day(100), day(200, 'cancelled'), day(300), day(400, 'cancelled')), 160);
    expect(next?.day.start).toBe(300);
    expect(cancelled.map((one) => one.day.start)).toEqual([200]);
  });

  it('has beside it what else takes place soon, each once, and nothing that is called off or far away', () => {
    const [first] = view(day(300), day(900)).meetings;
    const other = (id: string, days: DayView[], isCancelled = false) => ({ ...first!, id, days, isCancelled });
    const far = 160 + 15 * 86_400;
    const all = { ...view(), meetings: [first!, other('b', [day(200, 'cancelled'), day(400), day(500)]), other('c', [day(350)], true), other('d', [day(far)]), other('e', [day(320)])] };
    const { next } = nextOf(all, 160);
    expect(alsoOf(all, next!, 160).map(({ meeting, day: { start } }) => [meeting.id, start])).toEqual([['e', 320], ['b', 400]]);
  });

  it('is none where all is called off, and one day says so', () => {
    const { next, cancelled } = nextOf(view(day(200, 'cancelled'), day(300, 'cancelled')), 160);
    expect(next).toBeNull();
    expect(cancelled.length).toBe(1);
  });
});

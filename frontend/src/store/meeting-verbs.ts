/** What people do about meetings: hosts plan and change, each says for themselves, and one's own calendar address. */
import type { CalendarView, MeetingWords, Meets, NewMeeting, Says } from '../inside/meeting-views';
import { Trouble } from '../inside/trouble';
import { fromBase64, random, toBase64, type Bytes, type Id } from '../protocol';
import { meetings } from '../protocol/later';
import type { Core } from './core';
import type { Group } from './group';
import { meetingsIn, SAYS, type Meetings } from './meetings';
import { asTrouble, Refused } from './refusals';
import { signedWay } from './signed';

const DAY = 86_400;
const KEPT_CHANGES = 60;

const openIn = (core: Core): Meetings => meetingsIn(core.open, core.in.me);

/** What is wrong with a time, said by the name it has on the server. */
const ABOUT_TIMES = {
  never_meets: 'never_meets', ends_before_start: 'ends_before_start', lasts_too_long: 'lasts_too_long', no_such_day: 'no_such_day',
  unknown_zone: 'unknown_zone', too_far: 'too_far', bad_rule: 'bad_time', bad_time: 'bad_time', too_many_meetings: 'too_many_meetings',
  bad_title: 'bad_title', plan_moved: 'someone_was_faster',
} as const;

async function about<T>(verb: () => Promise<T>): Promise<T> {
  return await asTrouble(async () => {
    try {
      return await verb();
    } catch (wrong) {
      const code = wrong instanceof Refused ? ABOUT_TIMES[wrong.code as keyof typeof ABOUT_TIMES] : undefined;
      throw code === undefined ? wrong : new Trouble(code);
    }
  });
}

const at = (local: string): number => Date.parse(`${local}:00Z`) / 1000;

/** Changes to days long gone say nothing any more. */
function recent(changes: readonly meetings.Changed[], now: number): meetings.Changed[] {
  return changes.filter(([was, , end]) => Math.max(at(was), end === null ? 0 : at(end)) > now - KEPT_CHANGES * DAY);
}

type Times = Pick<meetings.Plan, 'meeting' | 'version' | 'kind' | 'start' | 'end' | 'zone' | 'rule' | 'changes' | 'cancelled'>;

/** Signs and sends the next version, above every one that a host has named or the site holds; then the words that name it. */
async function put(core: Core, group: Group, times: Times, words: MeetingWords): Promise<meetings.Plan> {
  const { book, key, hold } = group;
  const there = meetingsIn(group, core.in.me);
  const version = Math.max(times.version, there.reached(toBase64(times.meeting))) + 1;
  const time = Math.max(hold.clock.now(), book.log.head?.time ?? 0);
  const plan: meetings.Plan = { ...times, circle: book.circle, version, changes: recent(times.changes, time), time };
  const bytes = meetings.writePlan(plan);
  const sig = toBase64(await meetings.signPlan(key.sign, key.member, bytes));
  await hold.api.post(`/circles/${group.id}/meetings`, { plan: toBase64(bytes), sig });
  const [title, place, access, bring, link] = [words.title, words.place, words.access, words.bring, words.link].map((one) => one.normalize('NFC').trim());
  await group.outbox.put('meeting', [plan.meeting, version, meetings.planHash(bytes), title ?? '', place ?? '', access ?? '', bring ?? '', link ?? '']);
  await there.lookUp();
  return plan;
}

const UNSAID: MeetingWords = { title: '', place: '', access: '', bring: '', link: '' };

/** As they stand; where they are not here, they are left as they were. */
function wordsOf(core: Core, id: Id): MeetingWords {
  return openIn(core).cell.get().meetings.find((one) => one.id === id && !one.isBare) ?? UNSAID;
}

/** Everything is looked at before anything is sent: a plan without words would stand there nameless. */
function looked(words: NewMeeting): void {
  if (words.title.trim() === '') throw new Trouble('bad_title');
  const most = [[words.title, 80], [words.place, 200], [words.access, 400], [words.bring, 400], [words.link, 300]] as const;
  if (most.some(([text, length]) => [...text.normalize('NFC').trim()].length > length)) throw new Trouble('too_long');
}

const repeatOf = (rule: string): string => rule.replace(/;UNTIL=[0-9T]+/, '');

const kindOf = (isGetTogether: boolean): number => (isGetTogether ? meetings.GET_TOGETHER : meetings.MEETING);

async function plan(core: Core, meeting: NewMeeting): Promise<string> {
  looked(meeting);
  const group = core.open;
  const { start, end, zone, rule } = meeting;
  const made = await put(core, group, {
    meeting: random(16), version: 0, kind: kindOf(meeting.isGetTogether), start, end, zone, rule, changes: [], cancelled: false,
  }, meeting);
  return toBase64(made.meeting);
}

function planned(core: Core, id: Id): meetings.Plan {
  const found = openIn(core).plan(id);
  if (found === null) throw new Trouble('gone');
  return found;
}

async function change(core: Core, id: Id, meeting: NewMeeting): Promise<void> {
  looked(meeting);
  const { isGetTogether, start, end, zone, rule } = meeting;
  const before = planned(core, id);
  // Another end takes no day from its place.
  const isSame = before.start === start && repeatOf(before.rule) === repeatOf(rule);
  const times = { kind: kindOf(isGetTogether), start, end, zone, rule, changes: isSame ? before.changes : [], cancelled: false };
  await put(core, core.open, { ...before, ...times }, meeting);
}

async function changeDay(core: Core, id: Id, was: string, to: Parameters<Meets['changeDay']>[2]): Promise<void> {
  const before = planned(core, id);
  const others = before.changes.filter(([day]) => day !== was);
  const fresh: meetings.Changed[] = to === null ? [] : to === 'cancelled' ? [[was, null, null]] : [[was, to.start, to.end]];
  const changes = [...others, ...fresh].sort(([a], [b]) => (a < b ? -1 : 1));
  await put(core, core.open, { ...before, changes }, wordsOf(core, id));
}

/** What this person said of that day before, or of days that are over, is taken back with it. */
async function sayComing(core: Core, id: Id, was: string, says: Says): Promise<void> {
  const group = core.open;
  const { folded } = group.feed;
  const over = group.hold.clock.now() - 2 * DAY;
  const stale = folded.decisions.filter(({ author, hash, content }) => {
    if (author !== group.me || content.type !== 'coming' || folded.isTakenBack(hash, author)) return false;
    return (toBase64(content.rest[0]) === id && content.rest[1] === was) || at(content.rest[1]) < over;
  });
  await group.outbox.put('coming', [fromBase64(id), was, says === null ? 0 : SAYS[says]]);
  for (const { hash } of stale) await group.outbox.put('take-back', [fromBase64(hash) as Bytes], true);
}

const addressOf = (secret: string): string => `${location.origin}/calendar/${secret}.ics`;

async function calendar(core: Core): Promise<CalendarView | null> {
  try {
    const { title } = await core.hold.api.get<{ title: string }>('/calendar');
    const secret = core.in.mine.cell.get().calendar;
    return { title, address: secret === '' ? null : addressOf(secret) };
  } catch (wrong) {
    if (wrong instanceof Refused && wrong.status === 404) return null;
    throw wrong;
  }
}

async function makeCalendar(core: Core, words: string, anew: boolean): Promise<CalendarView> {
  const { in: { me }, hold: { api, clock } } = core;
  const title = words.normalize('NFC').trim();
  const signed = await signedWay(me, clock.theirs(), 'calendar', [title, anew]);
  const { secret } = await api.put<{ secret: string | null }>('/calendar', { title, anew, ...signed });
  if (secret !== null) await core.in.mine.changeNow((mine) => ({ ...mine, calendar: secret }));
  const kept = secret ?? core.in.mine.cell.get().calendar;
  return { title, address: kept === '' ? null : addressOf(kept) };
}

export function meetsOf(core: Core): Meets {
  core.hold.plans = (group) => meetingsIn(group, core.in.me).lookUp().catch(() => undefined);
  return {
    meetings: () => openIn(core).cell,
    lookUpMeetings: () => asTrouble(() => openIn(core).lookUp()),
    planMeeting: (meeting) => about(() => plan(core, meeting)),
    changeMeeting: (id, meeting) => about(() => change(core, id, meeting)),
    changeDay: (id, was, to) => about(() => changeDay(core, id, was, to)),
    cancelMeeting: (id, isCancelled) => about(async () => void (await put(core, core.open, { ...planned(core, id), cancelled: isCancelled }, wordsOf(core, id)))),
    sayComing: (id, was, says) => asTrouble(() => sayComing(core, id, was, says)),
    remindMe: ({ dayBefore, twoHoursBefore }) => asTrouble(async () => {
      await core.hold.api.put(`/circles/${core.open.id}/reminders`, { day_before: dayBefore, two_hours_before: twoHoursBefore });
      await openIn(core).lookUp();
    }),
    calendar: () => asTrouble(() => calendar(core)),
    makeCalendar: (title, isAnew) => about(() => makeCalendar(core, title, isAnew)),
    endCalendar: () => asTrouble(async () => {
      await core.hold.api.remove('/calendar');
      await core.in.mine.changeNow((mine) => ({ ...mine, calendar: '' }));
    }),
  };
}

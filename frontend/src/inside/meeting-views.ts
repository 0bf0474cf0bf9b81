/** What screens see of meetings. Local times are text as in "2026-11-24T19:00"; moments are seconds since 1970. */
import type { Watched } from './watched';

/** Coming, not this time, or nothing said. */
export type Says = 'coming' | 'not' | null;

/** One day on which a meeting takes place, or would have. */
export interface DayView {
  /** The local start by which its series knows it. */
  was: string;
  start: number;
  end: number;
  state: 'on' | 'moved' | 'cancelled';
  coming: readonly string[];
  not: readonly string[];
  mine: Says;
}

/** Sealed to the group. */
export interface MeetingWords {
  title: string;
  place: string;
  access: string;
  bring: string;
  link: string;
}

export interface MeetingTimes {
  isGetTogether: boolean;
  start: string;
  end: string;
  zone: string;
  /** Empty for one alone; else an RRULE. */
  rule: string;
}

export type NewMeeting = MeetingWords & MeetingTimes;

export interface MeetingView extends NewMeeting {
  id: string;
  version: number;
  isCancelled: boolean;
  /** The words that a host wrote for it are not here (yet). */
  isBare: boolean;
  days: readonly DayView[];
  /** Its time zone is known no more: a host has to choose another. */
  isLost: boolean;
}

export interface MeetingsView {
  /** False until it is known what is planned. */
  isKnown: boolean;
  meetings: readonly MeetingView[];
  /** Something that the site told was signed by no host; it is not shown. */
  isUnsigned: boolean;
  /** A host has named a newer plan than the site tells. */
  isBehind: boolean;
  dayBefore: boolean;
  twoHoursBefore: boolean;
}

export interface CalendarView {
  title: string;
  /** Null where this account does not hold its secret. */
  address: string | null;
}

/** When the group meets; all but looking needs a connection. Only hosts plan, change and cancel. */
export interface Meets {
  meetings(): Watched<MeetingsView>;
  lookUpMeetings(): Promise<void>;
  /** Answers with its id. */
  planMeeting(meeting: NewMeeting): Promise<string>;
  changeMeeting(id: string, meeting: NewMeeting): Promise<void>;
  /** Null puts the day back to what the series says; `cancelled` takes it out. */
  changeDay(id: string, was: string, to: { start: string; end: string } | 'cancelled' | null): Promise<void>;
  cancelMeeting(id: string, isCancelled: boolean): Promise<void>;
  sayComing(id: string, was: string, says: Says): Promise<void>;
  remindMe(wish: { dayBefore: boolean; twoHoursBefore: boolean }): Promise<void>;
  calendar(): Promise<CalendarView | null>;
  /** Answers with the address. `isAnew` ends the one so far. */
  makeCalendar(title: string, isAnew: boolean): Promise<CalendarView>;
  endCalendar(): Promise<void>;
}

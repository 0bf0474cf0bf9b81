/**
 * When a group meets: times from the server, each plan held against its host's signature, and beside them the words
 * and who is coming, which are messages of the group (SPEC.md section 17).
 *
 * What is asked of the server never depends on what a message says (P33): times are fetched when a page asks, or when
 * the server says that something stirred.
 */
import type { DayView, MeetingsView, MeetingView, MeetingWords, Says } from '../inside/meeting-views';
import { Cell } from '../inside/watched';
import { account, fromBase64, isFailure, textBytes, toBase64, type Id } from '../protocol';
import { meetings } from '../protocol/later';
import { byHost } from './folds';
import type { Read } from './feed-entries';
import type { Group } from './group';
import { inTurn } from './in-turn';
import type { Me } from './me';
import { Refused } from './refusals';

interface Told {
  meeting: string;
  plan: string;
  author: string;
  sig: string;
  days: readonly { was: string; start: number; end: number; state: DayView['state'] }[];
  trouble: { code: string } | null;
}

interface Served {
  meetings: readonly Told[];
  reminders: { day_before: boolean; two_hours_before: boolean };
}

export interface Signed {
  told: Told;
  plan: meetings.Plan;
  /** By which messages name the plan. */
  hash: Id;
}

const NONE: MeetingsView = { isKnown: false, meetings: [], isUnsigned: false, isBehind: false, dayBefore: false, twoHoursBefore: false };
const NO_WORDS: MeetingWords = { title: '', place: '', access: '', bring: '', link: '' };
export const SAYS: Readonly<Record<'coming' | 'not', number>> = { coming: 1, not: 2 };

export class Meetings {
  readonly cell = new Cell<MeetingsView>(NONE);
  private reminders: Served['reminders'] | null = null;
  /** Of each meeting what the site told last, and the highest that was verified here before. */
  private signed: readonly Signed[] = [];
  /** Versions as the site told them last. */
  private fresh: ReadonlyMap<Id, number> = new Map();
  private isUnsigned = false;
  private behind: ReadonlySet<Id> = new Set();
  private loading: Promise<void> | null = null;
  readonly lookUp = inTurn(() => this.ask());

  constructor(
    private readonly group: Group,
    private readonly me: Me,
  ) {
    group.changed.watch(() => this.paint());
    group.stirred.watch(() => void this.lookUp().catch(() => undefined));
  }

  private get name(): string {
    return `meetings ${this.group.id}`;
  }

  /** First what this device kept, so that it stands there without a connection. */
  async load(): Promise<void> {
    this.loading ??= this.open();
    await this.loading;
  }

  private async open(): Promise<void> {
    const sealed = await this.group.hold.drawer.get<Uint8Array<ArrayBuffer>>('sealed', this.name);
    if (sealed === undefined) return;
    try {
      const bytes = await account.openLocal(this.me.ak, this.me.account, this.name, sealed);
      await this.take(JSON.parse(new TextDecoder().decode(bytes)) as Served);
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
    }
  }

  private async ask(): Promise<void> {
    await this.load();
    const { hold, id, book } = this.group;
    const path = `/circles/${id}/meetings`;
    await this.take(await hold.api.get<Served>(path));
    if (book.restored?.open === true && (await this.handBack(path))) await this.take(await hold.api.get<Served>(path));
    this.behind = new Set(this.counting().flatMap(({ told, plan }) => (plan.version < this.said(told.meeting) ? [told.meeting] : [])));
    this.paint();
    if (!hold.drawer.lasts) return;
    const kept: Served = { meetings: this.signed.map(({ told }) => told), reminders: this.reminders ?? { day_before: false, two_hours_before: false } };
    const sealed = await account.sealLocal(this.me.ak, this.me.account, this.name, textBytes(JSON.stringify(kept)));
    await hold.drawer.put('sealed', this.name, sealed).catch(() => hold.notices.set('storage_full', true));
  }

  private async take(served: Served): Promise<void> {
    const read = await Promise.all(served.meetings.map((told) => this.check(told)));
    const fresh = read.filter((one) => one !== null);
    this.isUnsigned = fresh.length < read.length;
    this.fresh = new Map(fresh.map(({ told, plan }) => [told.meeting, plan.version]));
    this.signed = [...fresh, ...this.heldBefore(fresh)];
    this.reminders = served.reminders;
    this.paint();
  }

  /** A site that tells an older plan than it told before makes this device forget nothing. */
  private heldBefore(fresh: readonly Signed[]): Signed[] {
    const isPutBack = this.group.book.restored?.open === true;
    return byMeeting(this.signed).flatMap((known) => {
      const best = highest(known.filter((one) => this.stands(one))) ?? highest(known);
      // What is told no more was over long ago; or a copy of the site was put back that never held it.
      if (best === null || !(isPutBack || this.fresh.has(best.told.meeting))) return [];
      return fresh.some(({ hash }) => hash === best.hash) ? [] : [best];
    });
  }

  /** Plans above those that the copy held, whatever was said of them; the site judges them. */
  private async handBack(path: string): Promise<boolean> {
    const newer = this.signed.filter(({ told, plan }) => plan.version > (this.fresh.get(told.meeting) ?? 0));
    for (const { told: { author, plan, sig } } of newer) {
      await this.group.hold.api.post(`${path}/again`, { author, plan, sig }).catch((wrong: unknown) => {
        if (!(wrong instanceof Refused)) throw wrong;
      });
    }
    return newer.length > 0;
  }

  /** Null for what no host signed. */
  private async check(told: Told): Promise<Signed | null> {
    try {
      const [author, bytes, signature] = [told.author, told.plan, told.sig].map(fromBase64) as [Bytes, Bytes, Bytes];
      const plan = await meetings.openPlan(this.group.book.log, author, bytes, signature);
      return { told: { ...told, meeting: toBase64(plan.meeting) }, plan, hash: toBase64(meetings.planHash(bytes)) };
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      return null;
    }
  }

  /** As a host's next version has to follow it. */
  plan(id: Id): meetings.Plan | null {
    return this.counting().find(({ told }) => told.meeting === id)?.plan ?? null;
  }

  /** The highest version of a meeting that a host has named. */
  said(id: Id): number {
    return this.naming(id).reduce((most, { version }) => Math.max(most, version ?? 0), 0);
  }

  /** That, or the one that the site told last where it is higher: one that does not stand is in its way all the same. */
  reached(id: Id): number {
    return Math.max(this.said(id), this.fresh.get(id) ?? 0);
  }

  /** What hosts said of the plans of a meeting. */
  private naming(id: Id): Saying[] {
    const { folded } = this.group.feed;
    return folded.decisions.filter((read) => read.content.type === 'meeting' && !folded.isTakenBack(read.hash, read.author) && byHost(this.group.book.log, read))
      .flatMap(sayingOf).filter(({ meeting }) => meeting === id);
  }

  /** By somebody who is host now, or named in words that they said as a host: nobody can sign it later with an old time. */
  private stands({ told, hash }: Signed): boolean {
    const { book: { log }, hold } = this.group;
    const { clock } = hold;
    const now = Math.max(clock.own(), log.head?.time ?? 0);
    if ((log.members.get(told.author)?.termEnd ?? -1) >= now) return true;
    return this.naming(told.meeting).some(({ author, plan }) => author === told.author && plan === hash);
  }

  /** Of each meeting the highest plan that stands; for whoever came after all words about it, the highest. */
  private counting(): Signed[] {
    return byMeeting(this.signed).flatMap((known) => {
      const standing = known.filter((one) => this.stands(one));
      const isBare = this.naming(known[0]?.told.meeting ?? '').length === 0;
      const best = highest(standing.length > 0 || !isBare ? standing : known);
      return best === null ? [] : [best];
    });
  }

  private paint(): void {
    const { reminders } = this;
    if (reminders === null) return;
    const [said, counting] = [this.sayings(), this.counting()];
    this.cell.set({
      isKnown: true,
      meetings: counting.map((one) => this.view(one, said)),
      isUnsigned: this.isUnsigned || counting.length < byMeeting(this.signed).length,
      isBehind: counting.some(({ told }) => this.behind.has(told.meeting)),
      dayBefore: reminders.day_before,
      twoHoursBefore: reminders.two_hours_before,
    });
  }

  /** What was said of meetings and still stands, what is on its way last. */
  private sayings(): Saying[] {
    const { folded } = this.group.feed;
    const here = folded.decisions.filter(({ hash, author }) => !folded.isTakenBack(hash, author)).flatMap((read) => sayingOf(read));
    const waiting = this.group.outbox.waiting.get().flatMap(({ content, hash }) => (folded.held.has(hash) ? [] : sayingOf({ content, author: this.group.me })));
    return [...here, ...waiting];
  }

  private view({ told, plan, hash }: Signed, said: readonly Saying[]): MeetingView {
    const mine = said.filter(({ meeting }) => meeting === told.meeting);
    const words = this.words(plan, hash, mine);
    const { start, end, zone, rule, version } = plan;
    return {
      ...(words ?? NO_WORDS), id: told.meeting, isBare: words === null, version, start, end, zone, rule,
      isGetTogether: plan.kind === meetings.GET_TOGETHER,
      isCancelled: plan.cancelled,
      isLost: told.trouble !== null,
      days: told.days.map((day) => ({ ...day, ...this.coming(day.was, mine) })),
    };
  }

  private words(plan: meetings.Plan, hash: Id, said: readonly Saying[]): MeetingWords | null {
    const { log } = this.group.book;
    const fitting = said.filter(({ version, words, read }) => version !== null && version <= plan.version && words?.title !== '' && (read === null || byHost(log, read)));
    const exact = fitting.filter((one) => one.plan === hash);
    const newest = (exact.length > 0 ? exact : fitting).reduce<Saying | null>((found, one) => ((found?.version ?? 0) > (one.version ?? 0) ? found : one), null);
    return newest?.words ?? null;
  }

  private coming(was: string, said: readonly Saying[]): Pick<DayView, 'coming' | 'not' | 'mine'> {
    const latest = new Map<Id, Saying>();
    for (const one of said) {
      if (one.was === was && one.time >= (latest.get(one.author)?.time ?? 0)) latest.set(one.author, one);
    }
    const here = [...this.group.book.log.members.keys()];
    const who = (says: number) => here.filter((id) => latest.get(id)?.says === says);
    const mine = latest.get(this.group.me)?.says;
    const mySay: Says = mine === SAYS.coming ? 'coming' : mine === SAYS.not ? 'not' : null;
    return { coming: who(SAYS.coming), not: who(SAYS.not), mine: mySay };
  }
}

interface Saying {
  author: Id;
  meeting: Id;
  time: number;
  version: number | null;
  /** Hash of the plan that it names. */
  plan: Id;
  words: MeetingWords | null;
  was: string;
  says: number;
  read: Read | null;
}

type Bytes = Uint8Array<ArrayBuffer>;

function sayingOf(from: Read | Pick<Read, 'content' | 'author'>): Saying[] {
  const { content, author } = from;
  const read = 'message' in from ? from : null;
  if (content.type === 'meeting') {
    const [meeting, version, plan, title, place, access, bring, link] = content.rest;
    const words = { title, place, access, bring, link };
    return [{ author, meeting: toBase64(meeting), time: content.time, version, plan: toBase64(plan), words, was: '', says: 0, read }];
  }
  if (content.type !== 'coming') return [];
  const [meeting, was, says] = content.rest;
  return [{ author, meeting: toBase64(meeting), time: content.time, version: null, plan: '', words: null, was, says, read }];
}

function byMeeting(signed: readonly Signed[]): Signed[][] {
  return [...new Set(signed.map(({ told }) => told.meeting))].map((id) => signed.filter(({ told }) => told.meeting === id));
}

function highest(signed: readonly Signed[]): Signed | null {
  return signed.reduce<Signed | null>((most, one) => ((most?.plan.version ?? 0) >= one.plan.version ? most : one), null);
}

const known = new WeakMap<Group, Meetings>();

/** The meetings of a group, for as long as it is open. */
export function meetingsIn(group: Group, me: Me): Meetings {
  const there = known.get(group) ?? new Meetings(group, me);
  known.set(group, there);
  return there;
}

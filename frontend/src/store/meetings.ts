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
import type { Me } from './me';

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
}

const NONE: MeetingsView = { isKnown: false, meetings: [], isUnsigned: false, dayBefore: false, twoHoursBefore: false };
const NO_WORDS: MeetingWords = { title: '', place: '', access: '', bring: '', link: '' };
export const SAYS: Readonly<Record<'coming' | 'not', number>> = { coming: 1, not: 2 };

export class Meetings {
  readonly cell = new Cell<MeetingsView>(NONE);
  private served: Served | null = null;
  private signed: readonly Signed[] = [];
  private loading: Promise<void> | null = null;
  private last: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;

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

  /** Asks one after another, so that no slow answer stands over a later one; whoever comes meanwhile waits for the next. */
  lookUp(): Promise<void> {
    this.next ??= this.last.catch(() => undefined).then(() => {
      this.next = null;
      return this.ask();
    });
    this.last = this.next;
    return this.next;
  }

  private async ask(): Promise<void> {
    await this.load();
    const { hold, id } = this.group;
    const served = await hold.api.get<Served>(`/circles/${id}/meetings`);
    await this.take(served);
    if (!hold.drawer.lasts) return;
    const sealed = await account.sealLocal(this.me.ak, this.me.account, this.name, textBytes(JSON.stringify(served)));
    await hold.drawer.put('sealed', this.name, sealed).catch(() => hold.notices.set('storage_full', true));
  }

  private async take(served: Served): Promise<void> {
    const read = await Promise.all(served.meetings.map((told) => this.check(told)));
    this.served = served;
    this.signed = read.filter((one) => one !== null);
    this.paint();
  }

  /** Null for what no host signed. */
  private async check(told: Told): Promise<Signed | null> {
    try {
      const [author, bytes, signature] = [told.author, told.plan, told.sig].map(fromBase64) as [Bytes, Bytes, Bytes];
      return { told, plan: await meetings.openPlan(this.group.book.log, author, bytes, signature) };
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      return null;
    }
  }

  /** As a host's next version has to follow it. */
  plan(id: Id): meetings.Plan | null {
    return this.signed.find(({ told }) => told.meeting === id)?.plan ?? null;
  }

  private paint(): void {
    const { served } = this;
    if (served === null) return;
    const said = this.said();
    this.cell.set({
      isKnown: true,
      meetings: this.signed.map((one) => this.view(one, said)),
      isUnsigned: this.signed.length < served.meetings.length,
      dayBefore: served.reminders.day_before,
      twoHoursBefore: served.reminders.two_hours_before,
    });
  }

  /** What was said of meetings and still stands, what is on its way last. */
  private said(): Saying[] {
    const { folded } = this.group.feed;
    const here = folded.decisions.filter(({ hash, author }) => !folded.isTakenBack(hash, author)).flatMap((read) => sayingOf(read));
    const waiting = this.group.outbox.waiting.get().flatMap(({ content, hash }) => (folded.held.has(hash) ? [] : sayingOf({ content, author: this.group.me })));
    return [...here, ...waiting];
  }

  private view({ told, plan }: Signed, said: readonly Saying[]): MeetingView {
    const mine = said.filter(({ meeting }) => meeting === told.meeting);
    const words = this.words(plan, mine);
    const { start, end, zone, rule, version } = plan;
    return {
      ...(words ?? NO_WORDS), id: told.meeting, isBare: words === null, version, start, end, zone, rule,
      isGetTogether: plan.kind === meetings.GET_TOGETHER,
      isCancelled: plan.cancelled,
      isLost: told.trouble !== null,
      days: told.days.map((day) => ({ ...day, ...this.coming(day.was, mine) })),
    };
  }

  private words(plan: meetings.Plan, said: readonly Saying[]): MeetingWords | null {
    const { log } = this.group.book;
    const fitting = said.filter(({ version, read }) => version !== null && version <= plan.version && (read === null || byHost(log, read)));
    return fitting.reduce<Saying | null>((newest, one) => ((newest?.version ?? 0) > (one.version ?? 0) ? newest : one), null)?.words ?? null;
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
    const [meeting, version, title, place, access, bring, link] = content.rest;
    const words = { title, place, access, bring, link };
    return [{ author, meeting: toBase64(meeting), time: content.time, version, words, was: '', says: 0, read }];
  }
  if (content.type !== 'coming') return [];
  const [meeting, was, says] = content.rest;
  return [{ author, meeting: toBase64(meeting), time: content.time, version: null, words: null, was, says, read }];
}

const known = new WeakMap<Group, Meetings>();

/** The meetings of a group, for as long as it is open. */
export function meetingsIn(group: Group, me: Me): Meetings {
  const there = known.get(group) ?? new Meetings(group, me);
  known.set(group, there);
  return there;
}

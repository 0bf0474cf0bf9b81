/**
 * Whether a ring truly arrives (SPEC.md section 18, ETHOS P5): a test ring came to this page, its owner saw it, and a push
 * came to this very device as well. Which device that was stands in one's own record, by a hash of its push address.
 * Where that one is told no more, nobody is shown as up for a call.
 */
import type { TestView } from '../inside/reach-views';
import { Cell } from '../inside/watched';
import { toBase64, type Id } from '../protocol';
import { ringsTo } from '../protocol/signals';
import type { Core } from './core';
import type { SessionTold } from './entry';
import type { Group } from './group';
import { pushesHere } from './own-device';
import { mineOf, saveUpFor } from './reach';

/** As the service worker says it. */
const PUSHED = 'pushed';
const TRY_MS = 120_000;
const LEAVING_MS = 3_000;

interface Trying {
  group: Group;
  since: number;
  device: string | null;
  isSeen: boolean;
  isPushed: boolean;
}

const named = (endpoint: string): Id => toBase64(ringsTo(endpoint));

export class Reached {
  readonly cell = new Cell<TestView>({ stage: 'none', isHere: false });
  private trying: Trying | null = null;
  private checking: Promise<void> | null = null;
  private known = '';

  constructor(private readonly core: Core) {
    const { serviceWorker } = navigator as Partial<Pick<Navigator, 'serviceWorker'>>;
    serviceWorker?.addEventListener('message', ({ data }) => {
      if (data === PUSHED) this.came({ isPushed: true });
    });
  }

  /** Whoever signs in has a record of their own; what changes in it may end that a ring arrives. */
  watch(): void {
    const { mine } = this.core.in;
    const now = () => {
      const { ringsTo, renewing } = mine.cell.get();
      return JSON.stringify([ringsTo, Object.keys(renewing)]);
    };
    this.trying = null;
    this.known = now();
    mine.cell.watch(() => {
      if (now() === this.known) return;
      this.known = now();
      void this.check();
    });
    void this.check();
  }

  /** Answers with the push address of this browser, if it has one. */
  async begin(group: Group): Promise<string | null> {
    const device = (await pushesHere().catch(() => null))?.endpoint ?? null;
    this.trying = { group, since: Date.now(), device, isSeen: false, isPushed: false };
    this.show('sent');
    return device;
  }

  seen(): void {
    this.came({ isSeen: true });
  }

  private came(what: Partial<Trying>): void {
    if (this.trying === null || Math.abs(Date.now() - this.trying.since) > TRY_MS) return;
    this.trying = { ...this.trying, ...what };
    const { isSeen, isPushed, device } = this.trying;
    if (isSeen) this.show(device === null ? 'page' : 'waits');
    if (isSeen && isPushed && device !== null) void this.reached(this.trying.group, device).catch(() => undefined);
  }

  /** One's other devices find the name where they look for it before they see that it counts. */
  private async reached(group: Group, device: string): Promise<void> {
    this.trying = null;
    const ringsTo = named(device);
    await group.mine.changeNow((mine) => ({ ...mine, ringsTo }));
    await saveUpFor(group, { reached: true });
    this.cell.set({ stage: 'none', isHere: true });
  }

  private show(stage: TestView['stage']): void {
    this.cell.set({ ...this.cell.get(), stage });
  }

  private get shown(): Group[] {
    return [...(this.core.aboard?.groups.values() ?? [])].filter((group) => group.isMember && mineOf(group).reached);
  }

  /** Does it still arrive where it did? Once at a time; where the site is away, later. */
  check(): Promise<void> {
    this.checking ??= this.look().catch(() => undefined).finally(() => {
      this.checking = null;
    });
    return this.checking;
  }

  private async look(): Promise<void> {
    const { mine } = this.core.in;
    const isHere = await this.isThis();
    if (isHere !== this.cell.get().isHere) this.cell.set({ ...this.cell.get(), isHere });
    if (this.shown.length > 0 && mine.isKnown && !(await this.isTold()) && !(await this.isTold(true))) await this.over();
  }

  private async isThis(): Promise<boolean> {
    const here = (await pushesHere().catch(() => null))?.endpoint;
    return here !== undefined && named(here) === this.core.in.mine.cell.get().ringsTo;
  }

  /** `anew`: by what the record is now, for another device may just have been tried. */
  private async isTold(anew = false): Promise<boolean> {
    const { in: aboard, hold: { api } } = this.core;
    if (anew) await aboard.take(await api.get<SessionTold>('/session'));
    const { ringsTo } = aboard.mine.cell.get();
    if (ringsTo === '') return false;
    const { devices } = await api.get<{ devices: string[] }>('/told');
    return devices.map(named).includes(ringsTo);
  }

  /** While keys are being exchanged nothing is said: it is looked at again with each that is done. */
  private async over(): Promise<void> {
    const { renewing } = this.core.in.mine.cell.get();
    for (const group of this.shown) if (!(group.id in renewing)) await saveUpFor(group, { reached: false });
  }

  /** This device is about to be told no more. Whoever leaves waits for no site that is slow. */
  async leave(): Promise<void> {
    if (this.core.aboard === null || this.shown.length === 0 || !(await this.isThis())) return;
    const groups = this.shown;
    await this.over();
    const said = Promise.all(groups.map(({ outbox }) => outbox.flush()));
    await Promise.race([said, new Promise((done) => setTimeout(done, LEAVING_MS))]);
  }
}

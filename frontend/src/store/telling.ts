/** How one is told (ETHOS P4): what one wants, this browser's push address, and whether one is looking just now. */
import type { Seldom } from '../inside/model';
import type { Telling, TellingView, Told, WishView } from '../inside/telling-views';
import { Cell } from '../inside/watched';
import { fromBase64, toBase64 } from '../protocol';
import type { Core } from './core';
import type { Group } from './group';
import { endPushes, isUnder, pushesHere, shellKeeper } from './own-device';
import { mineOf, saveUpFor } from './reach';
import { asTrouble } from './refusals';
import { signedWay } from './signed';

interface ToldBy {
  words: string;
  push_key: string | null;
  sends_mail: boolean;
  devices: readonly string[];
  mailbox: { address: string; answered: boolean; refused: boolean } | null;
  talks: boolean;
  group: boolean;
  meetings: boolean;
  rings: boolean;
  zone: string;
  quiet_from: number | null;
  quiet_to: number | null;
  break_until: number | null;
  looks_at: number | null;
}

/** Said again before the server lets go of it, which is after ninety seconds. */
const AGAIN_MS = 45_000;

class Tellings {
  readonly cell = new Cell<TellingView | null>(null);
  private latest: ToldBy | null = null;
  private isWanted = false;
  private isRenewed = false;
  private saving: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly core: Core) {
    const { session } = core;
    session.watch(() => this.looked());
    document.addEventListener('visibilitychange', () => this.looked());
    this.looked();
  }

  /** Says to the server alone whether the page is before somebody, who wants to be told when it is not. */
  private looked(): void {
    const isIn = this.core.session.get().kind === 'in';
    const isHere = isIn && document.visibilityState === 'visible';
    clearInterval(this.timer);
    if (isHere) this.timer = setInterval(() => void this.say(true), AGAIN_MS);
    if (isIn && (isHere || this.isWanted)) void this.say(isHere);
  }

  private async say(here: boolean): Promise<void> {
    try {
      const { wanted, words, push_key } = await this.core.hold.api.post<{ wanted: boolean; words: string; push_key: string | null }>('/told/here', { here });
      this.isWanted = wanted;
      this.core.askTelling.set(wanted ? null : words);
      // Nobody is to be told: then nobody needs to know who is looking.
      if (!wanted) clearInterval(this.timer);
      else if (here && push_key !== null) await this.renew(push_key);
    } catch {
      // Away, or out: then it is not known either.
    }
  }

  /** A site that moved without its key reaches nobody under the new one: this browser asks anew by itself, once. */
  private async renew(key: string): Promise<void> {
    if (this.isRenewed) return;
    this.isRenewed = true;
    const [keeper, pushes] = [await shellKeeper(), await pushesHere()];
    if (keeper === null || pushes === null || isUnder(pushes, fromBase64(key)) || Notification.permission !== 'granted') return;
    await this.put(await this.subscribe(keeper, key));
  }

  async lookUp(): Promise<void> {
    await this.take(this.core.hold.api.get<ToldBy>('/told'));
  }

  private async take(answer: Promise<ToldBy>): Promise<void> {
    const told = await answer;
    this.latest = told;
    const pushes = await pushesHere();
    const mine = pushes !== null && told.push_key !== null && isUnder(pushes, fromBase64(told.push_key)) ? pushes.endpoint : undefined;
    const { mailbox } = told;
    this.cell.set({
      talks: told.talks, group: told.group, meetings: told.meetings, rings: told.rings, zone: told.zone,
      quietFrom: told.quiet_from, quietTo: told.quiet_to, breakUntil: told.break_until, looksAt: told.looks_at,
      words: told.words,
      pushes: told.push_key !== null,
      sendsMail: told.sends_mail,
      isHere: mine !== undefined && told.devices.includes(mine),
      isElsewhere: told.devices.some((endpoint) => endpoint !== mine),
      mailbox: mailbox && { address: mailbox.address, isAnswered: mailbox.answered, isRefused: mailbox.refused },
    });
  }

  /** One after the other: of two that are pressed quickly the second knows of the first. */
  async save(change: Partial<WishView>): Promise<void> {
    const saved = this.saving.then(() => this.saveNow(change));
    this.saving = saved.catch(() => undefined);
    await saved;
  }

  private async saveNow(change: Partial<WishView>): Promise<void> {
    if (this.latest === null) await this.lookUp();
    const wish = { ...this.cell.get()!, ...change };
    await this.take(this.core.hold.api.put<ToldBy>('/told', {
      talks: wish.talks, group: wish.group, meetings: wish.meetings, rings: wish.rings,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone || wish.zone,
      quiet_from: wish.quietFrom, quiet_to: wish.quietTo, break_until: wish.breakUntil, looks_at: wish.looksAt,
    }));
    this.nowWanted();
    if (change.rings === false) await this.notRung();
  }

  private nowWanted(): void {
    this.isWanted = true;
    this.core.askTelling.set(null);
    this.looked();
  }

  async tellHere(): Promise<Told> {
    if (this.latest === null) await this.lookUp();
    const key = this.latest?.push_key;
    const registration = await shellKeeper();
    if (key == null || registration?.pushManager === undefined || typeof Notification === 'undefined') return 'cannot';
    if ((await Notification.requestPermission()) !== 'granted') return 'refused';
    if (!(await this.put(await this.subscribe(registration, key)))) return 'cannot';
    await this.save(this.isRung ? { rings: true } : {});
    return 'on';
  }

  /** A test ring came before notes were asked for: others see when they may be rung, so a ring is told as well. */
  private get isRung(): boolean {
    return this.rung.length > 0;
  }

  private get rung(): Group[] {
    return [...(this.core.aboard?.groups.values() ?? [])].filter((group) => mineOf(group).reached);
  }

  /** A way of being told ended: what a test ring showed holds no more, and nobody is to be rung in vain (ETHOS P5). */
  private async notRung(): Promise<void> {
    for (const group of this.rung) await saveUpFor(group, { reached: false });
  }

  private async put(pushes: PushSubscription | null): Promise<boolean> {
    const { in: { me }, hold: { api, clock } } = this.core;
    const [theirs, shared] = [pushes?.getKey('p256dh') ?? null, pushes?.getKey('auth') ?? null];
    if (pushes === null || theirs === null || shared === null) return false;
    const { endpoint } = pushes;
    const [key, secret] = [new Uint8Array(theirs), new Uint8Array(shared)];
    const signed = await signedWay(me, clock.theirs(), 'device', [endpoint, key, secret]);
    await this.take(api.put<ToldBy>('/told/device', { endpoint, key: toBase64(key), secret: toBase64(secret), ...signed }));
    return true;
  }

  /** Anew where the site has another key than when this browser was first asked. */
  private async subscribe(registration: ServiceWorkerRegistration, key: string): Promise<PushSubscription | null> {
    const options = { userVisibleOnly: true, applicationServerKey: fromBase64(key) };
    try {
      return await registration.pushManager.subscribe(options);
    } catch {
      await endPushes();
      return await registration.pushManager.subscribe(options).catch(() => null);
    }
  }

  async stopHere(): Promise<void> {
    const endpoint = await endPushes();
    if (endpoint !== null) await this.take(this.core.hold.api.post<ToldBy>('/told/device/forget', { endpoint }));
    await this.notRung();
  }

  async stopEverywhere(): Promise<void> {
    await endPushes();
    await this.core.hold.api.remove('/told/devices');
    await this.lookUp();
    await this.notRung();
  }

  async giveMailbox(typed: string): Promise<void> {
    const { in: { me }, hold: { api, clock } } = this.core;
    const address = typed.normalize('NFC').trim();
    await this.take(api.put<ToldBy>('/told/mailbox', { address, ...(await signedWay(me, clock.theirs(), 'mailbox', [address])) }));
    await this.save({});
  }

  async forgetMailbox(): Promise<void> {
    await this.core.hold.api.remove('/told/mailbox');
    await this.lookUp();
  }

  async tryOut(): Promise<number> {
    return (await this.core.hold.api.post<{ ways: number }>('/told/try')).ways;
  }
}

export function tellingOf(core: Core): Pick<Telling, keyof Telling & keyof Seldom> {
  const tellings = new Tellings(core);
  return {
    telling: tellings.cell,
    lookUpTelling: () => asTrouble(() => tellings.lookUp()),
    saveWish: (change) => asTrouble(() => tellings.save(change)),
    tellHere: () => asTrouble(() => tellings.tellHere()),
    stopHere: () => asTrouble(() => tellings.stopHere()),
    stopEverywhere: () => asTrouble(() => tellings.stopEverywhere()),
    giveMailbox: (address) => asTrouble(() => tellings.giveMailbox(address)),
    forgetMailbox: () => asTrouble(() => tellings.forgetMailbox()),
    tryTelling: () => asTrouble(() => tellings.tryOut()),
  };
}

/** What the boat is made of: who is in, and the values that screens watch. */
import {
  USUAL_SETTINGS, type CircleView, type Device, type GroupView, type Place, type Session, type SessionView,
  type SettingsView, type SiteView, type TalkLine, type TalkView, type WaitingView,
} from '../inside/model';
import { Cell } from '../inside/watched';
import { Trouble } from '../inside/trouble';
import { account } from '../protocol';
import { Aboard } from './aboard';
import { Api } from './api';
import { Clock } from './clock';
import type { ThisDevice } from './device';
import { hasWay, sealedOf, type Entered, type SessionTold } from './entry';
import { groupView } from './group-view';
import type { Group } from './group';
import type { Hold } from './hold';
import { House, isStrange, keepHome } from './home';
import type { Me } from './me';
import { Notices } from './notices';
import { Stranger } from './stranger';
import { NO_TALK } from './talk-view';

const PAINT_MS = 16;
const HERE_MS = 30_000;

export class Core {
  readonly session = new Cell<Session>({ kind: 'starting' });
  readonly sessions = new Cell<readonly SessionView[]>([]);
  readonly codeWanted = new Cell(false);
  readonly askTelling = new Cell<string | null>(null);
  readonly circles = new Cell<readonly CircleView[]>([]);
  readonly group = new Cell<GroupView | null>(null);
  readonly waiting = new Cell<WaitingView | null>(null);
  readonly returned = new Cell(0);
  readonly newTalks = new Cell<readonly TalkLine[]>([]);
  readonly settings = new Cell<SettingsView>(USUAL_SETTINGS);
  readonly talks: Readonly<Record<Place, Cell<TalkView>>> = { room: new Cell(NO_TALK), everyday: new Cell(NO_TALK) };
  readonly hold: Hold;
  readonly house: House;
  aboard: Aboard | null = null;
  /** On one's own device after an exit: the keys, until a touch or the passphrase. */
  rested: Me | null = null;
  isAway = false;
  /** This device is about to be told no more. */
  beforeOut: () => Promise<void> = () => Promise.resolve();
  private unwatch: (() => void)[] = [];
  private unwatchRoom: (() => void)[] = [];
  private painting: ReturnType<typeof setTimeout> | undefined;
  private shown: Group | null = null;

  constructor(readonly device: ThisDevice) {
    const api = new Api();
    this.hold = { drawer: device.drawer, api, clock: new Clock(), notices: new Notices() };
    this.house = new House(this.hold);
    api.onReach = (reached) => this.reached(reached);
    const stranger = new Stranger(this);
    api.onStranger = () => stranger.sayWho();
    setInterval(() => this.stillHere(), HERE_MS);
    document.addEventListener('visibilitychange', () => void this.looked());
  }

  private stillHere(): void {
    if (this.aboard !== null && document.visibilityState === 'visible') this.device.here();
  }

  private reached(reached: boolean): void {
    this.isAway = !reached;
    this.hold.notices.set('away', !reached);
  }

  /** Says whose device this is; from here on things are kept where they belong. */
  async setDevice(device: Exclude<Device, 'unknown'>): Promise<void> {
    await this.device.is(device);
    this.hold.drawer = this.device.drawer;
  }

  async homeName(): Promise<string> {
    return await this.house.home();
  }

  async lookHome(): Promise<void> {
    await this.house.look();
  }

  get site(): Cell<SiteView> {
    return this.house.site;
  }

  get in(): Aboard {
    if (this.aboard === null) throw new Trouble('session_over');
    return this.aboard;
  }

  get open(): Group {
    const group = this.in.current.get();
    if (group === null) throw new Trouble('gone');
    return group;
  }

  /** Through the door, by whichever way. */
  async enter({ me, told, own, fresh }: Entered): Promise<Aboard> {
    const aboard = await this.board(me, told, own, fresh);
    if (told !== null) await this.admitted(aboard, told);
    return aboard;
  }

  /** What cannot be kept here is said; the room opens all the same. */
  private full(): void {
    this.hold.notices.set('storage_full', true);
  }

  private async board(me: Me, told: SessionTold | null, own: Entered['own'] | null, fresh: Entered['fresh'] | null): Promise<Aboard> {
    const aboard = new Aboard(this.hold, this.device, me, own, fresh);
    this.watch(aboard);
    // What was set comes first: no key is kept here for a moment without the wish to be asked again.
    await aboard.mine.load();
    if (told?.records.mine !== undefined) await aboard.mine.take(sealedOf(told.records.mine));
    await this.device.keepMe(me).catch(() => this.full());
    await keepHome(this.device.drawer, me).catch(() => this.full());
    await own?.keepAll();
    this.aboard = aboard;
    this.rested = null;
    await aboard.load();
    this.device.here();
    return aboard;
  }

  /** The server knows us: take what it holds, and listen. */
  async admitted(aboard: Aboard, told: SessionTold): Promise<void> {
    await aboard.take(told);
    await this.device.setClosing(told.closing_at).catch(() => this.full());
    if (told.closing_at !== null) {
      this.session.set({ kind: 'closing', until: told.closing_at });
      return;
    }
    if (this.session.get().kind === 'closing') this.session.set({ kind: 'in' });
    aboard.start();
    await aboard.catchUp();
    this.paint();
  }

  /** Shows the inside, unless the account is closing. Last, so that no screen opens on half of it. */
  showIn(): void {
    this.paintNow();
    if (this.aboard !== null && this.session.get().kind !== 'closing') this.session.set({ kind: 'in' });
  }

  /** One's own device, reloaded: what is kept here first, then the server. */
  async resume(me: Me): Promise<void> {
    const closing = await this.device.closingUntil();
    const aboard = await this.board(me, null, null, null);
    // A week that is over is for the server to speak of.
    const isClosing = closing !== null && closing > this.hold.clock.own();
    this.session.set(isClosing ? { kind: 'closing', until: closing } : { kind: 'in' });
    this.paint();
    void this.meetServer(aboard);
  }

  /** The same, when the server has already answered. */
  async resumeWith(me: Me, told: SessionTold): Promise<void> {
    const aboard = await this.board(me, told, null, null);
    this.session.set({ kind: 'in' });
    await this.welcomed(aboard, told);
  }

  private async welcomed(aboard: Aboard, told: SessionTold): Promise<void> {
    if (told.closing_at === null) await aboard.own.sync();
    await this.admitted(aboard, told);
  }

  private async meetServer(aboard: Aboard): Promise<void> {
    try {
      await this.lookHome();
      await this.welcomed(aboard, await this.hold.api.get<SessionTold>('/session'));
    } catch (wrong) {
      // Away: what is kept here can be read, and what is written waits. The stream asks again.
      if (this.aboard === aboard && !isStrange(wrong)) aboard.start();
    }
  }

  /** Keys leave memory at once; but for those that seal what was just written. Answers once that is done. */
  letGo(): Promise<unknown> {
    const kept = this.aboard?.keep();
    this.aboard?.stop();
    this.aboard = null;
    this.rested = null;
    for (const stop of [...this.unwatch, ...this.unwatchRoom]) stop();
    this.unwatch = [];
    this.unwatchRoom = [];
    this.shown = null;
    for (const place of ['room', 'everyday'] as const) this.talks[place].set(NO_TALK);
    this.circles.set([]);
    this.group.set(null);
    this.waiting.set(null);
    this.codeWanted.set(false);
    this.askTelling.set(null);
    this.sessions.set([]);
    this.session.set({ kind: 'out' });
    return kept ?? Promise.resolve();
  }

  /** Someone looks again after a while: perhaps too long a while for their own liking. */
  private async looked(): Promise<void> {
    if (document.visibilityState === 'hidden') {
      void this.aboard?.keep();
      await this.aboard?.mine.leave().catch(() => undefined);
      return;
    }
    if (document.visibilityState !== 'visible' || this.aboard === null) return;
    if (this.device.cell.get() === 'mine' && this.device.mustAsk()) {
      const signInName = this.aboard.me.signInName;
      await this.letGo();
      await this.device.dropKeys();
      this.session.set({ kind: 'rested', signInName, touch: false });
      return;
    }
    this.device.here();
    this.aboard.mine.look();
  }

  private watch(aboard: Aboard): void {
    const { changed, current, drafts, mine, waiting, own } = aboard;
    own.onChange = () => this.paint();
    this.unwatch = [
      changed.watch(() => this.paint()),
      current.watch(() => this.paint()),
      waiting.cell.watch(() => this.paint()),
      drafts.returned.watch(() => this.returned.set(this.returned.get() + 1)),
      mine.cell.watch(() => this.mineChanged(aboard)),
    ];
  }

  private mineChanged(aboard: Aboard): void {
    const { settings } = aboard.mine.cell.get();
    this.settings.set(settings);
    // As long as nobody knows what was set, what stands here stays.
    if (settings.askAgainMinutes !== null || aboard.mine.isKnown) this.device.setAsk(settings.askAgainMinutes);
    this.paint();
  }

  /** Shows what changed, once for whatever comes together. */
  paint(): void {
    this.painting ??= setTimeout(() => {
      this.painting = undefined;
      this.paintNow();
    }, PAINT_MS);
  }

  paintNow(): void {
    const { aboard } = this;
    if (aboard === null) return;
    const group = aboard.current.get();
    this.showRoom(group);
    const views = [...aboard.groups.values()].map((one) => groupView(one));
    this.circles.set(views.map(({ id, name, isNew }) => ({ id, name, isNew: isNew.room || isNew.everyday })));
    this.group.set(views.find(({ id }) => id === group?.id) ?? null);
    this.waiting.set(aboard.waiting.cell.get());
    const isMember = views.some((view) => view.isMember);
    this.codeWanted.set(isMember && aboard.own.log.length > 0 && !hasWay(aboard.own, account.UNLOCKER.code));
  }

  /** The two rooms of the group that is open. */
  private showRoom(group: Group | null): void {
    if (group === this.shown) return;
    this.shown = group;
    for (const stop of this.unwatchRoom) stop();
    this.unwatchRoom = (['room', 'everyday'] as const).map((place) => {
      const cell = group?.feed.talks[place];
      const show = () => this.talks[place].set(cell?.get() ?? NO_TALK);
      show();
      return cell?.watch(show) ?? (() => undefined);
    });
  }
}

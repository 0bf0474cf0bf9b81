/** What a person keeps for themselves alone: settings, reading places, breaks, a knock that waits. Sealed, on every device. */
import { Cell } from '../inside/watched';
import { USUAL_SETTINGS, type Place, type SettingsView } from '../inside/model';
import { account, fromBase64, isFailure, KIND, toBase64, type Id } from '../protocol';
import { Turns, type Hold } from './hold';
import type { Me, Sealed } from './me';
import { Refused } from './refusals';
import { signedRecord } from './signed';

/** A knock on a door, as the one who knocked remembers it. Bytes are base64url. */
export interface Knocked {
  secret: string;
  circle: Id;
  invite: string;
  preview: string;
  member: string;
  name: string;
  nameRandom: string;
  since: number;
}

export interface MineState {
  settings: SettingsView;
  /** Circle → place → position read up to. */
  read: Readonly<Record<Id, Readonly<Partial<Record<Place, number>>>>>;
  onBreak: readonly Id[];
  /** Groups that were started so that any member may open the door. */
  doors: readonly Id[];
  knocked: Knocked | null;
  /** Proposals and removals this person set aside. */
  dropped: readonly string[];
  /** For a device that was opened with a recovery code. */
  signInName: string;
}

const NOTHING: MineState = {
  settings: USUAL_SETTINGS, read: {}, onBreak: [], doors: [], knocked: null, dropped: [], signInName: '',
};

export type Change = (state: MineState) => MineState;

const SOON_MS = 1500;
/** Where somebody has read to is nothing the server should be able to follow from minute to minute. */
const QUIETLY_MS = 20_000;
const TRIES = 5;

export class Mine {
  readonly cell = new Cell<MineState>(NOTHING);
  private version = 0;
  private server: MineState = NOTHING;
  private changes: Change[] = [];
  /** Reading places: they travel with what is saved anyway, and are never what makes anything be saved. */
  private quiet: Change[] = [];
  /** The server told something new, and is told something back, whatever became of it here. */
  private isStirred = true;
  /** And once more when the page is left: by then somebody may have read on. */
  private isOwed = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private due = 0;
  private readonly turns = new Turns();

  constructor(
    private readonly hold: Hold,
    private readonly me: Me,
  ) {}

  /** What this device kept of it, so that a page can open without a connection. */
  async load(): Promise<void> {
    const kept = await this.hold.drawer.get<Sealed>('records', 'mine');
    if (kept !== undefined) await this.take(kept, false);
  }

  /** From the server. An older one than seen before is not believed. */
  async take(record: Sealed, keep = true): Promise<void> {
    const { ak, account: id } = this.me;
    try {
      const bytes = await account.openRecord(ak, id, 'mine', record.version, record.sealed, this.version);
      const [, text] = account.readMineBody(bytes, record.version);
      this.server = { ...NOTHING, ...(JSON.parse(text) as Partial<MineState>) };
      this.server.settings = { ...USUAL_SETTINGS, ...this.server.settings };
      this.version = record.version;
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      this.hold.notices.set('unverified', true);
      return;
    }
    if (keep) await this.hold.drawer.put('records', 'mine', record).catch(() => this.hold.notices.set('storage_full', true));
    this.show();
  }

  private show(): void {
    this.cell.set(this.changed());
  }

  private changed(): MineState {
    return [...this.quiet, ...this.changes].reduce((state, change) => change(state), this.server);
  }

  /** Changes it here at once, and on the server soon: what does not matter much is not sent one by one. */
  change(change: Change): void {
    this.changes.push(change);
    this.show();
    this.saveWithin(SOON_MS);
  }

  /** Where somebody has read to. When that is saved does not depend on it: see `stir`. */
  readTo(change: Change): void {
    this.quiet.push(change);
    this.show();
  }

  /**
   * The server told something new. Once the page is in sight this is saved some time later, also when nothing has
   * changed: otherwise the server could see from outside what could be opened here, and what was read (P33).
   */
  stir(): void {
    this.isStirred = true;
    this.isOwed = true;
    this.look();
  }

  /** The page is in sight, perhaps again: what was told meanwhile is answered. */
  look(): void {
    if (this.isStirred && this.keepsPlace && isInSight()) this.saveWithin(QUIETLY_MS);
  }

  /** The page goes out of sight. */
  async leave(): Promise<void> {
    this.isStirred ||= this.isOwed;
    this.isOwed = false;
    await this.save();
  }

  private get keepsPlace(): boolean {
    return this.cell.get().settings.readingPlace;
  }

  private saveWithin(within: number): void {
    const due = Date.now() + within;
    if (this.timer !== undefined && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => void this.save().catch(() => undefined), within);
  }

  /** Changes it and waits until the server has it. */
  async changeNow(change: Change): Promise<void> {
    this.change(change);
    await this.save();
  }

  async save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.turns.take(async () => {
      for (let tries = 0; this.isDue && tries < TRIES; tries++) await this.put();
    });
  }

  private get isDue(): boolean {
    return this.changes.length > 0 || (this.isStirred && this.keepsPlace);
  }

  private async put(): Promise<void> {
    const [sent, quiet] = [this.changes.length, this.quiet.length];
    const wanted = this.changes.reduce((state, change) => change(state), this.server);
    if (!this.isStirred && JSON.stringify(wanted) === JSON.stringify(this.server)) {
      this.changes = this.changes.slice(sent);
      return;
    }
    const next = this.changed();
    const version = this.version + 1;
    const { ak, account: id } = this.me;
    const sealed = await account.sealRecord(ak, id, 'mine', version, account.writeBody([version, roomy(next, this.circles)]));
    try {
      await this.hold.api.put('/records/mine', await signedRecord(this.me, 'mine', version, sealed));
    } catch (wrong) {
      if (!(wrong instanceof Refused) || wrong.code !== 'record_moved') throw wrong;
      await this.take({ version: Number(wrong.more['version']), sealed: fromBase64(String(wrong.more['sealed'])) });
      return;
    }
    this.version = version;
    this.server = next;
    this.changes = this.changes.slice(sent);
    this.quiet = this.quiet.slice(quiet);
    this.isStirred = false;
    await this.hold.drawer.put('records', 'mine', { version, sealed });
  }

  private get circles(): Id[] {
    return this.me.keys.flatMap(({ circle, kind }) => (circle === null || kind !== KIND.group ? [] : [toBase64(circle)]));
  }
}

function isInSight(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'visible';
}

/** As text, of one length wherever somebody has read to. */
function roomy(state: MineState, circles: readonly Id[]): string {
  const furthest = { room: Number.MAX_SAFE_INTEGER, everyday: Number.MAX_SAFE_INTEGER };
  const read = Object.fromEntries([...circles, ...Object.keys(state.read)].map((circle) => [circle, furthest]));
  const most = JSON.stringify({ ...state, read }).normalize('NFC').length;
  return JSON.stringify(state).normalize('NFC').padEnd(most);
}

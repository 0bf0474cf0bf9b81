/** What a person keeps for themselves alone: settings, reading places, breaks, a knock that waits. Sealed, on every device. */
import { Cell } from '../inside/watched';
import { account, fromBase64, isFailure, KIND, toBase64, type Id } from '../protocol';
import { Turns, type Hold } from './hold';
import type { Me, Sealed } from './me';
import { handBack } from './mending';
import { NOTHING, readState, roomy, type Change, type MineState } from './mine-state';
import { Refused } from './refusals';
import { signedRecord } from './signed';
import { Unsaved } from './unsaved';

const SOON_MS = 1500;
/** Where somebody has read to is nothing the server should be able to follow from minute to minute. */
const QUIETLY_MS = 20_000;
const TRIES = 5;
/** More than anybody ever saves: a number above it was made up. */
const MOST_VERSION = 2 ** 31;
const MOST_SIZE = 262_144;

export class Mine {
  readonly cell = new Cell<MineState>(NOTHING);
  private version = 0;
  private server: MineState = NOTHING;
  private changes: Change[] = [];
  /** These travel with what is saved anyway, and are never what makes anything be saved. */
  private quiet: Change[] = [];
  /** The server told something new, and is told something back, whatever became of it here. */
  private isStirred = true;
  /** And once more when the page is left: by then somebody may have read on. */
  private isOwed = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private due = 0;
  /** Of the record at the server, as it came. What is saved is at least as long, whether that one opened or not (P33). */
  private size = 0;
  private readonly turns = new Turns();
  private readonly unsaved: Unsaved;

  constructor(
    private readonly hold: Hold,
    private readonly me: Me,
  ) {
    this.unsaved = new Unsaved(hold, me, () => [this.server, this.changed()]);
  }

  /** What this device kept of it, so that a page can open without a connection; and what was not saved by then. */
  async load(): Promise<void> {
    const kept = await this.hold.drawer.get<Sealed>('records', 'mine');
    if (kept !== undefined) await this.take(kept, false);
    const { set, quiet } = await this.unsaved.load();
    if (set !== null) this.changes.push(set);
    if (quiet !== null) this.quiet.push(quiet);
    this.show();
  }

  /** False while it is not known what was set before. */
  get isKnown(): boolean {
    return this.version > 0 && !this.server.isAnew;
  }

  /** Done once this device holds all that was set. */
  async keep(): Promise<void> {
    await this.unsaved.keep();
  }

  /** From the server. An older one than seen before is not believed: the site was put back to an earlier day. */
  async take(record: Sealed, keep = true): Promise<void> {
    const isOld = record.version < this.version;
    const state = isOld ? null : await this.opened(record);
    if (state !== null) await this.believe(state, record, keep);
    else if (!isOld) this.spoiled(record);
    // Where the server keeps to an older one it refuses every save: the next is when somebody looks or sets something.
    const isRefused = isOld && !(await this.handBack());
    if (isRefused) this.hold.notices.set('unverified', true);
    if (!isOld && keep) this.hold.notices.set('settings_lost', state === null);
    if (keep && !isRefused && this.changes.length > 0) this.saveWithin(SOON_MS);
    this.show();
  }

  private async believe(state: MineState, record: Sealed, keep: boolean): Promise<void> {
    // Somebody's other device could not read what stood there: what is known here stays, and goes back with the next save.
    const knowsMore = state.isAnew && this.version > 0;
    this.version = record.version;
    this.size = record.sealed.length;
    if (knowsMore) return;
    this.server = { ...state, isAnew: false };
    if (keep) await this.hold.drawer.put('records', 'mine', record).catch(() => this.hold.notices.set('storage_full', true));
  }

  private async opened({ version, sealed }: Sealed): Promise<MineState | null> {
    const { ak, account: id } = this.me;
    try {
      const [, text] = account.readMineBody(await account.openRecord(ak, id, 'mine', version, sealed, this.version), version);
      return readState(text);
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      return null;
    }
  }

  /**
   * Nobody will ever open it. What is known here takes its place, at the same time and of the same length as if it
   * had opened: from outside the two cannot be told apart (P33).
   */
  private spoiled({ version, sealed }: Sealed): void {
    if (!Number.isSafeInteger(version) || version > MOST_VERSION) return;
    if (this.version === 0) this.server = { ...this.server, isAnew: true };
    this.version = version;
    this.size = Math.min(sealed.length, MOST_SIZE);
  }

  /** The server holds an older one: a copy of it was put back. */
  private async handBack(): Promise<boolean> {
    const kept = await this.hold.drawer.get<Sealed>('records', 'mine');
    return kept !== undefined && kept.version >= this.version && (await handBack(this.hold, this.me, 'mine', kept));
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
    this.unsaved.changed();
    this.saveWithin(SOON_MS);
  }

  /** What goes along with the next save, such as where somebody has read to. When that is does not depend on it: see `stir`. */
  quietly(change: Change): void {
    this.quiet.push(change);
    this.show();
    this.unsaved.changed();
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
    if (this.isStirred && isInSight()) this.saveWithin(QUIETLY_MS);
  }

  /** The page goes out of sight. */
  async leave(): Promise<void> {
    this.isStirred ||= this.isOwed;
    this.isOwed = false;
    await this.save();
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
      for (let tries = 0; this.isDue && tries < TRIES; tries++) if (!(await this.put())) return;
    });
  }

  /** Sealed under another account key, with a change; `taken` is for when the server has it. */
  async sealedUnder(ak: CryptoKey, change: Change): Promise<Sealed & { taken: () => Promise<void> }> {
    const [next, version] = [change(this.changed()), this.version + 1];
    const body = account.writeBody([version, roomy(next, this.circles, this.size)]);
    const sealed = await account.sealRecord(ak, this.me.account, 'mine', version, body);
    const taken = async () => {
      Object.assign(this, { version, server: next, changes: [], quiet: [], size: sealed.length });
      this.unsaved.changed();
      await this.hold.drawer.put('records', 'mine', { version, sealed });
      this.show();
    };
    return { version, sealed, taken };
  }

  private get isDue(): boolean {
    return this.changes.length > 0 || this.isStirred;
  }

  /** False when trying again would lead nowhere. */
  private async put(): Promise<boolean> {
    const [sent, quiet] = [this.changes.length, this.quiet.length];
    const wanted = this.changes.reduce((state, change) => change(state), this.server);
    if (!this.isStirred && JSON.stringify(wanted) === JSON.stringify(this.server)) {
      this.changes = this.changes.slice(sent);
      this.unsaved.changed();
      return true;
    }
    const next = this.changed();
    const version = this.version + 1;
    const { ak, account: id } = this.me;
    const sealed = await account.sealRecord(ak, id, 'mine', version, account.writeBody([version, roomy(next, this.circles, this.size)]));
    try {
      await this.hold.api.put('/records/mine', await signedRecord(this.me, 'mine', version, sealed));
    } catch (wrong) {
      if (!(wrong instanceof Refused) || wrong.code !== 'record_moved') throw wrong;
      const moved = Number(wrong.more['version']);
      await this.take({ version: moved, sealed: fromBase64(String(wrong.more['sealed'])) });
      return moved >= version;
    }
    this.version = version;
    this.server = next;
    this.changes = this.changes.slice(sent);
    this.quiet = this.quiet.slice(quiet);
    this.isStirred = false;
    this.size = sealed.length;
    await this.hold.drawer.put('records', 'mine', { version, sealed });
    this.unsaved.changed();
    return true;
  }

  private get circles(): Id[] {
    return this.me.keys.flatMap(({ circle, kind }) => (circle === null || kind !== KIND.group ? [] : [toBase64(circle)]));
  }
}

function isInSight(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'visible';
}

/** Whose device this is, and what of a person stays on it between visits. */
import type { Device } from '../inside/model';
import { Cell } from '../inside/watched';
import { lastingDrawer, passingDrawer, type Drawer } from './drawer';
import type { Me } from './me';
import { dropShell, endPushes } from './own-device';

/** Flags that must be written in the same moment in which a page is left; nothing of a person is in them. */
const RESTED = 'rested';
const ASK = 'ask';
const HERE = 'here';

export class ThisDevice {
  readonly cell = new Cell<Device>('unknown');
  private readonly passing = passingDrawer();

  private constructor(private readonly lasting: Drawer) {}

  /** Throws `storage_refused`. */
  static async open(): Promise<ThisDevice> {
    const device = new ThisDevice(await lastingDrawer());
    if ((await device.lasting.get('facts', 'device')) === 'mine') device.cell.set('mine');
    return device;
  }

  get drawer(): Drawer {
    return this.cell.get() === 'mine' ? this.lasting : this.passing;
  }

  /** Says whose it is. On a shared one, whatever an earlier visit kept goes. */
  async is(device: Exclude<Device, 'unknown'>): Promise<void> {
    this.cell.set(device);
    if (device === 'mine') await this.lasting.put('facts', 'device', device);
    else await this.forget();
  }

  /** Said after all that it is one's own: what memory held moves to where it lasts. */
  async becomeMine(): Promise<void> {
    await this.passing.pour(this.lasting);
    await this.is('mine');
  }

  /** Another person's things, or an older account's, are not left lying about. */
  async makeRoomFor(account: string): Promise<void> {
    const { drawer } = this;
    const before = await drawer.get<string>('facts', 'account');
    if (before !== undefined && before !== account) {
      await drawer.wipe();
      // Whoever was told here before is told here no more; their push service says so to the site.
      await endPushes().catch(() => null);
    }
    await drawer.put('facts', 'device', this.cell.get());
    await drawer.put('facts', 'account', account);
  }

  async keepMe(me: Me): Promise<void> {
    await this.drawer.put('facts', 'name', me.signInName);
    await this.drawer.put('keys', 'me', me);
    this.setFlag(RESTED, null);
  }

  /** Who was here last, with their keys; null when the passphrase is asked for again. */
  async keptMe(): Promise<Me | null> {
    if (this.mustAsk()) await this.dropKeys();
    return (await this.drawer.get<Me>('keys', 'me')) ?? null;
  }

  async keptName(): Promise<string | null> {
    return (await this.drawer.get<string>('facts', 'name')) ?? null;
  }

  /** Until when a closing can be undone; kept so that a reload shows it at once. */
  async setClosing(until: number | null): Promise<void> {
    if (until === null) await this.drawer.remove('facts', 'closing');
    else await this.drawer.put('facts', 'closing', until);
  }

  async closingUntil(): Promise<number | null> {
    return (await this.drawer.get<number>('facts', 'closing')) ?? null;
  }

  /** The account is no longer there: its name and keys are of no use to anyone. */
  async dropName(): Promise<void> {
    await this.dropKeys();
    await this.drawer.remove('facts', 'name');
    await this.setClosing(null);
  }

  async dropKeys(): Promise<void> {
    await this.drawer.clear('keys');
  }

  /** Nothing of this person stays. */
  async forget(): Promise<void> {
    await this.lasting.wipe();
    await this.passing.wipe();
    for (const flag of [RESTED, ASK, HERE]) this.setFlag(flag, null);
    await dropShell().catch(() => undefined);
  }

  get isRested(): boolean {
    return this.flag(RESTED) !== null;
  }

  rest(): void {
    this.setFlag(RESTED, '1');
  }

  wake(): void {
    this.setFlag(RESTED, null);
  }

  /** Minutes of absence after which the keys are dropped; null never. */
  setAsk(minutes: number | null): void {
    this.setFlag(ASK, minutes === null ? null : String(minutes));
  }

  /** The person is here now. */
  here(): void {
    this.setFlag(HERE, String(Date.now()));
  }

  mustAsk(): boolean {
    const ask = this.flag(ASK);
    if (ask === null) return false;
    const here = Number(this.flag(HERE) ?? 0);
    return Date.now() - here > Number(ask) * 60_000;
  }

  private flag(name: string): string | null {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  private setFlag(name: string, value: string | null): void {
    try {
      if (value === null || (this.cell.get() !== 'mine' && name !== RESTED)) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      // Storage is switched off: then there is nothing to remember either.
    }
  }
}

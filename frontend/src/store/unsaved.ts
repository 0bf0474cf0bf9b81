/**
 * What was set here and is not at the server yet. On one's own device it is sealed at once: somebody may have to
 * leave the next moment. Kept as what differs from the record, so that it goes onto whatever the record is by then.
 */
import { account, isFailure, textBytes, type Bytes } from '../protocol';
import { Turns, type Hold } from './hold';
import type { Me } from './me';
import type { Change, MineState } from './mine-state';

const NAME = 'mine unsaved';

type Differing = Partial<Omit<MineState, 'settings'>> & { settings?: Partial<MineState['settings']> };

/** Fields of `now` that are not as in `before`. */
function differing<T extends object>(before: T, now: T): Partial<T> {
  const was = new Map(Object.entries(before).map(([name, value]) => [name, JSON.stringify(value)]));
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => was.get(name) !== JSON.stringify(value))) as Partial<T>;
}

export class Unsaved {
  private readonly turns = new Turns();
  private isOwed = false;

  constructor(
    private readonly hold: Hold,
    private readonly me: Me,
    /** The record as it is, and as it is to be. */
    private readonly states: () => readonly [MineState, MineState],
  ) {}

  /** Something was set, or saved. */
  changed(): void {
    this.isOwed = true;
    void this.keep();
  }

  /** Done once this device holds it. */
  keep(): Promise<void> {
    return this.turns.take(async () => {
      if (!this.isOwed || !this.hold.drawer.lasts) return;
      this.isOwed = false;
      await this.put().catch(() => this.hold.notices.set('storage_full', true));
    });
  }

  private async put(): Promise<void> {
    const [before, now] = this.states();
    const { settings: was, ...before_ } = before;
    const { settings, ...now_ } = now;
    const set = differing(was, settings);
    const rest = differing(before_, now_);
    const { drawer } = this.hold;
    if (Object.keys(set).length + Object.keys(rest).length === 0) {
      await drawer.remove('sealed', NAME);
      return;
    }
    const text = JSON.stringify({ ...rest, settings: set }).normalize('NFC');
    await drawer.put('sealed', NAME, await account.sealLocal(this.me.ak, this.me.account, NAME, textBytes(text)));
  }

  /** What an earlier page left: what was set, and what only goes along; each null where there is nothing. */
  async load(): Promise<{ set: Change | null; quiet: Change | null }> {
    const sealed = await this.hold.drawer.get<Bytes>('sealed', NAME);
    if (sealed === undefined) return { set: null, quiet: null };
    try {
      const text = new TextDecoder().decode(await account.openLocal(this.me.ak, this.me.account, NAME, sealed));
      const { read = {}, signInName, settings = {}, ...rest } = JSON.parse(text) as Differing;
      const isSet = Object.keys(settings).length + Object.keys(rest).length > 0;
      return {
        set: isSet ? (mine) => ({ ...mine, ...rest, settings: { ...mine.settings, ...settings } }) : null,
        quiet: (mine) => ({ ...mine, signInName: signInName ?? mine.signInName, read: further(mine.read, read) }),
      };
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      return { set: null, quiet: null };
    }
  }
}

/** Reading places only move forward. */
function further(one: MineState['read'], other: MineState['read']): MineState['read'] {
  const places = (circle: string) => (['room', 'everyday'] as const).flatMap((place) => {
    const at = Math.max(one[circle]?.[place] ?? -1, other[circle]?.[place] ?? -1);
    return at < 0 ? [] : [[place, at] as const];
  });
  return Object.fromEntries([...new Set([...Object.keys(one), ...Object.keys(other)])].map((circle) => [circle, Object.fromEntries(places(circle))]));
}

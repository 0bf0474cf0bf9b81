/**
 * Which house this is, and which circle in it is one's own, as a device of one's own first saw them. A server that
 * says something else is refused before any key is made or used: both stand in what keys are made of and sign for.
 */
import type { SiteView } from '../inside/model';
import { ANYWHERE, ringOf } from '../inside/ring';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import { toBase64 } from '../protocol';
import type { Drawer } from './drawer';
import type { SessionTold } from './entry';
import type { Hold } from './hold';
import type { Me } from './me';

/** Throws `unverified`. */
export async function mustBeHome(drawer: Drawer, told: unknown): Promise<void> {
  const known = await drawer.get<string>('facts', 'home');
  if (typeof told !== 'string' || (known !== undefined && known !== told)) throw new Trouble('unverified');
}

/** Throws `unverified` where an account known here is said to have another circle of its own. */
export async function mustBeOwn(drawer: Drawer, { account, own }: Pick<SessionTold, 'account' | 'own'>): Promise<void> {
  const known = await drawer.get<{ account: string; own: string }>('facts', 'own');
  if (known?.account === account && known.own !== own) throw new Trouble('unverified');
}

/** Throws `unverified` where a session is said to be somebody else's. */
export function mustBeMine(me: Pick<Me, 'account' | 'own'>, { account, own }: Pick<SessionTold, 'account' | 'own'>): void {
  if (account !== toBase64(me.account) || own !== toBase64(me.own)) throw new Trouble('unverified');
}

export async function keepHome(drawer: Drawer, me: Me): Promise<void> {
  await drawer.put('facts', 'home', me.home);
  await drawer.put('facts', 'own', { account: toBase64(me.account), own: toBase64(me.own) });
}

/** Not away, but somebody else. */
export function isStrange(wrong: unknown): boolean {
  return wrong instanceof Trouble && wrong.code === 'unverified';
}

interface HomeTold {
  home: string;
  name: string;
  operator_contact: string;
  start_mode: SiteView['mayStart'];
  /** Read by `ringOf`. */
  country: unknown;
  now: number;
}

/** The house, as the server tells of it. */
export class House {
  readonly site = new Cell<SiteView>({ name: '', mayStart: 'code', contact: '', ring: ANYWHERE });
  private name: string | null = null;

  constructor(private readonly hold: Hold) {}

  /** The instance's own constant, asked for once. */
  async home(): Promise<string> {
    if (this.name === null) await this.look();
    if (this.name === null) throw new Trouble('away');
    return this.name;
  }

  async look(): Promise<void> {
    const { api, clock, drawer, notices } = this.hold;
    const told = await api.get<HomeTold>('/home');
    try {
      await mustBeHome(drawer, told.home);
    } catch (wrong) {
      notices.set('unverified', true);
      throw wrong;
    }
    this.name = told.home;
    this.site.set({ name: told.name, mayStart: told.start_mode, contact: told.operator_contact, ring: ringOf(told.country) });
    notices.set('clock_wrong', clock.hear(told.now));
  }
}

/** What every part of the store stands on, for as long as the page lives. */
import type { Api } from './api';
import type { Clock } from './clock';
import type { Drawer } from './drawer';
import type { Group } from './group';
import type { Mending } from './mending';
import type { Notices } from './notices';

export interface Hold {
  /** Exchanged when a person says whose device this is. */
  drawer: Drawer;
  readonly api: Api;
  readonly clock: Clock;
  readonly notices: Notices;
  /** Fetched when a copy of the server was put back. */
  mending?: () => Promise<Mending | undefined>;
  /** Then also when the group meets is looked at, and handed back where this device knows better. */
  plans?: (group: Group) => Promise<void>;
}

/** Lets one piece of work run after the other. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

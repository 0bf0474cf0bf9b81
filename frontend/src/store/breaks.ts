/**
 * A break from a group: for oneself alone. The site learns only that no notes go meanwhile, and the group only what it
 * sees after "not today": that somebody is not up for a call. Both come back with "I am back", and by no other press.
 */
import type { Seldom } from '../inside/model';
import { isLong, type Telling } from '../inside/telling-views';
import { takeABreak } from './affirm';
import type { Core } from './core';
import type { Group } from './group';
import { mineOf, saveUpFor } from './reach';
import { asTrouble } from './refusals';

const DAY = 86_400;
/** Below what the server takes; a break has no end of its own. */
const LONG = 365 * DAY;

type Notes = Pick<Telling, 'telling' | 'lookUpTelling' | 'saveWish'>;

class Breaks {
  constructor(
    private readonly core: Core,
    private readonly notes: Notes,
  ) {}

  async begin(group: Group): Promise<void> {
    const now = group.hold.clock.now();
    takeABreak(group, true);
    if (mineOf(group).zone !== '') await saveUpFor(group, { rest: now + LONG });
    if (this.isEverywhere()) await this.hush(now + LONG);
  }

  /** Notes first: where the site is away the break goes on and says so, instead of ending without them. */
  async end(group: Group): Promise<void> {
    await this.hush(null);
    if (isLong(mineOf(group).rest, group.hold.clock.now())) await saveUpFor(group, { rest: 0 });
    takeABreak(group, false);
  }

  /** Of a group that is still lived in notes must come: the site cannot tell one group's from another's. */
  private isEverywhere(): boolean {
    const groups = [...this.core.in.groups.values()].filter(({ isMember }) => isMember);
    return groups.every(({ id, mine }) => mine.cell.get().onBreak.includes(id));
  }

  /** Leaves alone who never asked for notes, and a while without them that was chosen by hand. */
  private async hush(until: number | null): Promise<void> {
    await this.notes.lookUpTelling();
    const told = this.notes.telling.get();
    if (told === null) return;
    const now = this.core.hold.clock.now();
    const isTold = told.isHere || told.isElsewhere || told.mailbox !== null;
    if (until === null ? isLong(told.breakUntil, now) : isTold) await this.notes.saveWish({ breakUntil: until });
  }
}

export function breaksOf(core: Core, notes: Notes): Pick<Seldom, 'takeABreak' | 'backFromBreak'> {
  const breaks = new Breaks(core, notes);
  return {
    takeABreak: () => asTrouble(() => breaks.begin(core.open)),
    backFromBreak: () => asTrouble(() => breaks.end(core.open)),
  };
}

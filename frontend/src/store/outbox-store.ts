/** What waits to be sent, as this device keeps it: all of it sealed. */
import { Trouble } from '../inside/trouble';
import type { Bytes, Id } from '../protocol';
import { bornOf } from './drawer';
import type { Hold } from './hold';

export interface Stored {
  row: Id;
  circle: Id;
  order: number;
  envelope: Bytes;
  /** The server may have it: it was sent at least once, and no answer came. */
  tried?: boolean;
  /** Put in again after the browser had emptied the store: another tab may still hold it as it was before. */
  again?: boolean;
}

/** More than ever wait at once. */
const MOST_SETTLED = 500;

export class OutboxStore {
  /** Rows that wait in memory alone, because this device is full: gone with the page, as on a shared one. */
  private readonly loose = new Set<Id>();
  /** The store that was last read from. */
  private born: string | undefined;
  private readonly again = new Set<Id>();

  constructor(
    private readonly hold: Hold,
    private readonly circle: Id,
  ) {}

  /**
   * All that waits, in order. `known`: what waited when this page last looked. What is no longer there was sent or
   * taken back by another tab; where the browser has emptied the store meanwhile, this page puts it in again.
   */
  async all(known: readonly Stored[]): Promise<Stored[]> {
    const { stored, born } = await this.read();
    const there = new Set(stored.map(({ row }) => row));
    for (const one of stored) if (one.again === true) this.again.add(one.row);
    const isEmptied = born !== this.born;
    const settled = new Set(isEmptied ? await this.settled() : []);
    const lost = known.filter(({ row }) => !there.has(row) && (this.loose.has(row) || (isEmptied && !settled.has(row))));
    for (const one of lost) if (isEmptied && !this.loose.has(one.row)) await this.putAgain(one);
    this.born = born;
    return [...stored, ...lost].sort((a, b) => a.order - b.order);
  }

  private async putAgain(one: Stored): Promise<void> {
    this.again.add(one.row);
    await this.keep(one);
  }

  /** A store that is the same before and after it was read was the same in between. */
  private async read(): Promise<{ stored: Stored[]; born: string | undefined }> {
    for (let before = this.born; ; ) {
      const stored = await this.hold.drawer.span<Stored>('outbox', { circle: this.circle });
      const born = await bornOf(this.hold.drawer);
      if (born === before) return { stored, born };
      before = born;
    }
  }

  /** On a full device what waits is held by this page alone. */
  async keep(...some: readonly Stored[]): Promise<void> {
    if (await this.write(some)) {
      for (const { row } of some) this.loose.delete(row);
      return;
    }
    for (const { row } of some) this.loose.add(row);
    this.hold.notices.set('storage_full', true);
  }

  /** From now on the server may have it. On a full device only this page knows that. */
  async leaves(one: Stored): Promise<void> {
    if (one.tried === true) return;
    one.tried = true;
    if (!this.loose.has(one.row)) await this.write([one]);
  }

  /** All of it or none: what was spoken is in pieces, and one alone is nothing. False on a full device. */
  private async write(some: readonly Stored[]): Promise<boolean> {
    const rows = some.map(({ row, circle, order, envelope, tried = false }): [[Id, number], Stored] => [
      [circle, order],
      { row, circle, order, envelope, tried, again: this.again.has(row) },
    ]);
    try {
      await this.hold.drawer.putAll('outbox', rows);
      return true;
    } catch (wrong) {
      if (!(wrong instanceof Trouble) || wrong.code !== 'storage_full') throw wrong;
      return false;
    }
  }

  /** Sent, or not to be sent: no tab puts it in again as it once was, should the browser have emptied the store. */
  async remove({ row, circle, order }: Stored): Promise<void> {
    if (this.loose.delete(row)) return;
    const { drawer } = this.hold;
    const mayBeElsewhere = this.again.has(row) || (await bornOf(drawer)) !== this.born;
    if (mayBeElsewhere) await drawer.put('facts', this.name, [...(await this.settled()), row].slice(-MOST_SETTLED)).catch(() => undefined);
    await drawer.remove('outbox', [circle, order]);
  }

  private get name(): string {
    return `settled ${this.circle}`;
  }

  private async settled(): Promise<readonly Id[]> {
    return (await this.hold.drawer.get<Id[]>('facts', this.name)) ?? [];
  }
}

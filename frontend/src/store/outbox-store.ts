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
}

export class OutboxStore {
  /** Rows that wait in memory alone, because this device is full: gone with the page, as on a shared one. */
  private readonly loose = new Set<Id>();
  /** The store that was last read from. */
  private born: string | undefined;

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
    const isEmptied = born !== this.born;
    const lost = known.filter(({ row }) => !there.has(row) && (isEmptied || this.loose.has(row)));
    for (const one of lost) if (isEmptied && !this.loose.has(one.row)) await this.keep(one);
    this.born = born;
    return [...stored, ...lost].sort((a, b) => a.order - b.order);
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
    const rows = some.map(({ row, circle, order, envelope, tried = false }) => ({ row, circle, order, envelope, tried }));
    try {
      // All of it or none: what was spoken is in pieces, and one alone is nothing.
      await this.hold.drawer.putAll('outbox', rows.map((one) => [[one.circle, one.order], one]));
      for (const { row } of rows) this.loose.delete(row);
    } catch (wrong) {
      if (!(wrong instanceof Trouble) || wrong.code !== 'storage_full') throw wrong;
      for (const { row } of rows) this.loose.add(row);
      this.hold.notices.set('storage_full', true);
    }
  }

  /** From now on the server may have it. On a full device only this page knows that. */
  async leaves(one: Stored): Promise<void> {
    if (one.tried === true) return;
    one.tried = true;
    const { row, circle, order, envelope } = one;
    if (this.loose.has(row)) return;
    try {
      await this.hold.drawer.put('outbox', [circle, order], { row, circle, order, envelope, tried: true });
    } catch (wrong) {
      if (!(wrong instanceof Trouble) || wrong.code !== 'storage_full') throw wrong;
    }
  }

  async remove({ row, circle, order }: Stored): Promise<void> {
    if (!this.loose.delete(row)) await this.hold.drawer.remove('outbox', [circle, order]);
  }
}

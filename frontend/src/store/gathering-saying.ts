/** What a page says to others of being in a meeting by voice: that it is; and, sealed beforehand, that it is not any more. */
import { fromBase64, same, type Bytes, type Id } from '../protocol';
import { gatherings } from '../protocol/later';
import type { Group } from './group';
import type { Page } from './present';
import type { Ready, Signalling } from './signalling';

export class Saying {
  /** By member, and for which key of theirs. */
  private readonly ready = new Map<Id, { boxPk: Bytes; gone: Ready }>();
  private readonly meeting: Bytes;
  private readonly device: Bytes;

  constructor(
    private readonly out: Signalling,
    private readonly group: Group,
    private readonly mine: Page,
  ) {
    this.meeting = gatherings.gatheringOf(group.book.circle);
    this.device = fromBase64(mine.device);
  }

  async line(to: Page, type: 'offer' | 'accept', turn: number, voice: string): Promise<boolean> {
    // An offer of whom one does not know to be here counts for nothing, and signals overtake each other.
    if (type === 'offer') await this.here(to.member);
    return await this.out.send(this.group, to.member, this.meeting, type, [this.device, fromBase64(to.device), turn, voice]);
  }

  async here(to: Id): Promise<void> {
    await this.out.send(this.group, to, this.meeting, 'here', [this.device, this.mine.since]);
  }

  /** To those first who are in it. Then what will be said when this page goes. */
  hereToAll(inside: ReadonlySet<Id>): void {
    const all = this.members.sort((a, b) => Number(inside.has(b)) - Number(inside.has(a)));
    for (const to of all) this.out.beside(this.here(to));
    this.out.beside(this.prepare(all));
  }

  private get members(): Id[] {
    return [...this.group.book.log.members.keys()];
  }

  private async prepare(all: readonly Id[]): Promise<void> {
    for (const to of all) {
      const boxPk = this.group.book.log.members.get(to)?.boxPk;
      const known = this.ready.get(to)?.boxPk;
      if (boxPk === undefined || (known !== undefined && same(known, boxPk))) continue;
      const gone = await this.out.prepare(this.group, to, this.meeting, 'gone', [this.device]);
      if (gone !== null) this.ready.set(to, { boxPk, gone });
    }
  }

  /** To everybody, also my own other pages; at once, for the page may be closing. */
  gone(): void {
    for (const to of this.members) {
      const ready = this.ready.get(to);
      if (ready !== undefined) ready.gone();
      else this.out.beside(this.out.send(this.group, to, this.meeting, 'gone', [this.device]));
    }
  }
}

/** Who is called what: names come from cards, and count only where the log committed to them. */
import { toBase64, type Id, type Member } from '../protocol';
import type { GroupKeys } from './group-keys';
import type { LogBook } from './log-book';

export class Names {
  private seen = 0;
  /** Everyone who ever belonged, as they last stood. */
  private readonly people = new Map<Id, Member>();

  constructor(
    private readonly book: LogBook,
    private readonly keys: GroupKeys,
  ) {}

  private catchUp(): void {
    const { moments } = this.book.log;
    for (; this.seen < moments.length; this.seen++) {
      const moment = moments[this.seen];
      if (moment === undefined || moment.members === moments[this.seen - 1]?.members) continue;
      for (const [id, member] of moment.members) this.people.set(id, member);
    }
  }

  /** In the order in which they came. */
  everyone(): Member[] {
    this.catchUp();
    return [...this.people.values()];
  }

  of(member: Id): string {
    this.catchUp();
    return this.keys.text(this.people.get(member)?.name ?? null) ?? '';
  }

  /** Is this name in use by somebody else who is here? Compared without case and spaces. */
  isTaken(name: string, except: Id | null): boolean {
    const wanted = plain(name);
    return [...this.book.log.members.values()].some((member) => {
      const id = toBase64(member.id);
      return id !== except && plain(this.of(id)) === wanted;
    });
  }
}

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '');
}

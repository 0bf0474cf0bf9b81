/**
 * What somebody took back stays for seven days as it came, sealed, so that it can still be reported. Nothing shows it.
 * The agreement says so.
 */
import { DAY, type Bytes, type Id } from '../protocol';
import type { Read } from './feed-entries';
import type { Hold } from './hold';

const KEPT_FOR = 7 * DAY;

/** Whose it was and when, and until when it is kept. */
export interface Taken {
  hash: Id;
  author: Id;
  time: number;
  until: number;
}

export class TakenBack {
  constructor(
    private readonly hold: Hold,
    private readonly circle: Id,
  ) {}

  private place(hash: Id): string {
    return `taken ${this.circle} ${hash}`;
  }

  private async kept(): Promise<Taken[]> {
    return (await this.hold.drawer.get<Taken[]>('facts', this.place(''))) ?? [];
  }

  async keep({ hash, author, content, message }: Read): Promise<void> {
    // A piece of what was spoken is nothing by itself: the words that stood beside it are what can be reported.
    if (content.type === 'voice-part') return;
    const known = await this.kept();
    if (known.some((one) => one.hash === hash)) return;
    const next = [...known, { hash, author, time: content.time, until: this.hold.clock.now() + KEPT_FOR }];
    await this.hold.drawer.putAll('facts', [[this.place(hash), message.bytes], [this.place(''), next]]);
  }

  /** What can still be reported; whatever is older than seven days goes. */
  async all(): Promise<Taken[]> {
    const known = await this.kept();
    const still = known.filter(({ until }) => until > this.hold.clock.now());
    if (still.length === known.length) return known;
    for (const one of known) if (!still.includes(one)) await this.hold.drawer.remove('facts', this.place(one.hash));
    await this.hold.drawer.put('facts', this.place(''), still);
    return still;
  }

  /** One is out of that circle: nothing of it stays. */
  async forget(): Promise<void> {
    for (const { hash } of await this.kept()) await this.hold.drawer.remove('facts', this.place(hash));
    await this.hold.drawer.remove('facts', this.place(''));
  }

  /** As it came; null once it is gone. */
  async find(hash: Id): Promise<Bytes | null> {
    await this.all();
    return (await this.hold.drawer.get<Bytes>('facts', this.place(hash))) ?? null;
  }
}

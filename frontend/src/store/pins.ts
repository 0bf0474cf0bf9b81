/** What this person last saw of each log, sealed at the server: a fresh device then notices a log that went back. */
import { account, fromBase64, isFailure, same, toBase64 } from '../protocol';
import type { Hold } from './hold';
import type { LogBook } from './log-book';
import { handBack, isOlder } from './mending';
import { keyOf, type Me, type Sealed } from './me';
import { Refused } from './refusals';
import { signedRecord } from './signed';

const DAILY = 86_400;
/** More than anybody ever saves: a number above it was made up. */
const MOST_VERSION = 2 ** 31;

export class Pins {
  private version = 0;
  private rows: account.PinsBody[1] = [];

  constructor(
    private readonly hold: Hold,
    private readonly me: Me,
  ) {}

  async take({ version, sealed }: Sealed): Promise<void> {
    try {
      const bytes = await account.openRecord(this.me.ak, this.me.account, 'pins', version, sealed, this.version);
      [this.version, this.rows] = account.readPinsBody(bytes, version);
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
      if (isOlder(wrong) && (await this.handBack())) return;
      this.hold.notices.set('unverified', true);
      // The next one takes its place, as it would if this one had opened (P33).
      if (Number.isSafeInteger(version) && version > this.version && version < MOST_VERSION) this.version = version;
    }
  }

  /** Has a device of this person seen that log? */
  knows(circle: string): boolean {
    return this.rows.some(([one]) => toBase64(one) === circle);
  }

  /** Sealed under another account key; null where there is none. `taken` is for when the server has it. */
  async sealedUnder(ak: CryptoKey): Promise<(Sealed & { taken: () => void }) | null> {
    if (this.version === 0) return null;
    const version = this.version + 1;
    const sealed = await account.sealRecord(ak, this.me.account, 'pins', version, account.writeBody([version, this.rows]));
    return { version, sealed, taken: () => void (this.version = version) };
  }

  /** The server holds older ones: a copy of it was put back. */
  private async handBack(): Promise<boolean> {
    const { version } = this;
    const sealed = await account.sealRecord(this.me.ak, this.me.account, 'pins', version, account.writeBody([version, this.rows]));
    return await handBack(this.hold, this.me, 'pins', { version, sealed });
  }

  /** A shorter log was put back to an earlier day; another event at a pinned place is a second history. */
  async check(books: readonly LogBook[]): Promise<void> {
    for (const [circle, seq, head] of this.rows) {
      // A pin outlives no key: without one, the account record was put back to before that group.
      if (keyOf(this.me, toBase64(circle)) === null) this.hold.notices.set('unverified', true);
      const book = books.find((one) => same(one.circle, circle));
      if (book === undefined) continue;
      const moment = book.log.moments[seq];
      if (moment === undefined) this.hold.notices.set('restored', true);
      else if (!same(moment.id, head)) this.hold.notices.set('unverified', true);
    }
    await this.save(books);
  }

  /** At most once a day. */
  private async save(books: readonly LogBook[]): Promise<void> {
    const last = (await this.hold.drawer.get<number>('facts', 'pinned')) ?? 0;
    const now = this.hold.clock.now();
    const rows = books.flatMap(({ circle, log }): account.PinsBody[1] => {
      return log.head === null ? [] : [[circle, log.head.seq, log.head.id]];
    });
    if (now - last < DAILY || rows.length === 0) return;
    const goesBack = this.rows.some(([circle, seq]) => rows.some(([other, now_]) => same(other, circle) && now_ < seq));
    if (goesBack) return;
    const version = this.version + 1;
    const body = account.writeBody([version, rows]);
    const sealed = await account.sealRecord(this.me.ak, this.me.account, 'pins', version, body);
    try {
      await this.hold.api.put('/records/pins', await signedRecord(this.me, 'pins', version, sealed));
      [this.version, this.rows] = [version, rows];
    } catch (wrong) {
      if (!(wrong instanceof Refused) || wrong.code !== 'record_moved') throw wrong;
      // Another device was here today.
      await this.take({ version: Number(wrong.more['version']), sealed: fromBase64(String(wrong.more['sealed'])) });
    }
    await this.hold.drawer.put('facts', 'pinned', now);
  }
}

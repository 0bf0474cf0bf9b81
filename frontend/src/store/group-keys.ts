/** The keys and words of one group: which epochs open for this member, and what their cards say. */
import {
  epochs, history, isFailure, order, toBase64, type Affirmation, type Bytes, type Card, type Epoch, type Id, type Log, type Opening, type What,
} from '../protocol';
import type { Hold } from './hold';
import type { LogBook } from './log-book';

const WHATS: readonly What[] = ['group', 'agreement', 'safeguarding'];

export class GroupKeys {
  private readonly opened = new Map<Id, Promise<CryptoKey | null>>();
  /** Commitment → what it hides. A wrong opening finds no commitment, so nothing here needs to be believed. */
  private readonly openings = new Map<Id, Opening>();
  private readonly affirmations = new Map<Id, Affirmation>();
  private readonly read = new Set<Id>();
  /** The newest key was sealed for this member, and does not open. */
  isShut = false;

  constructor(
    private readonly hold: Hold,
    private readonly book: LogBook,
  ) {}

  /** The key of an epoch; null where it was never meant for this member, or does not open. */
  async of(epoch: Epoch): Promise<CryptoKey | null> {
    const id = toBase64(epoch.id);
    let key = this.opened.get(id);
    if (key === undefined) {
      key = this.open(epoch);
      this.opened.set(id, key);
      void key.then((found) => {
        if (found === null) this.opened.delete(id);
      });
    }
    return await key;
  }

  private shut(isShut: boolean): void {
    this.isShut = isShut;
    this.hold.notices.set('someone_was_out', isShut);
  }

  isFor(epoch: Epoch): boolean {
    return epoch.boxes.has(toBase64(this.book.key.member)) || this.givenLater(epoch).length > 0;
  }

  /** Is there a box here that this member could open? */
  has(epoch: Epoch): boolean {
    const hash = epoch.boxes.get(toBase64(this.book.key.member));
    return (hash !== undefined && this.book.attachment(hash) !== null) || this.givenLater(epoch).length > 0;
  }

  /** What opened these epochs stays nowhere. */
  async letGo(over: readonly Epoch[]): Promise<void> {
    for (const { id } of over) this.opened.delete(toBase64(id));
    await this.book.letGo(over);
  }

  private async open(epoch: Epoch): Promise<CryptoKey | null> {
    const { key, circle, log } = this.book;
    const hash = epoch.boxes.get(toBase64(key.member));
    const sealed = hash === undefined ? null : this.book.attachment(hash);
    // The log says there is a box for this member, and the server does not give it.
    if (hash !== undefined && sealed === null && epoch === log.epoch) this.hold.notices.set('unverified', true);
    for (const { box, member } of sealed === null ? [] : this.book.keys) {
      const found = await openOr(epochs.openBox(box, circle, epoch, member, sealed ?? member));
      if (found === null) continue;
      if (epoch === log.epoch && this.isShut) this.shut(false);
      return found;
    }
    if (sealed !== null && epoch === log.epoch) this.shut(true);
    return await this.openLater(epoch);
  }

  /** Boxes that somebody sealed for this member afterwards, in sight of all. */
  private givenLater(epoch: Epoch): Bytes[] {
    const me = toBase64(this.book.key.member);
    const given = this.book.log.shared.get(toBase64(epoch.id)) ?? [];
    return given.flatMap(({ member, box }) => (member === me ? (this.book.attachment(box) ?? []) : []));
  }

  private async openLater(epoch: Epoch): Promise<CryptoKey | null> {
    for (const sealed of this.givenLater(epoch)) {
      for (const { box, member } of this.book.keys) {
        const found = await openOr(history.openHistoryBox(box, this.book.circle, epoch, member, sealed));
        if (found !== null) return found;
      }
    }
    return null;
  }

  /** The newest epoch with its key, or null when it does not open. */
  async newest(): Promise<{ epoch: Epoch; key: CryptoKey } | null> {
    const { epoch } = this.book.log;
    const key = epoch === null ? null : await this.of(epoch);
    return epoch === null || key === null ? null : { epoch, key };
  }

  learn(what: What, opening: Opening): void {
    this.openings.set(toBase64(epochs.commit(what, opening)), opening);
  }

  opening(commitment: Bytes | null): Opening | null {
    return commitment === null ? null : (this.openings.get(toBase64(commitment)) ?? null);
  }

  text(commitment: Bytes | null): string | null {
    return this.opening(commitment)?.[1] ?? null;
  }

  /** Reads the newest card, and with `all` every card that opens: for the names of those who are gone. */
  async readCards(all: boolean): Promise<void> {
    const newestFirst = [...this.book.log.epochs.values()].reverse();
    for (const epoch of all ? newestFirst : newestFirst.slice(0, 1)) await this.readCard(epoch);
  }

  private async readCard(epoch: Epoch): Promise<void> {
    const id = toBase64(epoch.id);
    const sealed = this.book.attachment(epoch.card);
    const key = sealed === null || this.read.has(id) ? null : await this.of(epoch);
    if (sealed === null || key === null) return;
    try {
      await this.believe(await epochs.openCard(key, this.book.circle, epoch, sealed));
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
    }
    this.read.add(id);
  }

  private async believe(card: Card): Promise<void> {
    WHATS.forEach((what, i) => {
      const opening = card[i as 0 | 1 | 2];
      if (opening !== null) this.learn(what, opening);
    });
    for (const [member, name, given] of card[3]) {
      if (name !== null) this.learn('name', name);
      if (given !== null) await this.affirm(member, given);
    }
  }

  /** Keeps an affirmation that verifies; the newest agreement counts. */
  async affirm(member: Bytes, given: Affirmation): Promise<void> {
    const found = this.book.log.member(member);
    if (found === null || !(await epochs.affirmed(this.book.circle, member, found.signPk, given))) return;
    const id = toBase64(member);
    const now = this.book.log.words?.[1];
    const isCurrent = now !== undefined && toBase64(now) === toBase64(given[0]);
    if (isCurrent || !this.affirmations.has(id)) this.affirmations.set(id, given);
  }

  hasAffirmed(member: Id): boolean {
    const given = this.affirmations.get(member);
    const now = this.book.log.words?.[1];
    return given !== undefined && now !== undefined && toBase64(given[0]) === toBase64(now);
  }

  /** The card of an epoch that follows this log. */
  card(log: Log): Card {
    const words = log.words;
    const lines: Card[3] = [...log.members.values()].map((member) => [
      member.id,
      this.opening(member.name),
      this.affirmations.get(toBase64(member.id)) ?? null,
    ]);
    lines.sort(([a], [b]) => order(a, b));
    return [this.opening(words?.[0] ?? null), this.opening(words?.[1] ?? null), this.opening(words?.[2] ?? null), lines];
  }
}

/** What a box holds; null where it was not made for this key, or holds nothing good. */
async function openOr(opening: Promise<CryptoKey>): Promise<CryptoKey | null> {
  try {
    return await opening;
  } catch (wrong) {
    if (isFailure(wrong)) return null;
    throw wrong;
  }
}

/** Half-written words, sealed as they are typed. On a shared device they live and end with the page. */
import { NO_DRAFT, type Draft, type Place } from '../inside/model';
import { Cell } from '../inside/watched';
import { account, isFailure, random, textBytes, toBase64, type Bytes, type Id } from '../protocol';
import { Turns, type Hold } from './hold';
import type { Me } from './me';
import { together, type Returned } from './returned';

/** Where a tab seals its words while another one writes in the same box: joined by the next page that is opened. */
const BESIDE = /^(draft .+) beside \S+$/;

export class Drafts {
  /** Counts up when words came back to where they were written. */
  readonly returned = new Cell(0);
  private readonly texts = new Map<string, string>();
  /** Changed since they were last sealed. */
  private readonly fresh = new Set<string>();
  /** By name, what this page has seen or put there last. */
  private readonly seen = new Map<string, string>();
  private readonly beside = ` beside ${toBase64(random(9))}`;
  /** Another tab writes there. */
  private readonly taken = new Set<string>();
  private sealing: Promise<void> | null = null;
  /** One after the other, so that no older words come to lie over newer ones. */
  private readonly turns = new Turns();

  constructor(
    private readonly hold: Hold,
    private readonly me: Me,
  ) {}

  async load(): Promise<void> {
    if (!this.hold.drawer.lasts) return;
    for (const name of await this.hold.drawer.keys('sealed')) {
      const isOurs = typeof name === 'string' && /^(draft|jotting) /.test(name);
      const sealed = isOurs ? await this.hold.drawer.get<Bytes>('sealed', name) : undefined;
      if (isOurs && sealed !== undefined) await this.open(name, sealed);
    }
    await this.join();
  }

  private async open(name: string, sealed: Bytes): Promise<void> {
    this.seen.set(name, toBase64(sealed));
    try {
      const bytes = await account.openLocal(this.me.ak, this.me.account, name, sealed);
      this.texts.set(name, new TextDecoder().decode(bytes));
    } catch (wrong) {
      if (!isFailure(wrong)) throw wrong;
    }
  }

  /** What several tabs have left for one box comes into it together. */
  private async join(): Promise<void> {
    for (const [name, text] of [...this.texts]) {
      const box = BESIDE.exec(name)?.[1];
      if (box === undefined) continue;
      this.texts.delete(name);
      this.texts.set(box, JSON.stringify(together(read(this.texts.get(box)), read(text))));
      await this.seal(box);
      await this.hold.drawer.remove('sealed', name);
    }
  }

  draft(circle: Id, place: Place): Draft {
    return read(this.texts.get(`draft ${circle} ${place}`));
  }

  saveDraft(circle: Id, place: Place, draft: Draft): void {
    const isEmpty = draft.text === '' && draft.note === '' && draft.wants === null && draft.replyTo === null;
    this.put(`draft ${circle} ${place}`, isEmpty ? '' : JSON.stringify(draft));
  }

  /** Words that could not be sent, sealed again before they are let go of. */
  async giveBack(circle: Id, words: Returned): Promise<void> {
    const name = `draft ${circle} ${words.place}`;
    this.texts.set(name, JSON.stringify(together(this.draft(circle, words.place), words)));
    if (this.hold.drawer.lasts) await this.seal(name);
    this.returned.set(this.returned.get() + 1);
  }

  jotting(key: string): string {
    return this.texts.get(`jotting ${key}`) ?? '';
  }

  saveJotting(key: string, text: string): void {
    this.put(`jotting ${key}`, text);
  }

  /** Sealed from the first letter on, without a pause: whoever has to leave has not finished the sentence. */
  private put(name: string, text: string): void {
    if (text === '') this.texts.delete(name);
    else this.texts.set(name, text);
    if (!this.hold.drawer.lasts) return;
    this.fresh.add(name);
    void this.flush();
  }

  private async keep(name: string): Promise<void> {
    try {
      await this.seal(name);
      this.hold.notices.set('storage_full', false);
    } catch {
      this.hold.notices.set('storage_full', true);
    }
  }

  private async seal(name: string): Promise<void> {
    await this.turns.take(async () => {
      const place = await this.placeOf(name);
      const text = this.texts.get(name);
      const { drawer } = this.hold;
      if (text === undefined) {
        await drawer.remove('sealed', place);
        this.seen.delete(place);
        return;
      }
      const sealed = await account.sealLocal(this.me.ak, this.me.account, place, textBytes(text));
      await drawer.put('sealed', place, sealed);
      this.seen.set(place, toBase64(sealed));
    });
  }

  /** Where another tab has written in the same box, this one writes beside it: neither writes over the other. */
  private async placeOf(name: string): Promise<string> {
    if (!name.startsWith('draft ')) return name;
    const stored = await this.hold.drawer.get<Bytes>('sealed', name);
    if (stored !== undefined && toBase64(stored) !== this.seen.get(name)) this.taken.add(name);
    return this.taken.has(name) ? name + this.beside : name;
  }

  /** Seals all of it, once the device turns out to be one where words may stay. */
  async keepAll(): Promise<void> {
    for (const name of [...this.texts.keys()]) await this.keep(name);
  }

  /** Done once all that was written stands on this device, what is written meanwhile as well. */
  flush(): Promise<void> {
    if (this.fresh.size > 0) this.sealing ??= this.keepFresh();
    return this.sealing ?? this.turns.take(() => Promise.resolve());
  }

  private async keepFresh(): Promise<void> {
    for (const name of this.fresh) {
      this.fresh.delete(name);
      await this.keep(name);
    }
    // In the same step in which nothing was left: what comes next begins anew.
    this.sealing = null;
  }
}

function read(text: string | undefined): Draft {
  return text === undefined ? NO_DRAFT : { ...NO_DRAFT, ...(JSON.parse(text) as Partial<Draft>) };
}

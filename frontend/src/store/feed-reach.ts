/**
 * How much of a room this device has asked the server for. Places in a room follow each other without a hole, so
 * that a server's number counts only where it goes on from what is here: a made-up one is passed over, and the
 * next look starts at this device's own place again.
 */
import type { Id } from '../protocol';
import { hasPlace, type ServedMessage } from './feed-entries';
import { bornOf } from './drawer';
import type { Hold } from './hold';

export const FIRST = 60;
const PAGE = 200;

interface Page {
  messages: ServedMessage[];
  more: boolean;
}

/** From `from` to `to` the server has told everything; `isWhole`: and there is nothing before it. */
export interface Stretch {
  from: number;
  to: number;
  isWhole: boolean;
  /** Of which store this is told; of one that the browser has emptied since, none of it holds. */
  born?: string | undefined;
}

const NOWHERE: Stretch = { from: Number.MAX_SAFE_INTEGER, to: -1, isWhole: false };

/** Opens what was told, and keeps what lies within the stretch. */
export type Take = (served: readonly ServedMessage[], stretch: Stretch) => Promise<void>;

export class Reach {
  private stretch = NOWHERE;
  /** Everything up to this place was asked for, whether it was given or not. */
  upTo = -1;
  isCaughtUp = false;
  /** The newest place that the stream told while it was not known what comes before. */
  private toldMeanwhile = -1;
  /** Something was told that was not told before; called before anything of it is opened. */
  onNews: () => void = () => undefined;
  /** In this page load, the server was asked for all that is before. */
  private isBack = false;
  private goingBack: Promise<void> | null = null;
  private born: string | undefined;

  constructor(
    private readonly hold: Hold,
    private readonly circle: Id,
    private readonly take: Take,
  ) {}

  async load(): Promise<void> {
    const { drawer } = this.hold;
    this.born = await bornOf(drawer);
    const kept = await drawer.get<Stretch>('facts', `reach ${this.circle}`);
    this.stretch = kept !== undefined && kept.born === this.born ? kept : NOWHERE;
    this.upTo = this.stretch.to;
  }

  /** The newest place up to which nothing is left out. */
  get to(): number {
    return this.stretch.to;
  }

  /** The oldest place from which on nothing is left out. */
  get from(): number {
    return this.stretch.from;
  }

  /** Everything that is anywhere was asked for: only then can something be missing. */
  get isWhole(): boolean {
    return this.isBack || this.stretch.isWhole;
  }

  /** Catches up with the server, forward from the newest place here. */
  async sync(): Promise<void> {
    await this.ask();
    // The stream told of something newer: what was asked for was answered before that was said, maybe again and again.
    for (let asked = -1; this.toldMeanwhile > Math.max(this.upTo, asked); ) {
      asked = this.toldMeanwhile;
      await this.ask();
    }
    this.toldMeanwhile = -1;
    this.isCaughtUp = true;
  }

  private async ask(): Promise<void> {
    if (this.stretch.to < 1 || !(await this.forward())) await this.newest();
  }

  /** The stream broke off: what comes next may leave something out, until the next `sync`. */
  lostTouch(): void {
    this.isCaughtUp = false;
  }

  /** A copy was put back: behind this place it is all asked for again. */
  async restart(place: number): Promise<void> {
    const { from, to } = this.stretch;
    await this.set(place < Math.max(from, 1) ? NOWHERE : { ...this.stretch, to: Math.min(to, place) });
    this.upTo = this.stretch.to;
    if (place === 0) this.isBack = false;
  }

  private async newest(): Promise<void> {
    const { messages, more } = await this.page(`limit=${String(FIRST)}`);
    const places = placesOf(messages);
    const [from, to] = longestRun(places);
    const stretch = to < 1 ? NOWHERE : { from, to, isWhole: !more && from === Math.min(...places) };
    this.told(places);
    await this.take(messages, stretch);
    await this.set(stretch);
    this.upTo = Math.max(this.upTo, ...places);
    this.isBack = !more;
  }

  /** False when the place reached is not there: the server was put back to an earlier day, or has lied before. */
  private async forward(): Promise<boolean> {
    let after = this.stretch.to - 1;
    for (let isMore = true; isMore; ) {
      const { messages, more } = await this.page(`after=${String(after)}&limit=${String(PAGE)}`);
      const places = placesOf(messages).filter((place) => place > after);
      if (after < this.stretch.to && !places.includes(this.stretch.to)) return false;
      const to = runUp(places, this.stretch.to);
      this.told(places);
      await this.take(messages, { ...this.stretch, to });
      await this.set({ ...this.stretch, to: Math.max(this.stretch.to, to) });
      isMore = more && places.length > 0;
      after = Math.max(after, ...places);
    }
    this.upTo = Math.max(this.upTo, after);
    return true;
  }

  /** Back to the beginning; at least one question for each page load, so that no "there is no more" lasts. */
  async back(): Promise<void> {
    if (this.isBack || this.stretch.to < 1) return;
    this.goingBack ??= this.goBack().finally(() => {
      this.goingBack = null;
    });
    await this.goingBack;
  }

  private async goBack(): Promise<void> {
    let before = this.stretch.from;
    for (let isMore = before > 1; isMore; ) {
      const { messages, more } = await this.page(`before=${String(before)}&limit=${String(PAGE)}`);
      const bound = before;
      const places = placesOf(messages).filter((place) => place < bound);
      const from = runDown(places, this.stretch.from);
      await this.take(messages, { ...this.stretch, from });
      await this.set({ ...this.stretch, from });
      before = Math.min(before, ...places);
      isMore = more && places.length > 0 && before > 1;
      await pause();
    }
    this.isBack = true;
    await this.set({ ...this.stretch, isWhole: before === this.stretch.from });
  }

  /** One message from the stream. False when something before it has not been told. */
  async heard(served: ServedMessage): Promise<boolean> {
    const { position } = served;
    const { to } = this.stretch;
    const counts = this.isCaughtUp && hasPlace(served);
    const isFirst = to < 1;
    const grown = () => ({ ...this.stretch, from: Math.min(this.stretch.from, position), to: Math.max(this.stretch.to, position) });
    if (hasPlace(served)) this.told([position]);
    // Said before it is opened: whoever is just asking may be done by then.
    if (!counts && hasPlace(served)) this.toldMeanwhile = Math.max(this.toldMeanwhile, position);
    const goesOn = counts && (isFirst || position === to + 1);
    await this.take([served], goesOn ? grown() : this.stretch);
    if (goesOn) await this.set(grown());
    if (!counts) return true;
    if (!isFirst && position > Math.max(this.upTo, to) + 1) return false;
    this.upTo = Math.max(this.upTo, position);
    return true;
  }

  private told(places: readonly number[]): void {
    if (places.some((place) => place > this.upTo)) this.onNews();
  }

  private async set(stretch: Stretch): Promise<void> {
    this.stretch = stretch;
    try {
      await this.hold.drawer.put('facts', `reach ${this.circle}`, { ...stretch, born: this.born });
    } catch {
      this.hold.notices.set('storage_full', true);
    }
  }

  private async page(query: string): Promise<Page> {
    return await this.hold.api.get<Page>(`/circles/${this.circle}/messages?${query}`);
  }
}

function placesOf(messages: readonly ServedMessage[]): number[] {
  return messages.filter(hasPlace).map(({ position }) => position);
}

/** How far these places go on from `at` without a hole. */
function runUp(places: readonly number[], at: number): number {
  const there = new Set(places);
  let to = at;
  while (there.has(to + 1)) to += 1;
  return to;
}

function runDown(places: readonly number[], at: number): number {
  const there = new Set(places);
  let from = at;
  while (there.has(from - 1)) from -= 1;
  return from;
}

/** The first and last of most of these places: one that stands alone was made up, or others are held back. */
function longestRun(places: readonly number[]): [number, number] {
  let best: [number, number] = [0, -1];
  for (const place of places) {
    const [from, to] = [runDown(places, place), runUp(places, place)];
    if (to - from >= best[1] - best[0]) best = [from, to];
  }
  return best;
}

export function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}

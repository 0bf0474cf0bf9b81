/**
 * What the server tells as it happens. All tabs of a browser share one connection: the one that holds the lock
 * listens and passes on what it hears, sealed as it came; when it goes, the next in line takes over. A listener
 * that has fallen silent, as browsers put tabs to sleep, is passed over by a tab that somebody looks at.
 */
import { random, toBase64, type Id } from '../protocol';
import { Turns, type Hold } from './hold';
import { Stream } from './stream';

export type Tell = (name: string, told: Readonly<Record<string, unknown>>) => Promise<void> | void;

/** Between tabs. `to`: for one of them alone. */
type Word =
  | { kind: 'told'; name: string; data: string }
  | { kind: 'open'; to?: string }
  | { kind: 'lost'; isAway: boolean }
  | { kind: 'alive'; to?: string }
  | { kind: 'hello'; from: string; isAnew: boolean };

const ANSWER_MS = 2000;
const SILENCE_MS = 40_000;
const ALIVE_EVERY_MS = 10_000;

export class Live {
  onOpen: () => void = () => undefined;
  onLost: () => void = () => undefined;
  private readonly me = toBase64(random(16));
  private readonly stream: Stream;
  private readonly turns = new Turns();
  private channel: BroadcastChannel | null = null;
  private waiting: AbortController | null = null;
  private resign: () => void = () => undefined;
  private ended = true;
  private isLeader = false;
  /** Which attempt at the lock counts. */
  private term = 0;
  private lastAlive = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly hold: Hold,
    private readonly account: Id,
    private readonly tell: Tell,
  ) {
    this.stream = new Stream(hold, {
      open: () => this.say({ kind: 'open' }),
      lost: (isAway) => this.say({ kind: 'lost', isAway }),
      told: async (name, data) => {
        this.post({ kind: 'told', name, data });
        await this.take(name, data);
      },
      alive: () => this.alive(),
    });
  }

  start(): void {
    if (!this.ended) return;
    this.ended = false;
    addEventListener('online', this.looked);
    document.addEventListener('visibilitychange', this.looked);
    if (typeof BroadcastChannel === 'undefined') {
      this.listen();
      return;
    }
    this.channel = new BroadcastChannel(`stream ${this.account}`);
    this.channel.onmessage = ({ data }: MessageEvent<Word>) => this.heard(data);
    void this.queue(false);
    this.hello(false);
  }

  private listen(): void {
    this.isLeader = true;
    clearTimeout(this.timer);
    this.say({ kind: 'lost', isAway: false });
    this.stream.start();
  }

  stop(): void {
    this.ended = true;
    removeEventListener('online', this.looked);
    document.removeEventListener('visibilitychange', this.looked);
    clearTimeout(this.timer);
    this.channel?.close();
    this.channel = null;
    this.term += 1;
    this.waiting?.abort();
    this.lay();
  }

  /** No longer the one who listens. */
  private lay(): void {
    this.isLeader = false;
    this.stream.stop();
    this.resign();
  }

  /** Waits to be the one who listens, or with `steal` takes it from one who sleeps. */
  private async queue(steal: boolean): Promise<void> {
    this.waiting?.abort();
    this.waiting = new AbortController();
    const term = ++this.term;
    const options = steal ? { steal } : { signal: this.waiting.signal };
    try {
      await navigator.locks.request(`stream ${this.account}`, options, () => this.lead(term));
    } catch (wrong) {
      // Else somebody has taken it over, or it is not waited for any more.
      if (!isAbort(wrong) && !this.ended) this.listen();
      if (!isAbort(wrong)) return;
    }
    if (this.term !== term || this.ended) return;
    this.lay();
    void this.queue(false);
  }

  private async lead(term: number): Promise<void> {
    if (this.term !== term) return;
    const over = new Promise<void>((done) => {
      this.resign = done;
    });
    this.listen();
    await over;
  }

  /** To the other tabs. */
  private post(word: Word): void {
    this.channel?.postMessage(word);
  }

  /** To all tabs, this one among them. */
  private say(word: Word): void {
    this.post(word);
    this.obey(word);
  }

  private alive(): void {
    if (Date.now() - this.lastAlive < ALIVE_EVERY_MS) return;
    this.lastAlive = Date.now();
    this.post({ kind: 'alive' });
  }

  private heard(word: Word): void {
    if (word.kind === 'hello') this.answer(word.from, word.isAnew);
    else if (!('to' in word) || word.to === this.me) {
      this.expect(SILENCE_MS);
      this.obey(word);
    }
  }

  private answer(to: string, isAnew: boolean): void {
    if (!this.isLeader) return;
    if (isAnew || !this.stream.isOpen) this.stream.hurry(isAnew);
    this.post({ kind: this.stream.isOpen ? 'open' : 'alive', to });
  }

  private obey(word: Word): void {
    if (word.kind === 'told') void this.turns.take(() => this.take(word.name, word.data));
    else if (word.kind === 'open') {
      this.hold.api.onReach(true);
      this.onOpen();
    } else if (word.kind === 'lost') {
      if (word.isAway) this.hold.api.onReach(false);
      this.onLost();
    }
  }

  private async take(name: string, data: string): Promise<void> {
    try {
      if (!this.ended) await this.tell(name, JSON.parse(data) as Record<string, unknown>);
    } catch {
      // One thing that could not be taken in here says nothing about the connection: ask for what is missing.
      this.onLost();
      this.onOpen();
    }
  }

  /** Someone looks again, or the network is back: no need to wait. */
  private readonly looked = ({ type }: Event): void => {
    const isAnew = type === 'online';
    if (this.ended || (document.visibilityState === 'hidden' && !isAnew)) return;
    if (this.isLeader) this.stream.hurry(isAnew);
    else this.hello(isAnew);
  };

  private hello(isAnew: boolean): void {
    this.post({ kind: 'hello', from: this.me, isAnew });
    this.expect(ANSWER_MS);
  }

  /** Whoever listens for all says so before long; else this tab does it, if somebody looks at it. */
  private expect(within: number): void {
    clearTimeout(this.timer);
    if (this.isLeader || this.ended) return;
    this.timer = setTimeout(() => {
      if (document.visibilityState === 'hidden') return;
      if (within === ANSWER_MS) void this.queue(true);
      else this.hello(false);
    }, within);
  }
}

function isAbort(wrong: unknown): boolean {
  return wrong instanceof DOMException && wrong.name === 'AbortError';
}

/**
 * Everything that is done goes to the server in the order in which it was done, one after the other.
 * Without a connection it waits, here and in the browser's storage, and goes later by itself.
 */
import { Away, Refused, type Api } from './api';
import type { Kept, Sending } from './kept';

export type Saving = 'saved' | 'saving' | 'away' | 'signIn';

interface Queued {
  sending: Sending;
  key: Promise<number | null>;
  takers: { take: (answer: unknown) => void; refuse: (why: unknown) => void }[];
  isGoing: boolean;
}

const AGAIN_MS = [500, 1000, 2000, 4000, 8000, 15_000];
const MOST_FAULTS = 5;

export class Outbox {
  state: Saving = 'saved';
  /** Told when `state` changes. */
  onState: () => void = () => undefined;
  private readonly queue: Queued[] = [];
  private isRunning = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly kept: Kept,
  ) {
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
  }

  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  /** Resolves with the answer once the server has it; rejects with its refusal. While away it does neither. */
  send<T>(sending: Sending, key?: Promise<number | null>): Promise<T> {
    const done = new Promise<T>((take, refuse) => {
      this.queued(sending, key).takers.push({ take: take as (answer: unknown) => void, refuse });
    });
    if (this.state === 'saved') this.say('saving');
    void this.run();
    return done;
  }

  /** Sends what an earlier visit could not, and answers whether there was anything; what is refused now has been overtaken. */
  async sendLeftOver(): Promise<boolean> {
    const left = await this.kept.leftOver(this.api.base);
    await Promise.all(left.map(({ key, sending }) => this.send(sending, Promise.resolve(key)).catch(() => undefined)));
    return left.length > 0;
  }

  /** The network is back, or someone looks again: no need to wait. */
  private readonly hurry = (): void => {
    if (document.visibilityState === 'hidden' || this.isEmpty) return;
    clearTimeout(this.timer);
    void this.run();
  };

  private queued(sending: Sending, key?: Promise<number | null>): Queued {
    const { slot } = sending;
    const waiting = slot === undefined ? undefined : this.queue.find((one) => one.sending.slot === slot && !one.isGoing);
    if (waiting !== undefined) {
      waiting.sending = sending;
      void waiting.key.then((known) => (known === null ? undefined : this.kept.replace(known, this.api.base, sending)));
      return waiting;
    }
    const queued = { sending, key: key ?? this.kept.keep(this.api.base, sending), takers: [], isGoing: false };
    this.queue.push(queued);
    return queued;
  }

  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    clearTimeout(this.timer);
    while (this.queue.length > 0 && (await this.tryFirst())) this.failures = 0;
    this.isRunning = false;
    if (this.isEmpty) return this.say('saved');
    this.timer = setTimeout(() => void this.run(), AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)]);
    this.failures += 1;
  }

  /** False when it must wait. */
  private async tryFirst(): Promise<boolean> {
    const first = this.queue[0]!;
    const { sending } = first;
    first.isGoing = true;
    try {
      const answer = await this.api.ask(sending.asking, sending.path, sending.body);
      this.say('saving');
      this.leave(first);
      for (const { take } of first.takers) take(answer);
    } catch (why) {
      first.isGoing = false;
      if (this.mustWait(why, sending)) return false;
      this.leave(first);
      for (const { refuse } of first.takers) refuse(why);
    }
    return true;
  }

  private mustWait(why: unknown, sending: Sending): boolean {
    if (why instanceof Refused && why.status === 401) {
      this.say('signIn');
      return true;
    }
    const isFault = why instanceof Refused && why.status >= 500;
    if (!(why instanceof Away) && !isFault) return false;
    this.say('away');
    return !sending.isOnce && (why instanceof Away || this.failures < MOST_FAULTS);
  }

  private leave(first: Queued): void {
    this.queue.shift();
    void first.key.then((known) => this.kept.sent(known));
  }

  private say(state: Saving): void {
    if (state === this.state) return;
    this.state = state;
    this.onState();
  }
}

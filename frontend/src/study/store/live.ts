/** What others do, as it happens; a lost connection is taken up again where it was. */
import type { Told } from './shapes';

const AGAIN_MS = [500, 1000, 2000, 5000, 10_000];

export class Live {
  private source: EventSource | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `after`: the newest entry known here. `onGap`: something may have been missed. */
  constructor(
    private readonly address: string,
    private readonly after: () => number,
    private readonly tell: (told: Told) => void,
    private readonly onGap: (newest: number) => void,
  ) {
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
    addEventListener('pagehide', () => this.source?.close());
  }

  start(): void {
    clearTimeout(this.timer);
    this.source?.close();
    const source = new EventSource(`${this.address}?after=${this.after()}`);
    this.source = source;
    source.onopen = () => (this.failures = 0);
    const take = (event: MessageEvent<string>) => this.take(event.data);
    source.addEventListener('message', take);
    source.addEventListener('change', take);
    source.addEventListener('gap', (event) => this.onGap(Number((event as MessageEvent).lastEventId) || this.after()));
    source.onerror = () => this.again(source);
  }

  private take(text: string): void {
    let told: Told;
    try {
      told = JSON.parse(text) as Told;
    } catch {
      return this.onGap(this.after());
    }
    this.tell(told);
  }

  private again(source: EventSource): void {
    source.close();
    if (this.source !== source) return;
    this.source = null;
    this.timer = setTimeout(() => this.start(), AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)]);
    this.failures += 1;
  }

  private readonly hurry = (): void => {
    if (this.source === null && document.visibilityState === 'visible') this.start();
  };
}

/** The live stream, read by hand so that a lost connection is taken up again where it was, with patience. */
import type { Hold } from './hold';

export type Tell = (name: string, told: Readonly<Record<string, unknown>>) => Promise<void> | void;

const AGAIN_MS = [500, 1000, 2000, 5000, 10_000, 30_000];
/** The server writes at least a comment every 15 seconds. */
const SILENCE_MS = 45_000;

export class Live {
  onOpen: () => void = () => undefined;
  onLost: () => void = () => undefined;
  private cursor = '';
  private ended = true;
  private failures = 0;
  private abort: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly hold: Hold,
    private readonly tell: Tell,
  ) {}

  start(): void {
    if (!this.ended) return;
    this.ended = false;
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
    void this.run();
  }

  stop(): void {
    this.ended = true;
    removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.hurry);
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.abort?.abort();
    this.abort = null;
  }

  /** Someone looks again, or the network is back: no need to wait. */
  private readonly hurry = ({ type }: Event): void => {
    // What was open before the network went may be open in name only.
    if (type === 'online') this.abort?.abort();
    if (this.ended || this.abort !== null || document.visibilityState === 'hidden') return;
    clearTimeout(this.timer);
    this.failures = 0;
    void this.run();
  };

  private async run(): Promise<void> {
    const abort = new AbortController();
    this.abort = abort;
    try {
      const after = this.cursor === '' ? '' : `?after=${encodeURIComponent(this.cursor)}`;
      const headers = { Accept: 'text/event-stream' };
      const answer = await fetch(`/api/stream${after}`, { headers, cache: 'no-store', signal: abort.signal });
      if (answer.status === 401) await this.hold.api.onStranger();
      if (answer.status === 400) this.cursor = '';
      if (answer.ok && answer.body !== null) await this.read(answer.body);
    } catch {
      if (!this.ended) this.hold.api.onReach(false);
    }
    clearTimeout(this.silence);
    this.abort = null;
    if (this.ended) return;
    this.onLost();
    this.timer = setTimeout(() => void this.run(), AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)]);
    this.failures += 1;
  }

  private async read(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      this.watchSilence();
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) await this.block(block);
    }
  }

  private watchSilence(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.abort?.abort(), SILENCE_MS);
  }

  private async block(block: string): Promise<void> {
    let name = 'message';
    let data = '';
    for (const line of block.split('\n')) {
      if (line.startsWith('event:')) name = line.slice(6).trim();
      else if (line.startsWith('data:')) data += line.slice(5).trim();
      else if (line.startsWith('id:')) this.cursor = line.slice(3).trim();
    }
    if (data === '') return;
    if (name === 'ready') {
      this.failures = 0;
      this.hold.api.onReach(true);
      this.onOpen();
      return;
    }
    try {
      await this.tell(name, JSON.parse(data) as Record<string, unknown>);
    } catch {
      // One thing that could not be taken in here says nothing about the connection: ask for what is missing.
      this.onLost();
      this.onOpen();
    }
  }
}

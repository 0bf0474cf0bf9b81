/** One connection to the live stream, read by hand so that a lost one is taken up again with patience. */
import type { Hold } from './hold';

const AGAIN_MS = [500, 1000, 2000, 4000, 8000];
/** As long as nobody looks. */
const UNSEEN_MS = 30_000;
/** The server writes at least a comment every 15 seconds. */
const SILENCE_MS = 45_000;

export interface Hearing {
  /** From now on nothing is left out; what came before has to be fetched. */
  open(): void;
  /** Broken off; `isAway` when the server was not reached at all. */
  lost(isAway: boolean): void;
  told(name: string, data: string): Promise<void>;
  /** There is life in it, whether or not it told something. */
  alive(): void;
}

export class Stream {
  isOpen = false;
  private ended = true;
  private failures = 0;
  private abort: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly hold: Hold,
    private readonly hearing: Hearing,
  ) {}

  start(): void {
    if (!this.ended) return;
    this.ended = false;
    this.failures = 0;
    void this.run();
  }

  stop(): void {
    this.ended = true;
    clearTimeout(this.timer);
    this.drop();
  }

  /** No need to wait. `anew`: what was open before may be open in name only. */
  hurry(anew: boolean): void {
    if (this.ended || (this.abort !== null && !anew)) return;
    clearTimeout(this.timer);
    this.failures = 0;
    this.drop();
    this.hearing.lost(false);
    void this.run();
  }

  private drop(): void {
    const { abort } = this;
    this.abort = null;
    this.isOpen = false;
    clearTimeout(this.silence);
    abort?.abort();
  }

  private async run(): Promise<void> {
    const abort = new AbortController();
    this.abort = abort;
    let isAway = false;
    try {
      const answer = await fetch('/api/stream', { headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal: abort.signal });
      if (answer.status === 401) await this.hold.api.onStranger();
      if (answer.ok && answer.body !== null) await this.read(answer.body, abort);
    } catch {
      isAway = true;
    }
    if (this.abort !== abort) return;
    this.isOpen = false;
    clearTimeout(this.silence);
    this.abort = null;
    this.hearing.lost(isAway);
    this.timer = setTimeout(() => void this.run(), this.patience);
    this.failures += 1;
  }

  /** Whoever looks sees soon that the site is back, however long it was away; and what they wrote goes then. */
  private get patience(): number {
    const longest = document.visibilityState === 'hidden' ? UNSEEN_MS : AGAIN_MS.at(-1);
    return AGAIN_MS[this.failures] ?? longest ?? UNSEEN_MS;
  }

  private async read(body: ReadableStream<Uint8Array<ArrayBuffer>>, abort: AbortController): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      clearTimeout(this.silence);
      this.silence = setTimeout(() => abort.abort(), SILENCE_MS);
      const { done, value } = await reader.read();
      if (done) return;
      this.hearing.alive();
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) await this.block(block);
    }
  }

  private async block(block: string): Promise<void> {
    let name = 'message';
    let data = '';
    for (const line of block.split('\n')) {
      if (line.startsWith('event:')) name = line.slice(6).trim();
      else if (line.startsWith('data:')) data += line.slice(5).trim();
    }
    if (data === '' || this.ended) return;
    if (name !== 'ready') {
      await this.hearing.told(name, data);
      return;
    }
    this.failures = 0;
    this.isOpen = true;
    this.hearing.open();
  }
}

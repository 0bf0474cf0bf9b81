/** Playing what was spoken: at half volume at first, never by itself, and silent at once when somebody leaves. */
import type { Spoken } from '../inside/model';
import { Trouble } from '../inside/trouble';
import { Cell } from '../inside/watched';
import { stretch } from './stretch';
import { mayBeDecoded } from './webm';

export const RATES = [0.75, 1, 1.25, 1.5] as const;
export type Rate = (typeof RATES)[number];
/** Enough for a voice. */
const HERTZ = 24_000;
const HALF = 0.5;
const QUARTER = 0.25;
const LONGEST_S = 62;
const TELL_MS = 250;

export interface Heard {
  isOn: boolean;
  /** Seconds into the sound, as it was spoken. */
  at: number;
  rate: Rate;
  /** 0.25 to 1. */
  volume: number;
}

let current: Playing | null = null;

/** Whatever sounds here is silent now, and what was decoded is dropped. */
export function silence(): void {
  current?.close();
}

/** Throws `cannot_play`, whatever is wrong with it. */
async function decoded({ sound }: Spoken): Promise<Float32Array<ArrayBuffer>> {
  if (!mayBeDecoded(sound)) throw new Trouble('cannot_play');
  try {
    const buffer = await new OfflineAudioContext(1, 1, HERTZ).decodeAudioData(sound.slice().buffer);
    if (buffer.length > 0 && buffer.duration <= LONGEST_S) return buffer.getChannelData(0).slice();
  } catch {
    // A browser that does not know Opus, or bytes that are none.
  }
  throw new Trouble('cannot_play');
}

export class Playing {
  readonly heard = new Cell<Heard>({ isOn: false, at: 0, rate: 1, volume: HALF });
  private context: AudioContext | null = null;
  private gain: GainNode | null = null;
  private source: AudioBufferSourceNode | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  /** When, by the context's own clock, and from where it began to sound. */
  private began = { time: 0, at: 0 };

  private constructor(private readonly samples: Float32Array<ArrayBuffer>) {}

  /** One at a time. Throws `cannot_play`. */
  static async of(spoken: Spoken): Promise<Playing> {
    const playing = new Playing(await decoded(spoken));
    silence();
    current = playing;
    return playing;
  }

  get seconds(): number {
    return this.samples.length / HERTZ;
  }

  private change(change: Partial<Heard>): void {
    this.heard.set({ ...this.heard.get(), ...change });
  }

  private now(): number {
    const { isOn, at, rate } = this.heard.get();
    if (!isOn || this.context === null) return at;
    return Math.min(this.seconds, this.began.at + (this.context.currentTime - this.began.time) * rate);
  }

  play(): void {
    if (current !== this) silence();
    current = this;
    this.stopSource();
    const { at, rate, volume } = this.heard.get();
    this.context ??= new AudioContext({ sampleRate: HERTZ });
    void this.context.resume();
    this.gain ??= new GainNode(this.context, { gain: volume });
    this.gain.connect(this.context.destination);
    const sounding = stretch(this.samples, rate, HERTZ);
    const buffer = this.context.createBuffer(1, sounding.length, HERTZ);
    buffer.copyToChannel(sounding, 0);
    this.source = new AudioBufferSourceNode(this.context, { buffer });
    this.source.connect(this.gain);
    this.source.onended = () => this.ended();
    this.source.start(0, at / rate);
    this.began = { time: this.context.currentTime, at };
    this.timer = setInterval(() => this.change({ at: this.now() }), TELL_MS);
    this.change({ isOn: true });
  }

  private ended(): void {
    this.stopSource();
    this.change({ isOn: false, at: 0 });
  }

  private stopSource(): void {
    clearInterval(this.timer);
    if (this.source === null) return;
    this.source.onended = null;
    this.source.stop();
    this.source.disconnect();
    this.source = null;
  }

  pause(): void {
    if (!this.heard.get().isOn) return;
    const at = this.now();
    this.stopSource();
    this.change({ isOn: false, at });
  }

  setRate(rate: Rate): void {
    const { isOn } = this.heard.get();
    this.change({ at: this.now(), rate });
    if (isOn) this.play();
  }

  louder(by: 1 | -1): void {
    const volume = Math.min(1, Math.max(QUARTER, this.heard.get().volume + by * QUARTER));
    this.change({ volume });
    if (this.gain !== null) this.gain.gain.value = volume;
  }

  close(): void {
    this.stopSource();
    void this.context?.close().catch(() => undefined);
    this.context = null;
    this.gain = null;
    this.change({ isOn: false });
    if (current === this) current = null;
  }
}

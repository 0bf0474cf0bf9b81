/**
 * Recording what somebody speaks. The microphone is asked for when they press, and let go of the moment they stop. What
 * was recorded stands in this page's memory alone until it is sent.
 */
import type { Spoken } from '../inside/model';
import { Trouble, type TroubleCode } from '../inside/trouble';
import { Cell } from '../inside/watched';

export const LONGEST_MS = 60_000;
const KIND = 'audio/webm;codecs=opus';
/** A minute of it fits into what may be sent (SPEC.md section 19), with room for a browser that makes more. */
const BITS_PER_SECOND = 16_000;
const MOST_BYTES = 176_000;
const TELL_MS = 250;

export const REFUSALS: Readonly<Record<string, TroubleCode>> = {
  NotAllowedError: 'mic_refused', SecurityError: 'mic_refused', NotFoundError: 'mic_none', OverconstrainedError: 'mic_none',
  NotReadableError: 'mic_busy', AbortError: 'mic_busy',
};

async function microphone(): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const can = typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(KIND);
  if (devices === undefined || !can) throw new Trouble('cannot_record');
  try {
    return await devices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
  } catch (wrong) {
    throw new Trouble((wrong instanceof DOMException && REFUSALS[wrong.name]) || 'cannot_record');
  }
}

export class Recording {
  readonly ms = new Cell(0);
  private readonly parts: Blob[] = [];
  private readonly recorder: MediaRecorder;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly began = performance.now();
  private readonly over: Promise<void>;
  private isThrownAway = false;

  private constructor(
    private readonly stream: MediaStream,
    onFull: () => void,
  ) {
    this.recorder = new MediaRecorder(stream, { mimeType: KIND, audioBitsPerSecond: BITS_PER_SECOND });
    this.over = new Promise((done) => (this.recorder.onstop = () => done()));
    this.recorder.ondataavailable = ({ data }) => {
      this.parts.push(data);
      if (this.parts.reduce((size, part) => size + part.size, 0) > MOST_BYTES) onFull();
    };
    this.recorder.start(1000);
    this.timer = setInterval(() => {
      this.ms.set(Math.min(LONGEST_MS, performance.now() - this.began));
      if (this.ms.get() >= LONGEST_MS - TELL_MS) onFull();
    }, TELL_MS);
  }

  /**
   * `isWanted` is asked once the microphone is given: somebody may have left meanwhile. Where the phone was put away
   * meanwhile, nothing is recorded either: nobody would see it. `onFull`: there is no room for more.
   */
  static async begin(isWanted: () => boolean, onFull: () => void): Promise<Recording | null> {
    const stream = await microphone();
    if (isWanted() && document.visibilityState === 'visible') return new Recording(stream, onFull);
    letGo(stream);
    return null;
  }

  private end(): void {
    clearInterval(this.timer);
    this.ms.set(Math.min(LONGEST_MS, performance.now() - this.began));
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    letGo(this.stream);
  }

  /** Null where it was thrown away, or nothing was heard. */
  async stop(): Promise<Spoken | null> {
    this.end();
    await this.over;
    const sound = this.isThrownAway ? new Uint8Array() : new Uint8Array(await new Blob(this.parts).arrayBuffer());
    this.parts.length = 0;
    return sound.length === 0 ? null : { sound, ms: Math.max(1, Math.round(this.ms.get())) };
  }

  throwAway(): void {
    this.isThrownAway = true;
    this.parts.length = 0;
    this.end();
  }
}

function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

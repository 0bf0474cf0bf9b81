/**
 * One end of a call: a voice, over the relay alone (SPEC.md section 18). What leaves here names the relay's address and
 * never this device's own; what comes in was signed by the other before it is believed (store/calls.ts).
 */
import { Trouble } from '../inside/trouble';
import { signals } from '../protocol/later';
import { REFUSALS } from './recording';

/** As the server gives it; good for four hours. */
export interface Pass {
  urls: string[];
  username: string;
  credential: string;
}

export type Went = 'heard' | 'shaken' | 'lost';

/** Enough of a line for a call to be held on: the tests bring one without a network. */
export interface Line {
  onWent: (went: Went) => void;
  /** Whether the relay can be reached. Throws `relay_away`. */
  probe(): Promise<void>;
  offer(): Promise<string>;
  answer(offer: string): Promise<string>;
  accept(answer: string): Promise<void>;
  mute(on: boolean): void;
  close(): void;
}

const GATHER_MS = 15_000;
/** Once there is one way through, others get this long. */
const MORE_MS = 300;

export async function microphone(): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined || typeof RTCPeerConnection === 'undefined') throw new Trouble('cannot_call');
  try {
    return await devices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
  } catch (wrong) {
    throw new Trouble((wrong instanceof DOMException && REFUSALS[wrong.name]) || 'mic_none');
  }
}

/** Not when it is put back: when it was pulled out, or the phone took it away. */
export function onEnded(mic: MediaStream, then: () => void): void {
  for (const track of mic.getAudioTracks()) track.addEventListener('ended', then, { once: true });
}

export function connection({ urls, username, credential }: Pass): RTCPeerConnection {
  return new RTCPeerConnection({ iceServers: [{ urls, username, credential }], iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle' });
}

/** Resolves once there is a way through the relay. Throws `relay_away`. */
async function gathered(from: RTCPeerConnection): Promise<void> {
  await new Promise<void>((done, failed) => {
    let hasOne = false;
    const ended = () => (hasOne ? done() : failed(new Trouble('relay_away')));
    const timer = setTimeout(ended, GATHER_MS);
    from.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) {
        clearTimeout(timer);
        ended();
      } else if (candidate.candidate.includes(' typ relay')) {
        if (!hasOne) setTimeout(done, MORE_MS);
        hasOne = true;
      }
    });
  });
}

/** The browser's own description, without what the other has no use for: where this device is. Throws `relay_away`. */
export async function described(from: RTCPeerConnection, isGood: (description: string) => boolean): Promise<string> {
  const way = gathered(from);
  await from.setLocalDescription();
  await way;
  const text = from.localDescription?.sdp ?? '';
  const clean = text.replace(/ raddr \S+ rport \d+/g, ' raddr 0.0.0.0 rport 0');
  if (!isGood(clean)) throw new Trouble('relay_away');
  return clean;
}

/** Whether the relay can be reached. Throws `relay_away`. */
export async function probe(pass: Pass): Promise<void> {
  const from = connection(pass);
  try {
    from.createDataChannel('');
    const way = gathered(from);
    await from.setLocalDescription();
    await way;
  } finally {
    from.close();
  }
}

/** Plays what comes over a line, as soon as there is something. */
export class Ear {
  /** The browser plays nothing before somebody presses something. */
  isRefused = false;
  private readonly sound = document.createElement('audio');

  async play(stream: MediaStream | null): Promise<void> {
    this.sound.srcObject = stream;
    this.sound.autoplay = true;
    document.body.append(this.sound);
    await this.again();
  }

  async again(): Promise<void> {
    await this.sound.play().then(() => (this.isRefused = false), (wrong: unknown) => {
      this.isRefused = wrong instanceof DOMException && wrong.name === 'NotAllowedError';
    });
  }

  silence(on: boolean): void {
    this.sound.muted = on;
  }

  close(): void {
    this.sound.srcObject = null;
    this.sound.remove();
  }
}

export class Voice implements Line {
  onWent: (went: Went) => void = () => undefined;
  private readonly from: RTCPeerConnection;
  private readonly ear = new Ear();

  constructor(
    private readonly pass: Pass,
    private readonly mic: MediaStream,
  ) {
    this.from = connection(pass);
    mic.getAudioTracks().forEach((track) => this.from.addTrack(track, mic));
    this.from.addEventListener('track', ({ streams: [stream] }) => void this.ear.play(stream ?? null));
    this.from.addEventListener('connectionstatechange', () => this.went());
  }

  private went(): void {
    const state = this.from.connectionState;
    if (state === 'connected') this.onWent('heard');
    else if (state === 'disconnected') this.onWent('shaken');
    else if (state === 'failed' || state === 'closed') this.onWent('lost');
  }

  async probe(): Promise<void> {
    await probe(this.pass);
  }

  async offer(): Promise<string> {
    return await described(this.from, signals.isVoice);
  }

  async answer(offer: string): Promise<string> {
    await this.from.setRemoteDescription({ type: 'offer', sdp: offer });
    return await described(this.from, signals.isVoice);
  }

  async accept(answer: string): Promise<void> {
    await this.from.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  mute(on: boolean): void {
    for (const track of this.mic.getAudioTracks()) track.enabled = !on;
  }

  close(): void {
    this.onWent = () => undefined;
    this.from.close();
    for (const track of this.mic.getTracks()) track.stop();
    this.ear.close();
  }
}

/**
 * One end of a line between two pages of a meeting by voice: a voice both ways, and one channel for what is said of the
 * meeting itself, over the relay alone (SPEC.md section 20). It goes both ways from the beginning, also where somebody has
 * no microphone: theirs may come later, and nothing has to be begun anew.
 */
import type { Bytes } from '../protocol';
import { signals } from '../protocol/later';
import { connection, described, Ear, type Pass, type Went } from './line';

/** Enough of such a line to meet on: the tests bring one without a network. */
export interface SharedLine<Mic> {
  onWent: (went: Went) => void;
  onSaid: (raw: Bytes) => void;
  offer(): Promise<string>;
  answer(offer: string): Promise<string>;
  accept(answer: string): Promise<void>;
  /** Goes nowhere while the line is not there. */
  say(raw: Bytes): void;
  /** Null where there is none any more. */
  give(mic: Mic | null): void;
  /** Their voice is not played here. */
  silence(on: boolean): void;
  /** How loud they are just now, 0 to 1. */
  loud(): number;
  /** The browser does not play it before a press; then `again` does. */
  isRefused(): boolean;
  again(): void;
  close(): void;
}

export class SharedVoice implements SharedLine<MediaStream> {
  onWent: (went: Went) => void = () => undefined;
  onSaid: (raw: Bytes) => void = () => undefined;
  private readonly from: RTCPeerConnection;
  private readonly channel: RTCDataChannel;
  private readonly ear = new Ear();
  private mic: MediaStreamTrack | null = null;
  private isHeard = false;

  constructor(pass: Pass) {
    this.from = connection(pass);
    this.channel = this.from.createDataChannel('', { negotiated: true, id: 0, ordered: true });
    this.channel.binaryType = 'arraybuffer';
    this.channel.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) this.onSaid(new Uint8Array(data));
    });
    this.channel.addEventListener('open', () => this.went());
    this.channel.addEventListener('close', () => this.went());
    this.from.addEventListener('track', ({ track }) => void this.ear.play(new MediaStream([track])));
    this.from.addEventListener('connectionstatechange', () => this.went());
  }

  /** It is there once both the connection and its channel are. */
  private went(): void {
    const state = this.from.connectionState;
    if (state === 'failed' || state === 'closed' || (this.isHeard && this.channel.readyState === 'closed')) this.onWent('lost');
    else if (state === 'disconnected') this.onWent('shaken');
    else if (state === 'connected' && this.channel.readyState === 'open') {
      this.isHeard = true;
      this.onWent('heard');
    }
  }

  async offer(): Promise<string> {
    // The voice comes before the channel, whichever was asked for first.
    this.from.addTransceiver('audio', { direction: 'sendrecv' });
    await this.speakInto();
    return await described(this.from, signals.isSharedVoice);
  }

  async answer(offer: string): Promise<string> {
    await this.from.setRemoteDescription({ type: 'offer', sdp: offer });
    for (const one of this.from.getTransceivers()) one.direction = 'sendrecv';
    await this.speakInto();
    return await described(this.from, signals.isSharedVoice);
  }

  async accept(answer: string): Promise<void> {
    await this.from.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  give(mic: MediaStream | null): void {
    this.mic = mic?.getAudioTracks()[0] ?? null;
    void this.speakInto().catch(() => undefined);
  }

  private async speakInto(): Promise<void> {
    for (const { sender } of this.from.getTransceivers()) await sender.replaceTrack(this.mic);
  }

  say(raw: Bytes): void {
    if (this.channel.readyState === 'open') this.channel.send(raw);
  }

  silence(on: boolean): void {
    this.ear.silence(on);
  }

  loud(): number {
    const [source] = this.from.getReceivers().flatMap((receiver) => receiver.getSynchronizationSources());
    return source?.audioLevel ?? 0;
  }

  isRefused(): boolean {
    return this.ear.isRefused;
  }

  again(): void {
    void this.ear.again();
  }

  close(): void {
    this.onWent = () => undefined;
    this.onSaid = () => undefined;
    this.from.close();
    this.ear.close();
  }
}

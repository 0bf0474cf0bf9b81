/** A line without a network: who offered to whom, who answered, and what each said. */
import type { Bytes } from '../../protocol';
import type { Went } from '../../sound/line';
import type { SharedLine } from '../../sound/shared-line';

export const PRINT = `a=fingerprint:sha-256 ${Array<string>(32).fill('AB').join(':')}`;
const CANDIDATE = 'a=candidate:1 1 udp 1 192.0.2.1 9 typ relay raddr 0.0.0.0 rport 0';
export const described = (name: string) =>
  ['v=0', `s=${name}`, 'm=audio 9 UDP/TLS/RTP/SAVPF 111', PRINT, CANDIDATE, 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', ''].join('\r\n');
const named = (description: string) => description.split('\r\n')[1]!.slice(2);

/** Two hear each other once each has the description of the other, and no third. */
export class Wire implements SharedLine<string> {
  static all: Wire[] = [];
  onWent: (went: Went) => void = () => undefined;
  onSaid: (raw: Bytes) => void = () => undefined;
  readonly name: string;
  other: string | null = null;
  mic: string | null = null;
  isSilent = false;
  isClosed = false;
  isStill = false;
  level = 0;
  constructor(readonly who: string) {
    this.name = `${who} ${Wire.all.length}`;
    Wire.all.push(this);
  }
  get peer(): Wire | null {
    const other = Wire.all.find(({ name }) => name === this.other);
    return other?.other === this.name && !other.isClosed && !this.isClosed ? other : null;
  }
  offer(): Promise<string> {
    return Promise.resolve(described(this.name));
  }
  answer(offer: string): Promise<string> {
    this.other = named(offer);
    return Promise.resolve(described(this.name));
  }
  accept(answer: string): Promise<void> {
    this.other = named(answer);
    const { peer } = this;
    if (peer !== null) for (const one of [this, peer]) one.onWent('heard');
    return Promise.resolve();
  }
  say(raw: Bytes): void {
    this.peer?.onSaid(raw);
  }
  give(mic: string | null): void {
    this.mic = mic;
  }
  silence(on: boolean): void {
    this.isSilent = on;
  }
  loud(): number {
    return this.level;
  }
  isRefused(): boolean {
    return this.isStill;
  }
  again(): void {
    this.isStill = false;
  }
  /** For both. */
  went(went: Went): void {
    for (const one of [this.peer, this]) one?.onWent(went);
  }
  close(): void {
    this.isClosed = true;
  }
}

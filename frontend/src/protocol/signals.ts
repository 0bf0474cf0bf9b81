/** What two members' pages say to each other to begin and end a call (SPEC.md section 18), and in a meeting by voice (20). */
import * as box from './box';
import { same, type Bytes } from './bytes';
import { decode, encode, type Value } from './encoding';
import { Failure, must } from './failures';
import { gatheringOf } from './gatherings';
import { sign, verify } from './keys';
import { h, pad, unpad } from './primitives';
import * as s from './shapes';
import { b16, b64, bool, bytes, row, t32, text, u } from './shapes';

const MOST_SIGNAL = 16_384;

const line = row(b16, b16, u, text(1, 8000));
const ofGatherings = {
  here: row(b16, u),
  offer: line,
  accept: line,
  gone: row(b16),
} as const;
const rests = {
  ring: row(bool),
  take: row(b16, text(1, 8000)),
  answer: row(b16, text(1, 8000)),
  no: row(),
  over: row(),
  ...ofGatherings,
} as const;

/** What one's own record keeps of the device that a test ring reached: a hash of its push address. */
export const ringsTo = (address: string): Bytes => h('rings-to', address);

export type SignalType = keyof typeof rests;
export type SignalRest<T extends SignalType> = s.Of<(typeof rests)[T]>;
export type Signal = { [T in SignalType]: { type: T; time: number; rest: SignalRest<T> } }[SignalType];

export type OfGathering = Extract<Signal, { type: keyof typeof ofGatherings }>;

/** Of a meeting by voice, and of no call. */
export function isOfGathering(signal: Signal): signal is OfGathering {
  return Object.hasOwn(ofGatherings, signal.type);
}

export interface Calling {
  circle: Bytes;
  from: Bytes;
  to: Bytes;
  call: Bytes;
}

const inside = row(bytes(), b64);
const frame = s.list(s.anything);
const start = row(u, t32);
const FINGERPRINT = /^a=fingerprint:sha-256 [0-9A-F]{2}(:[0-9A-F]{2}){31}$/;

/** How a line that begins `m=` begins and ends. */
type Media = readonly [begin: string, end: string];
const VOICE: Media = ['m=audio ', ''];
const CHANNEL: Media = ['m=application ', ' UDP/DTLS/SCTP webrtc-datachannel'];

/** Voice alone, over the relay alone, with one fingerprint. */
export const isVoice = (description: string): boolean => describes(description, [VOICE]);

/** The same, for a line of a meeting by voice: one channel is beside the voice, with the same fingerprint. */
export const isSharedVoice = (description: string): boolean => describes(description, [VOICE, CHANNEL]);

function describes(description: string, wanted: readonly Media[]): boolean {
  const lines = description.split('\r\n');
  const [media, prints, candidates] = ['m=', 'a=fingerprint:', 'a=candidate:'].map((begin) => lines.filter((line) => line.startsWith(begin))) as [string[], string[], string[]];
  return (
    media.length === wanted.length && wanted.every(([begin, end], n) => media[n]!.startsWith(begin) && media[n]!.endsWith(end)) &&
    prints.length >= 1 && prints.length <= wanted.length && prints.every((print) => print === prints[0]) && FINGERPRINT.test(prints[0]!) &&
    candidates.length > 0 && candidates.every(isRelay) && !lines.some((line) => line.startsWith('a=crypto:') || /[\r\n]/.test(line))
  );
}

function isRelay(line: string): boolean {
  return line.includes(' typ relay') && !line.replace(' raddr 0.0.0.0 rport 0', '').includes(' raddr ');
}

export async function sealSignal<T extends SignalType>(
  key: CryptoKey,
  toBoxPk: Bytes,
  { circle, from, to, call }: Calling,
  type: T,
  time: number,
  rest: SignalRest<T>,
): Promise<Bytes> {
  const content = encode([time, type, ...(rest as readonly Value[])]);
  const signature = await sign(key, 'signal-note', circle, from, to, call, content);
  return await box.seal(toBoxPk, pad(encode([content, signature]), MOST_SIGNAL), 'signal', circle, from, to, call);
}

export async function openSignal(mine: box.BoxKey, fromSignPk: Bytes, { circle, from, to, call }: Calling, sealed: Bytes): Promise<Signal> {
  const padded = await box.open(mine, sealed, 'signal', circle, from, to, call);
  const [content, signature] = decode(unpad(padded, MOST_SIGNAL), inside, MOST_SIGNAL);
  await verify(fromSignPk, signature, 'signal-note', circle, from, to, call, content);
  const whole = decode(content, frame, MOST_SIGNAL);
  const head = whole.slice(0, 2);
  must(start(head), 'not_canonical');
  const [time, type] = head;
  if (!Object.hasOwn(rests, type)) throw new Failure('unknown_type');
  const rest = whole.slice(2);
  must(rests[type as SignalType](rest), 'not_canonical');
  const signal = { type, time, rest } as unknown as Signal;
  must(Object.hasOwn(ofGatherings, type) === same(call, gatheringOf(circle)), 'not_canonical');
  must(isGood(signal), 'not_canonical');
  return signal;
}

function isGood(signal: Signal): boolean {
  if (signal.type === 'take' || signal.type === 'answer') return isVoice(signal.rest[1]);
  return (signal.type !== 'offer' && signal.type !== 'accept') || isSharedVoice(signal.rest[3]);
}

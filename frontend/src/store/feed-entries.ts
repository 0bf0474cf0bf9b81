/** Envelopes as they come, and what each turned out to be. */
import { fromBase64, isFailure, readEnvelope, toBase64, type Bytes, type Content, type Envelope, type Id } from '../protocol';

/** A message as the server tells it; without its envelope where it was taken back or has faded. */
export interface ServedMessage {
  position: number;
  at: number;
  envelope?: string;
  hash?: string;
  gone?: 'taken' | 'faded';
}

/** A message as this device keeps it: still sealed. */
export interface KeptMessage {
  position: number;
  at: number;
  envelope: Bytes | null;
  hash: Id | null;
  gone: 'taken' | 'faded' | null;
  /** How long the log was when this came: what was held before someone left stays. */
  logLength: number;
}

/** More than any room will ever hold. */
const MOST = 1_000_000_000;

/** A place in a room is a whole number from 1 on; whatever else a server says is left where it is. */
export function isPlace(position: unknown): position is number {
  return Number.isSafeInteger(position) && Number(position) >= 1 && Number(position) <= MOST;
}

export function hasPlace({ position, at }: ServedMessage): boolean {
  return isPlace(position) && Number.isSafeInteger(at) && at >= 0;
}

/** Null for what is no message at all. */
export function keptFrom(served: ServedMessage, logLength: number): KeptMessage | null {
  try {
    if (!hasPlace(served)) return null;
    const { position, at, hash = null, gone = null } = served;
    if (served.envelope !== undefined) return { position, at, envelope: fromBase64(served.envelope), hash, gone: null, logLength };
    if (hash === null || fromBase64(hash).length !== 32) return null;
    return { position, at, envelope: null, hash, gone: gone === 'faded' ? 'faded' : 'taken', logLength };
  } catch (wrong) {
    if (isFailure(wrong) || wrong instanceof TypeError) return null;
    throw wrong;
  }
}

/** Where a kept message stands now; what the server did not take stays in its place. */
export function placeOf({ envelope, position }: KeptMessage, places: ReadonlyMap<Id, number>): number {
  return envelope === null ? position : (places.get(toBase64(readEnvelope(envelope).hash)) ?? position);
}

/** A message that was opened and found good. */
export interface Read {
  position: number;
  at: number;
  hash: Id;
  message: Envelope;
  author: Id;
  content: Content;
  contentBytes: Bytes;
}

/** Envelopes as they come, and what each turned out to be. */
import { fromBase64, type Bytes, type Content, type Envelope, type Id } from '../protocol';

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

/** A place in a room is a whole number; whatever else a server says is left where it is. */
export function hasPlace({ position }: ServedMessage): boolean {
  return Number.isSafeInteger(position) && position >= 0;
}

export function keptFrom(served: ServedMessage, logLength: number): KeptMessage {
  const envelope = served.envelope === undefined ? null : fromBase64(served.envelope);
  const { position, at, hash = null, gone = null } = served;
  return { position, at, envelope, hash, gone: envelope === null ? (gone ?? 'taken') : null, logLength };
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

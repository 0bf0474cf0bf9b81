/** What stands inside events as bytes, because somebody else signed it. */
import type { Bytes } from './bytes';
import { decode } from './encoding';
import { partingBytes, request, type Body, type Request } from './log-shapes';

const MOST_REQUEST = 1024;
const MOST_PARTING = 256;

export function readRequest(bytes: Bytes): Request {
  return decode(bytes, request, MOST_REQUEST);
}

/** `[circle, member, head, not_before]`, or null when the author leaves. */
export function readParting(body: Body<'leave'>): [Bytes, Bytes, Bytes, number] | null {
  return body[0] === null ? null : [...decode(body[0][0], partingBytes, MOST_PARTING)];
}

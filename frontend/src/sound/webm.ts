/**
 * What a sound holds, looked at before a decoder is: few bytes can stand for hours of silence, and a decoder would take
 * memory for all of them. Of WebM (EBML, RFC 8794) only what is needed to count the packets.
 */

/** A minute in packets of 20 ms, the shortest that are made, and a little more. */
export const MOST_PACKETS = 3100;

const EBML = 0x1a45dfa3;
const CLUSTER = 0x1f43b675;
/** Segment, Cluster, BlockGroup: one goes into them. Everything else is passed over, and ends within the file. */
const OPENED = [0x18538067, CLUSTER, 0xa0];
/** SimpleBlock and Block. */
const BLOCKS = [0xa3, 0xa1];
const LACED = 0x06;

/** A number whose first byte says how long it is; with `marked` that mark stays, as in an element's name. */
function numberAt(bytes: Uint8Array, at: number, marked: boolean): { value: number; next: number } | null {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > bytes.length) return null;
  let value = marked ? first : first & (0xff >> length);
  for (let i = 1; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return { value, next: at + length };
}

/** Several packets in one block could be any number of them. */
function isLaced(bytes: Uint8Array, at: number): boolean {
  const track = numberAt(bytes, at, false);
  return track === null || ((bytes[track.next + 2] ?? LACED) & LACED) !== 0;
}

/** Wherever a cluster's name stands: a decoder that takes something for broken goes on at the next one. */
function clustersIn(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let found = 0;
  for (let at = 0; at + 4 <= bytes.length; at++) if (view.getUint32(at) === CLUSTER) found += 1;
  return found;
}

/** How many packets there are; null where this is no WebM, or they cannot be counted. */
export function packetsOf(bytes: Uint8Array): number | null {
  let packets = 0;
  let clusters = 0;
  for (let at = 0; at < bytes.length; ) {
    const name = numberAt(bytes, at, true);
    const size = name && numberAt(bytes, name.next, false);
    if (name === null || size === null || (at === 0 && name.value !== EBML)) return null;
    at = size.next;
    if (name.value === CLUSTER) clusters += 1;
    if (OPENED.includes(name.value)) continue;
    if (BLOCKS.includes(name.value)) {
      if (isLaced(bytes, at)) return null;
      packets += 1;
    }
    at += size.value;
    if (at > bytes.length) return null;
  }
  return clusters === clustersIn(bytes) ? packets : null;
}

export function mayBeDecoded(bytes: Uint8Array): boolean {
  const packets = packetsOf(bytes);
  return packets !== null && packets > 0 && packets <= MOST_PACKETS;
}

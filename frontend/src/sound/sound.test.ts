/** Slower and faster with the voice as high as it was; and what is counted before anything is decoded. */
import { describe, expect, it } from 'vitest';
import { inputs } from '../protocol/tests/fuzzing';
import { stretch } from './stretch';
import { mayBeDecoded, MOST_PACKETS, packetsOf } from './webm';

const HERTZ = 24_000;

function tone(hertz: number, seconds: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: HERTZ * seconds }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / HERTZ));
}

/** How high it is: half the times a second that it goes through nothing. */
function pitch(samples: Float32Array): number {
  let turns = 0;
  for (let i = 1; i < samples.length; i++) if ((samples[i] ?? 0) >= 0 !== (samples[i - 1] ?? 0) >= 0) turns++;
  return (turns / 2 / samples.length) * HERTZ;
}

describe('slower and faster', () => {
  it.each([0.75, 1, 1.25, 1.5])('at %d it takes as long as asked, and is as high as before', (rate) => {
    for (const hertz of [110, 220, 440]) {
      const sounding = stretch(tone(hertz, 2), rate, HERTZ);
      expect(sounding.length / HERTZ).toBeCloseTo(2 / rate, 2);
      expect(Math.abs(pitch(sounding) - hertz)).toBeLessThan(hertz * 0.03);
      expect(Math.max(...sounding)).toBeLessThan(1.5);
    }
  });

  it('leaves almost nothing and nothing as they are', () => {
    expect(stretch(new Float32Array(0), 1.5, HERTZ)).toHaveLength(0);
    expect(stretch(new Float32Array(3), 0.75, HERTZ)).toHaveLength(4);
  });
});

const START = [0x1a, 0x45, 0xdf, 0xa3, 0x80];
const SEGMENT = [0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const CLUSTER = [0x1f, 0x43, 0xb6, 0x75, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const block = (flags = 0x80) => [0xa3, 0x85, 0x81, 0x00, 0x00, flags, 0x07];
const inGroup = () => [0xa0, 0x87, 0xa1, 0x85, 0x81, 0x00, 0x00, 0x00, 0x07];
const webm = (...blocks: number[][]) => Uint8Array.from([...START, ...SEGMENT, ...CLUSTER, ...blocks.flat()]);
const hidden = () => [...CLUSTER, ...Array.from({ length: MOST_PACKETS + 1 }, () => block()).flat()];
/** An element that holds all of it. */
const around = (name: number[], held: number[]) => [...name, 0x10, held.length >> 16, (held.length >> 8) & 0xff, held.length & 0xff, ...held];

describe('before anything is decoded', () => {
  it('its packets are counted, and too many are not decoded', () => {
    expect(packetsOf(webm(block(), [0xec, 0x81, 0x00], inGroup()))).toBe(2);
    expect(mayBeDecoded(webm(...Array.from({ length: MOST_PACKETS }, () => block())))).toBe(true);
    expect(mayBeDecoded(webm(...Array.from({ length: MOST_PACKETS + 1 }, () => block())))).toBe(false);
  });

  it('several clusters, of a size or none, are one sound', () => {
    const second = [0x1f, 0x43, 0xb6, 0x75, 0x87, ...block()];
    expect(packetsOf(Uint8Array.from([...webm(block(), block()), ...second, ...CLUSTER, ...block()]))).toBe(4);
  });

  it.each([
    ['nothing', []],
    ['no WebM', [0x4f, 0x67, 0x67, 0x53]],
    ['a start and nothing in it', [...START, ...SEGMENT]],
    ['packets that cannot be counted', [...webm(block(0x86))]],
    ['a cut end', [...webm(block()), 0xa3]],
    ['an element longer than anything', [...START, 0x42, 0x86, 0x08]],
    ['what hides behind an element of no size', [...webm(block()), 0xec, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, ...hidden()]],
    ['what hides behind an element that ends behind the file', [...webm(block()), 0xec, 0x48, 0x00, ...block()]],
    ['what hides in an element that is passed over', [...webm(block()), ...around([0xec], hidden())]],
    ['what hides in a block', [...webm(block()), ...around([0xa3], [0x81, 0x00, 0x00, 0x80, ...hidden()])]],
  ])('%s is not decoded', (_, bytes) => {
    expect(mayBeDecoded(Uint8Array.from(bytes as number[]))).toBe(false);
  });

  it('what nobody meant is counted, or is no sound: p66', () => {
    const pool = [webm(block(), inGroup()), webm(block(), [0xec, 0x81, 0x00], block()), webm(...Array.from({ length: 90 }, () => block()))];
    for (const odd of inputs(20_000, 70, pool)) {
      const packets = packetsOf(odd);
      if (packets !== null) expect(packets * 6).toBeLessThanOrEqual(odd.length);
    }
  });
});

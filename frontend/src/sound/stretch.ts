/**
 * Slower and faster with the voice as high as it was: short windows of the sound, laid over each other closer together
 * or further apart, each where it goes on best from the one before (WSOLA: Verhelst and Roelands, 1993).
 * A media element could do it, and would need an address for the sound: the page's policy allows none.
 */
const WINDOW_S = 0.04;
const SEEK_S = 0.01;
const COARSE = 8;
const SPARSE = 4;

interface Places {
  samples: Float32Array;
  /** What would follow by itself. */
  natural: number;
  length: number;
}

function likeness({ samples, natural, length }: Places, at: number): number {
  let sum = 0;
  for (let i = 0; i < length; i += SPARSE) sum += (samples[natural + i] ?? 0) * (samples[at + i] ?? 0);
  return sum;
}

function best(places: Places, from: number, to: number, step: number): number {
  let found = from;
  let most = -Infinity;
  for (let at = from; at <= to; at += step) {
    const like = likeness(places, at);
    if (like > most) [most, found] = [like, at];
  }
  return found;
}

/** `rate` 2 is twice as fast. `hertz`: samples in a second. */
export function stretch(samples: Float32Array<ArrayBuffer>, rate: number, hertz: number): Float32Array<ArrayBuffer> {
  if (rate === 1) return samples;
  const hop = Math.round((WINDOW_S * hertz) / 2);
  const seek = Math.round(SEEK_S * hertz);
  const out = new Float32Array(Math.ceil(samples.length / rate) + 2 * hop);
  const rise = Float32Array.from({ length: 2 * hop }, (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * i) / hop));
  let natural = 0;
  for (let to = 0; to * rate < samples.length; to += hop) {
    const wanted = Math.round(to * rate);
    const places = { samples, natural, length: hop };
    const near = to === 0 ? 0 : best(places, Math.max(0, wanted - seek), wanted + seek, COARSE);
    const at = to === 0 ? 0 : best(places, Math.max(0, near - COARSE + 1), near + COARSE - 1, 1);
    // The first window has none before it to rise over.
    for (let i = 0; i < 2 * hop; i++) out[to + i] = (out[to + i] ?? 0) + (samples[at + i] ?? 0) * (to === 0 && i < hop ? 1 : (rise[i] ?? 0));
    natural = at + hop;
  }
  return out.slice(0, Math.ceil(samples.length / rate));
}

/**
 * How coded words and their stripes are painted. A code's own colour gives the hue; how light it is, the theme decides,
 * so that words stay readable on any colour. The pattern is the second sign, under the words and in the stripe.
 */
import type { Pattern } from '../core/palette';
import { isPattern } from '../core/palette';

interface Painted {
  colour: string;
  pattern: string;
}

/** A thing painted with gradients: its image and the size of one tile. */
interface Tile {
  image: (line: string) => string;
  size: string;
}

const row = (...stops: string[]) => (line: string) =>
  `repeating-linear-gradient(90deg, ${stops.map((stop) => stop.replace('C', line)).join(', ')})`;
const column = (...stops: string[]) => (line: string) =>
  `repeating-linear-gradient(${stops.map((stop) => stop.replace('C', line)).join(', ')})`;
const plain = (line: string) => `linear-gradient(${line}, ${line})`;
const check = (line: string) => `conic-gradient(${line} 25%, transparent 0 50%, ${line} 0 75%, transparent 0)`;

/** Bands below the words, 4 px high. */
const BANDS: Record<Pattern, Tile> = {
  solid: { image: plain, size: '100% 3px' },
  dashes: { image: row('C 0 8px', 'transparent 8px 12px'), size: '12px 3px' },
  dots: { image: (line) => `radial-gradient(circle, ${line} 1.6px, transparent 2px)`, size: '6px 4px' },
  double: { image: (line) => `linear-gradient(${line} 0 1px, transparent 1px 3px, ${line} 3px)`, size: '100% 4px' },
  wave: { image: (line) => `radial-gradient(circle at 50% 120%, transparent 2.4px, ${line} 2.6px 4.2px, transparent 4.4px)`, size: '8px 4px' },
  bars: { image: row('C 0 2px', 'transparent 2px 5px'), size: '5px 4px' },
  grid: { image: check, size: '4px 4px' },
  zigzag: { image: (line) => `linear-gradient(45deg, ${line} 40%, transparent 42%)`, size: '7px 4px' },
};

/** Stripes beside the text, 8 px wide, and swatches. */
const STRIPES: Record<Pattern, Tile> = {
  solid: { image: plain, size: '100% 100%' },
  dashes: { image: column('C 0 8px', 'transparent 8px 12px'), size: '100% 12px' },
  dots: { image: (line) => `radial-gradient(circle, ${line} 2.2px, transparent 2.7px)`, size: '8px 7px' },
  double: { image: (line) => `linear-gradient(90deg, ${line} 0 2.5px, transparent 2.5px 5.5px, ${line} 5.5px)`, size: '8px 100%' },
  wave: { image: (line) => `radial-gradient(circle at 110% 50%, transparent 3.6px, ${line} 4px 6.4px, transparent 6.8px)`, size: '8px 10px' },
  bars: { image: column('C 0 2px', 'transparent 2px 5px'), size: '100% 5px' },
  grid: { image: check, size: '8px 8px' },
  zigzag: { image: (line) => `linear-gradient(45deg, ${line} 46%, transparent 50%)`, size: '8px 8px' },
};

const HEX = /^#[0-9a-f]{6}$/i;
const hue = (colour: string) => (HEX.test(colour) ? colour : '#6f7fa3');
const of = (tiles: Record<Pattern, Tile>, pattern: string): Tile => tiles[isPattern(pattern) ? pattern : 'solid'];

export const lineColour = (colour: string): string => `oklch(from ${hue(colour)} var(--code-line) min(c, 0.14) h)`;
export const tintColour = (colour: string): string => `oklch(from ${hue(colour)} var(--code-tint) min(c, var(--code-tint-most)) h)`;

const MOST_BANDS = 3;
const BAND_PX = 4;
/** Room for bands below every coded word; `.run.coded` in the stylesheet leaves the same. */
export const BANDS_PX = MOST_BANDS * BAND_PX;

/** What lies under words with these codes, band 0 nearest to them; the innermost gives the ground. */
export function underWords(codes: readonly { look: Painted; band: number }[], innermost: Painted): string {
  const drawn = codes.filter(({ band }) => band < MOST_BANDS);
  const bands = drawn.map(({ look, band }) => {
    const { image, size } = of(BANDS, look.pattern);
    return `${image(lineColour(look.colour))} left bottom ${BANDS_PX - (band + 1) * BAND_PX}px / ${size} repeat-x`;
  });
  const spare = BANDS_PX - BAND_PX * (1 + Math.max(0, ...drawn.map(({ band }) => band)));
  return [...bands, `${plain(tintColour(innermost.colour))} left top / 100% calc(100% - ${spare}px) no-repeat`].join(', ');
}

/** A stripe, or a swatch. */
export function stripe({ colour, pattern }: Painted): string {
  const { image, size } = of(STRIPES, pattern);
  return `${image(lineColour(colour))} left top / ${size}, ${tintColour(colour)}`;
}

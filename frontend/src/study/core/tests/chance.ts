/** Chance that is the same each time, and texts that are hard to count. */
export type Chance = (below: number) => number;

/** Whole numbers from 0, below the given one (mulberry32). */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const PIECES = ['a', 'soup ', 'é', 'e\u0301', '🫖', '👩‍🍳', '🇬🇧', 'שלום ', 'مرحبا ', '. ', '\n', '한국', 'ß', '\u200b'];

export function mixedText(random: Chance, most: number): string {
  return Array.from({ length: random(most) }, () => PIECES[random(PIECES.length)]!).join('');
}

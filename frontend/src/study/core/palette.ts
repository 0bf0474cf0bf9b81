/**
 * How codes look: a colour and a pattern, so that no two are told apart by colour alone.
 * The colours differ in hue and in lightness, also for eyes that do not see red or green.
 */
export const COLOURS = [
  '#2a9d8f', '#9a7bbf', '#d1a03d', '#3d7fb8', '#c9788f', '#7c9a45', '#a9653b', '#6f7fa3',
] as const;

export const PATTERNS = ['solid', 'dashes', 'dots', 'double', 'wave', 'bars', 'grid', 'zigzag'] as const;
export type Pattern = (typeof PATTERNS)[number];

export interface Look {
  colour: string;
  pattern: Pattern;
}

export const isPattern = (text: string): text is Pattern => (PATTERNS as readonly string[]).includes(text);

/** The nth look; the first 64 are all different, and neighbours differ in both signs. */
export const lookOf = (nth: number): Look => ({
  colour: COLOURS[nth % COLOURS.length]!,
  pattern: PATTERNS[(nth + Math.floor(nth / COLOURS.length)) % PATTERNS.length]!,
});

/** The first look that none of these codes has, or the one used least lately. */
export function freeLook(used: readonly { colour: string; pattern: string }[]): Look {
  const taken = new Set(used.map(({ colour, pattern }) => `${colour.toLowerCase()} ${pattern}`));
  const most = COLOURS.length * PATTERNS.length;
  for (let nth = 0; nth < most; nth += 1) {
    const look = lookOf(nth);
    if (!taken.has(`${look.colour} ${look.pattern}`)) return look;
  }
  return lookOf(used.length % most);
}

/** Whom to ring in the country of this site, from the table that "Get help now" outside shows. */
export interface Ring {
  /** Small letters, such as `gb`; empty when it is not known. */
  country: string;
  /** As it is said: one number, or two where the country is not known. */
  emergency: string;
  /** A line for everyone, day and night; null when none is known. */
  night: { name: string; number: string } | null;
}

/** Until the site has said, and where it says nothing that could be rung. */
export const ANYWHERE: Ring = { country: '', emergency: '112 or 999', night: null };

/** What one press rings: the first number. */
export const telOf = (number: string) => `tel:${/^\d+/.exec(number)?.[0] ?? '112'}`;

const isText = (told: unknown, form: RegExp): told is string => typeof told === 'string' && form.test(told);

/** Reads `country` of /api/home. */
export function ringOf(told: unknown): Ring {
  const { code, emergency, night } = (told ?? {}) as Record<string, unknown>;
  if (!isText(code, /^[a-z]{2}$/) || !isText(emergency, /^\d{3}$/)) return ANYWHERE;
  const { name, number } = (night ?? {}) as Record<string, unknown>;
  const isLine = isText(name, /^.{1,120}$/) && isText(number, /^[0-9 +-]{3,24}$/);
  return { country: code, emergency, night: isLine ? { name, number } : null };
}

/** What could not be done, as it is said in a meeting: there is nobody to ring, and one can always listen. */
import type { Doing } from '../../ui/hooks';
import { voice as text } from '../../words/en/voice';

export function said({ code, trouble }: Pick<Doing, 'code' | 'trouble'>): string | null {
  const known: Partial<Record<string, string>> = text.troubles;
  return code === null ? trouble : (known[code] ?? trouble);
}

/** The safeguarding page as one sealed text: JSON, so that a later version can add a line. */
import type { Safeguarding } from '../inside/model';

const NONE: Safeguarding = { person: '', contact: '', whatHappens: '', emergency: '', looksIn: '' };

export function writeSafeguarding(page: Safeguarding): string {
  const { person, contact, whatHappens, emergency, looksIn } = page;
  return JSON.stringify({ person, contact, whatHappens, emergency, looksIn });
}

/** A text that another client wrote freely stands under "what happens". */
export function readSafeguarding(text: string | null): Safeguarding | null {
  if (text === null) return null;
  try {
    const told = JSON.parse(text) as Record<string, unknown>;
    const word = (...names: string[]) => {
      const found = names.map((name) => told[name]).find((value) => typeof value === 'string');
      return typeof found === 'string' ? found : '';
    };
    return {
      person: word('person'),
      contact: word('contact'),
      whatHappens: word('whatHappens', 'what_happens'),
      emergency: word('emergency'),
      looksIn: word('looksIn', 'looks_in'),
    };
  } catch {
    return { ...NONE, whatHappens: text };
  }
}

/**
 * The nudge while writing (ETHOS.md, "The nudge while writing"): a few rules of grammar, no model, no list of
 * acts or objects. It sees only the text in the box, answers at once, and stores and sends nothing.
 *
 * It would rather miss a borderline message than hold up honest distress. Whatever speaks of danger goes first
 * and is never held back: the screen sends it, and then shows help to its author.
 */
import { RULES, type Rule } from './nudge-rules';
import type { NudgeKind } from './views';

export interface NudgeAbout {
  /** A talk between two: one's own number may stand there. */
  oneToOne?: boolean;
  /** The message has a content note already. */
  hasNote?: boolean;
  /** Kinds that this person, or the whole group by vote, has switched off. Danger cannot be switched off. */
  nudgesOff?: readonly NudgeKind[] | 'all';
}

export interface Nudge {
  kind: NudgeKind;
}

/** The hurt that a sentence speaks of, in general words only. */
const HURT = /\b(?:hurt|hurts|hurting|harm|harms|harmed|harming|self-?harm\w*)\b/;

interface Reading {
  /** Small letters, straight quotes, single spaces. */
  plain: string;
  /** As written, for names and addresses. */
  written: string;
  speaksOfHurt: boolean;
}

const straight = (text: string) =>
  text.normalize('NFKC').replace(/[‘’ʼ]/g, "'").replace(/[“”]/g, '"');

/** Each sentence knows whether it, or the one before it, speaks of hurt. */
function sentences(text: string): Reading[] {
  const parts = straight(text)
    .split(/(?<=[.!?;])\s+|\n+/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
  return parts.map((written, n) => {
    const plain = written.toLowerCase();
    const before = parts[n - 1]?.toLowerCase() ?? '';
    return { plain, written, speaksOfHurt: HURT.test(plain) || HURT.test(before) };
  });
}

function fits(rule: Rule, reading: Reading, about: NudgeAbout): boolean {
  if (rule.nearHurt && !reading.speaksOfHurt) return false;
  if (rule.notOneToOne && about.oneToOne && /\b(?:my|mine|me|i'm|i am)\b/.test(reading.plain)) return false;
  if (rule.unlessNoted && about.hasNote) return false;
  const text = rule.asWritten ? reading.written : reading.plain;
  if (rule.unless?.test(reading.plain)) return false;
  if (!rule.atLeast) return rule.flags.test(text);
  const found = new Set(text.match(new RegExp(rule.flags.source, 'g')) ?? []);
  return found.size >= rule.atLeast;
}

function isOff(kind: NudgeKind, { nudgesOff = [] }: NudgeAbout): boolean {
  return nudgesOff === 'all' || nudgesOff.includes(kind);
}

/** The one nudge for this text, or null. `danger` comes before everything else. */
export function nudge(text: string, about: NudgeAbout = {}): Nudge | null {
  const readings = sentences(text);
  for (const rule of RULES) {
    if (rule.kind !== 'danger' && isOff(rule.kind, about)) continue;
    if (readings.some((reading) => fits(rule, reading, about))) {
      return { kind: rule.kind };
    }
  }
  return null;
}

/** What stays in the box once a message is safe: words that were written while it was being sealed are never cleared. */
import { NO_DRAFT, type Draft } from '../model';

export function remaining(now: Draft, said: Draft): Draft {
  if (now.text === said.text) return NO_DRAFT;
  const text = now.text.startsWith(said.text) ? now.text.slice(said.text.length).trimStart() : now.text;
  return {
    text,
    note: now.note === said.note ? '' : now.note,
    wants: now.wants === said.wants ? null : now.wants,
    replyTo: now.replyTo === said.replyTo ? null : now.replyTo,
  };
}

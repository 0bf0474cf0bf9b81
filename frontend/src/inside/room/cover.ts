/** What stands before a message's words until somebody asks to read them: the group's quiet, or its author's note. */
import { when } from '../../ui/when';
import { words } from '../../words/en';
import type { MessageView } from '../model';

const text = words.room;

/** Null where the words are open to everyone. `now` in seconds. */
export function cover({ note, quietUntil }: Pick<MessageView, 'note' | 'quietUntil'>, now: number): string | null {
  const lines = [quietUntil === null ? [] : text.quiet(when(quietUntil, now)), note === null ? [] : text.about(note)].flat();
  return lines.length === 0 ? null : lines.join(' ');
}

/** The cover, or so many letters of the words. */
export function inShort(message: MessageView, letters: number, now: number): string {
  return cover(message, now) ?? message.text.slice(0, letters);
}

/** Seeing less of a person, a talk or a word. Only this person's own settings change. */
import { useWatched } from '../../ui/hooks';
import { useBoat } from '../afloat';
import type { MessageView } from '../model';

const toggled = (list: readonly string[], one: string) =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

export function useMute() {
  const boat = useBoat();
  const settings = useWatched(boat.settings);
  return {
    isPerson: (id: string) => settings.mutedPeople.includes(id),
    isThread: (id: string) => settings.mutedThreads.includes(id),
    person: (id: string) => boat.saveSettings({ mutedPeople: toggled(settings.mutedPeople, id) }),
    thread: (id: string) => boat.saveSettings({ mutedThreads: toggled(settings.mutedThreads, id) }),
    /** Whether this person would rather not see the message unasked. Never one's own. */
    hides(message: MessageView): boolean {
      if (message.mine) return false;
      if (settings.mutedPeople.includes(message.author)) return true;
      const thread = message.replyTo ?? message.id;
      if (settings.mutedThreads.includes(thread) || settings.mutedThreads.includes(message.id)) return true;
      const text = `${message.note ?? ''} ${message.text}`.toLowerCase();
      return settings.mutedWords.some((word) => word && text.includes(word.toLowerCase()));
    },
  };
}

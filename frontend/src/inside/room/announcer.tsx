/** Says each new message by someone else once, to a screen reader; never the ones that were there already. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWatched } from '../../ui/hooks';
import { words } from '../../words/en';
import { nameOf, useBoat } from '../afloat';
import type { GroupView, Place } from '../model';
import { useMute } from '../pages/mute';

const text = words.room;

export function Announcer({ place, group }: { place: Place; group: GroupView }) {
  const talk = useWatched(useBoat().talk(place));
  const mute = useMute();
  const last = useRef<string | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!talk.isReady) return;
    const id = talk.count ? talk.idAt(talk.count - 1) : '';
    const message = talk.count ? talk.at(talk.count - 1) : null;
    const isNew = last.current !== null && id !== last.current;
    if (isNew && message?.state === 'sent' && !message.mine && !mute.hides(message)) {
      const name = nameOf(group, message.author, words.someoneGone);
      setSaid(text.announce(name, message.note === null ? message.text : text.about(message.note)));
    }
    if (message || !talk.count) last.current = id;
  }, [talk]);
  return <div class="said" aria-live="polite">{said}</div>;
}

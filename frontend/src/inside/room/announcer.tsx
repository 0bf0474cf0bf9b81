/**
 * Says each new message by someone else once, to a screen reader; never the ones that were there already.
 * One's own words are answered with "Sent."; words that were taken back are not kept here.
 */
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
  const going = useRef(new Set<string>());
  const spoken = useRef<string | null>(null);
  const [said, setSaid] = useState('');
  const stateOf = (id: string) => {
    const row = talk.indexOf(id);
    return row < 0 ? undefined : talk.at(row)?.state;
  };
  const say = (words: string, about: string | null) => {
    spoken.current = about;
    setSaid(words);
  };
  useEffect(() => {
    if (!talk.isReady) return;
    const id = talk.count ? talk.idAt(talk.count - 1) : '';
    const message = talk.count ? talk.at(talk.count - 1) : null;
    const isNew = last.current !== null && id !== last.current;
    if (isNew && message?.state === 'sent' && !message.mine && !mute.hides(message)) {
      const name = nameOf(group, message.author, words.someoneGone);
      say(text.announce(name, message.note === null ? message.text : text.about(message.note)), id);
    } else if (spoken.current !== null && stateOf(spoken.current) === 'taken-back') say('', null);
    if (message?.mine && message.state === 'waiting') going.current.add(id);
    for (const one of going.current) {
      if (stateOf(one) !== 'sent') continue;
      going.current.delete(one);
      say(text.sent, null);
    }
    if (message || !talk.count) last.current = id;
  }, [talk]);
  return <div class="said" aria-live="polite">{said}</div>;
}

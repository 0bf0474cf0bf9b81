/** Says what is new to a screen reader; never what was there already. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useWatched } from '../../ui/hooks';
import { words } from '../../words/en';
import { nameOf, useBoat, useNow } from '../afloat';
import type { GroupView, Place } from '../model';
import { useMute } from '../pages/mute';
import { Announcing } from './announcing';

export function Announcer({ place, group }: { place: Place; group: GroupView }) {
  const talk = useWatched(useBoat().talk(place));
  const mute = useMute();
  const now = useNow();
  const announcing = useMemo(() => new Announcing(), [place]);
  const [said, setSaid] = useState('');
  useEffect(() => {
    announcing.take(talk, { hides: (message) => mute.hides(message), nameOf: (author) => nameOf(group, author, words.someoneGone), now });
    setSaid(announcing.said);
  }, [talk]);
  return <div class="said" aria-live="polite">{said}</div>;
}

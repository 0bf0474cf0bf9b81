/** On Today: the oldest words that nobody has answered. One quiet card, no number, and nothing of what they say. */
import { useEffect, useState } from 'preact/hooks';
import { useWatched } from '../../ui/hooks';
import { Button, Card } from '../../ui/parts';
import { clock, dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { unanswered as text } from '../../words/en/unanswered';
import { nameOf, useGroup, useNow, usePutOff, useWholeBoat } from '../afloat';
import type { MessageView } from '../model';
import { pathTo } from '../route';
import { jump } from '../room/jump';
import { oldestUnanswered } from '../unanswered';
import { useMute } from './mute';

const SOON_MS = 400;

export function Unanswered() {
  const boat = useWholeBoat();
  const group = useGroup();
  const now = useNow();
  const mute = useMute();
  const [room, everyday] = [useWatched(boat.talk('room')), useWatched(boat.talk('everyday'))];
  const { isOff, later } = usePutOff('unanswered');
  const [found, setFound] = useState<MessageView | null>(null);
  const { hours } = boat.answerTime();
  useEffect(() => {
    const here = new Set(group.members.filter(({ isGone }) => !isGone).map(({ id }) => id));
    const look = () => setFound(hours === null ? null : oldestUnanswered([room, everyday], hours, now, (message) => !here.has(message.author) || mute.hides(message)));
    // Not before the page stands: a room of thousands is looked through.
    const timer = setTimeout(look, SOON_MS);
    return () => clearTimeout(timer);
  }, [room, everyday, hours, now, group.members, useWatched(boat.settings)]);
  if (found === null || isOff || group.onBreak) return null;
  const { id, author, place, time } = found;
  return (
    <Card title={text.title}>
      <p>{text.said(nameOf(group, author, words.someoneGone), `${dayWithin(time, now)}, ${clock(time)}`, place === 'room' ? words.room.room : words.room.everyday)}</p>
      <p class="row">
        <a class="button sea" href={pathTo(place)} onClick={() => void (jump.to = id)}>{text.look}</a>
        <Button onPress={later}>{text.notNow}</Button>
      </p>
      <p class="hint">{text.hint}</p>
    </Card>
  );
}

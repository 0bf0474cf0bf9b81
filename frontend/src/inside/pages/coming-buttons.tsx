/** Coming, or not this time: one press, and another takes it back. Works without a connection. */
import { useDoing } from '../../ui/hooks';
import { Button, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { listed, nameOf, useGroup, useWholeBoat } from '../afloat';
import type { DayView, MeetingView, Says } from '../meeting-views';
import { useNow } from '../afloat';
import { whenIs } from './meeting-times';

const text = words.meetings;

export function Coming({ meeting, day }: { meeting: MeetingView; day: DayView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const when = whenIs(day, useNow());
  const says = (what: Exclude<Says, null>) => void doing.run(() => boat.sayComing(meeting.id, day.was, day.mine === what ? null : what));
  return (
    <>
      <Who day={day} />
      <TroubleLine text={doing.trouble} />
      <p class="row no-print">
        <Button kind="sea" about={when} pressed={day.mine === 'coming'} busy={doing.busy} onPress={() => says('coming')}>{text.coming}</Button>
        <Button about={when} pressed={day.mine === 'not'} busy={doing.busy} onPress={() => says('not')}>{text.not}</Button>
      </p>
    </>
  );
}

function Who({ day }: { day: DayView }) {
  const group = useGroup();
  const names = (ids: readonly string[]) => listed([...ids].map((id) => (id === group.me ? words.you : nameOf(group, id, words.someoneGone))));
  return (
    <p class="no-print">
      {day.coming.length > 0 && text.comingWho(names(day.coming))}
      {day.coming.length > 0 && day.not.length > 0 && ' '}
      {day.not.length > 0 && text.notWho(names(day.not))}
      {day.coming.length + day.not.length === 0 && <span class="soft">{text.nobodyYet}</span>}
    </p>
  );
}

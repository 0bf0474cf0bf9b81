/** Everything that is planned, when to be reminded, and the way to plan more. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Card, Tick, TroubleLine, Way } from '../../ui/parts';
import { words } from '../../words/en';
import { useGroup, useNow, useWholeBoat } from '../afloat';
import type { MeetingsView, MeetingView } from '../meeting-views';
import { pathTo } from '../route';
import { toldOf } from '../told-of';
import { Coming } from './coming-buttons';
import { elsewhere, nextOf, repeats, whenIs } from './meeting-times';
import { useMeetings } from './next-meeting';
import { VoiceWay } from './voice-ways';

const text = words.meetings;

export const useAmHost = (): boolean => useGroup().members.some(({ isMe, isHost }) => isMe && isHost);

export function MeetingsPage() {
  const view = useMeetings();
  const amHost = useAmHost();
  const hasHost = useGroup().members.some(({ isHost }) => isHost);
  const ahead = view.meetings.filter(({ days, isLost, isCancelled }) => isLost || isCancelled || days.length > 0);
  return (
    <Page title={text.title} back="today">
      {view.isUnsigned && <p role="alert">{text.unsigned}</p>}
      {view.isBehind && <p role="alert">{text.behind}</p>}
      {view.isKnown && ahead.length === 0 && <p>{text.none} {amHost ? text.noneHost : text.noneMore}</p>}
      {inOrder(view).map((meeting) => <One key={meeting.id} meeting={meeting} />)}
      {amHost && <p><Way to={pathTo('planMeeting')} kind={ahead.length === 0 ? 'main' : 'sea'}>{text.plan}</Way></p>}
      <VoiceWay />
      {!amHost && <p class="hint">{hasHost ? text.hostPlans : text.noHost}</p>}
      {view.isKnown && <Reminders view={view} />}
      <p><a href={pathTo('calendar')}>{text.calendarLink}</a></p>
      <p class="soft">{text.noRecord}</p>
    </Page>
  );
}

/** By the next day of each; what is cancelled whole comes last. */
function inOrder({ meetings }: MeetingsView): MeetingView[] {
  const first = ({ days, isCancelled }: MeetingView) => (isCancelled ? Number.MAX_SAFE_INTEGER : (days[0]?.start ?? 0));
  const shown = meetings.filter(({ days, isLost, isCancelled }) => isLost || isCancelled || days.length > 0);
  return shown.sort((a, b) => first(a) - first(b));
}

function One({ meeting }: { meeting: MeetingView }) {
  const now = useNow();
  const { next, cancelled } = nextOf({ meetings: [meeting], isKnown: true, isUnsigned: false, isBehind: false, dayBefore: false, twoHoursBefore: false }, now);
  return (
    <Card title={meeting.isBare ? text.bare : meeting.title}>
      {meeting.isLost && <p>{text.lost}</p>}
      {meeting.isCancelled && <p>{text.allCancelled}</p>}
      {!meeting.isCancelled && cancelled.map(({ day }) => <p key={day.was} class="soft">{whenIs(day, now)} <span class="chip">{text.cancelled}</span></p>)}
      {next && (
        <>
          <p>
            <strong>{whenIs(next.day, now)}</strong>
            {next.day.state === 'moved' && <span class="chip">{text.moved}</span>}
            {meeting.isGetTogether && <span class="chip">{text.getTogether}</span>}
            {repeats(meeting, now) !== '' && <><br /><span class="soft">{repeats(meeting, now)}</span></>}
          </p>
          {elsewhere(meeting, next.day) && <p class="soft">{elsewhere(meeting, next.day)}</p>}
          {meeting.place !== '' && <p>{meeting.place}</p>}
          <Coming meeting={meeting} day={next.day} />
        </>
      )}
      <p><a href={pathTo('meeting', meeting.id)}>{text.open(meeting.isBare ? text.title : meeting.title)}</a></p>
    </Card>
  );
}

/** A tick stands as it was pressed; where that could not be kept, it goes back and says why. */
function Reminders({ view: { dayBefore, twoHoursBefore } }: { view: MeetingsView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [wish, setWish] = useState({ dayBefore, twoHoursBefore });
  const [saved, setSaved] = useState(false);
  useEffect(() => setWish({ dayBefore, twoHoursBefore }), [dayBefore, twoHoursBefore]);
  const choose = async (change: Partial<typeof wish>) => {
    const next = { ...wish, ...change };
    setSaved(false);
    setWish(next);
    if (await doing.run(() => boat.remindMe(next))) setSaved(true);
    else if (!doing.busy) setWish(wish);
  };
  return (
    <Card title={text.reminders}>
      <Tick label={text.dayBefore} on={wish.dayBefore} onTick={(on) => void choose({ dayBefore: on })} />
      <Tick label={text.twoHoursBefore} on={wish.twoHoursBefore} onTick={(on) => void choose({ twoHoursBefore: on })} />
      <p role="status">{saved && text.calendar.saved}</p>
      {(wish.dayBefore || wish.twoHoursBefore) && <NoWay />}
      <TroubleLine text={doing.trouble} />
      <p class="hint">{text.remindersMore}</p>
    </Card>
  );
}

/** What was ticked would not come: said where it is ticked. */
function NoWay() {
  const boat = useWholeBoat();
  const telling = useWatched(boat.telling);
  const doing = useDoing();
  useEffect(() => void doing.run(() => boat.lookUpTelling()), []);
  const told = telling === null ? 'told' : toldOf(telling, 'meetings');
  if (told === 'told') return null;
  return (
    <div role="status">
      <p>{told === 'none' ? text.noWay : text.notOfMeetings}</p>
      <Way to={pathTo('howTold')} kind="sea">{words.telling.askLook}</Way>
    </div>
  );
}

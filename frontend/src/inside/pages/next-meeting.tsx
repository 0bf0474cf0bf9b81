/** The next meeting, on the first screen and in one line above the rooms. */
import { useEffect } from 'preact/hooks';
import { useWatched } from '../../ui/hooks';
import { words } from '../../words/en';
import { useNow, useWholeBoat } from '../afloat';
import { pathTo } from '../route';
import type { MeetingsView } from '../meeting-views';
import { Coming } from './coming-buttons';
import { alsoOf, dayAhead, elsewhere, nextOf, whenIs } from './meeting-times';
import { VoiceNow } from './voice-ways';

const text = words.meetings;

/** What is planned: at once as it is known here, and as the server has it. */
export function useMeetings(): MeetingsView {
  const boat = useWholeBoat();
  const there = boat.meetings();
  useEffect(() => void boat.lookUpMeetings().catch(() => undefined), [there]);
  return useWatched(there);
}

export function NextMeeting() {
  const view = useMeetings();
  const now = useNow();
  const { next, cancelled } = nextOf(view, now);
  const isNow = next !== null && next.day.start <= now;
  return (
    <section class="card sea">
      <h2><a href={pathTo('meetings')}>{text.next}</a></h2>
      {view.isUnsigned && <p>{text.unsigned}</p>}
      {view.isBehind && <p>{text.behind}</p>}
      {cancelled.map(({ meeting, day }) => <p key={`${meeting.id} ${day.was}`} class="soft">{text.notThis(meeting.isBare ? text.next : meeting.title, dayAhead(day.start, now))}</p>)}
      {next === null ? view.isKnown && <None /> : (
        <>
          <p>
            <strong>{whenIs(next.day, now)}</strong>
            {next.day.state === 'moved' && !isNow && <span class="chip">{text.moved}</span>}
            {next.meeting.isGetTogether && <span class="chip">{text.getTogether}</span>}
            <br />
            <a href={pathTo('meeting', next.meeting.id)}>{next.meeting.isBare ? text.title : next.meeting.title}</a>
            {next.meeting.place !== '' && <span>, {next.meeting.place}</span>}
          </p>
          {elsewhere(next.meeting, next.day) && <p class="soft">{elsewhere(next.meeting, next.day)}</p>}
          {next.meeting.bring !== '' && <p class="soft">{text.bring}: {next.meeting.bring}</p>}
          <VoiceNow meeting={next.meeting} day={next.day} now={now} />
          <Coming meeting={next.meeting} day={next.day} />
          {alsoOf(view, next, now).map(({ meeting, day }) => (
            <p key={meeting.id}>{text.also} <a href={pathTo('meeting', meeting.id)}>{meeting.isBare ? text.title : meeting.title}</a>, {whenIs(day, now)}.</p>
          ))}
        </>
      )}
    </section>
  );
}

function None() {
  return (
    <>
      <p>{text.none}</p>
      <p class="soft">{text.noneMore}</p>
    </>
  );
}

/** In a room: when, or that there is none yet. */
export function NextLine() {
  const view = useMeetings();
  const now = useNow();
  const { next } = nextOf(view, now);
  return <>{next === null ? words.room.nonePlanned : whenIs(next.day, now)}</>;
}

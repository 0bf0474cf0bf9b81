/** One meeting: all about it, a card to print, and for hosts what can be changed. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Fold, Lines, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { useNow, useWholeBoat } from '../afloat';
import type { DayView, MeetingView } from '../meeting-views';
import { Coming } from './coming-buttons';
import { elsewhere, endOn, isAfterMidnight, localOf, repeats, whenIs } from './meeting-times';
import { useAmHost } from './meetings';
import { useMeetings } from './next-meeting';
import { PickedHours, useNextDay } from './picked-hours';
import { Picked } from './picked';
import { MeetingForm } from './plan-meeting';
import { isByVoice, VoiceWay } from './voice-ways';

const text = words.meetings;
/** A page of days is enough to plan by. */
const SHOWN = 5;

export function MeetingPage({ id }: { id: string }) {
  const view = useMeetings();
  const amHost = useAmHost();
  const now = useNow();
  const meeting = view.meetings.find((one) => one.id === id);
  if (meeting === undefined) return <Page title={text.title} back="meetings">{view.isKnown && <p>{text.gone}</p>}</Page>;
  const days = meeting.isCancelled ? [] : meeting.days.filter(({ end }) => end > now);
  return (
    <Page title={meeting.isBare ? text.bare : meeting.title} back="meetings">
      <About meeting={meeting} first={days.find(({ state }) => state !== 'cancelled')} />
      <p class="row no-print"><Button onPress={() => print()}>{text.print}</Button></p>
      {!meeting.isCancelled && !meeting.isLost && (
        <div class="no-print">
          <Card title={text.days}>
            {days.length === 0 && <p>{text.noMore}</p>}
            {days.slice(0, SHOWN).map((day) => <Day key={day.was} meeting={meeting} day={day} amHost={amHost} />)}
            <p class="hint">{text.noRecord}</p>
          </Card>
        </div>
      )}
      {amHost && <Hosts meeting={meeting} />}
    </Page>
  );
}

/** What also stands on the printed card. */
function About({ meeting, first }: { meeting: MeetingView; first: DayView | undefined }) {
  const now = useNow();
  const often = repeats(meeting, now);
  return (
    <Card>
      {meeting.isCancelled && <p>{text.allCancelled}</p>}
      {meeting.isLost && <p>{text.lost}</p>}
      {often !== '' && <p>{often}</p>}
      {first && <p><strong>{whenIs(first, now)}</strong></p>}
      {first && elsewhere(meeting, first) && <p class="soft">{elsewhere(meeting, first)}</p>}
      {([[text.where, meeting.place], [text.access, meeting.access], [text.bring, meeting.bring]] as const).map(([what, said]) => said !== '' && (
        <div key={what}>
          <h2>{what}</h2>
          <Lines text={said} />
        </div>
      ))}
      {isByVoice(meeting) && !meeting.isCancelled && <VoiceWay isMain />}
      {meeting.link !== '' && <Link to={meeting.link} />}
    </Card>
  );
}

/** Only an address of the web becomes a link; anything else is shown as it was written. */
function Link({ to }: { to: string }) {
  const isWeb = /^https:\/\/[^\s]+$/.test(to);
  return (
    <div>
      <h2>{text.link}</h2>
      {isWeb ? <p class="no-print"><a class="button sea" href={to} rel="noreferrer noopener" target="_blank">{text.linkOpen}</a> <span class="soft">{to.split('/')[2]}</span></p> : null}
      <p class={isWeb ? 'printed' : ''}>{to}</p>
      <p class="hint no-print">{text.linkMore}</p>
    </div>
  );
}

function Day({ meeting, day, amHost }: { meeting: MeetingView; day: DayView; amHost: boolean }) {
  const now = useNow();
  const boat = useWholeBoat();
  // Each for itself: what was just done may still be on its way when the other is pressed.
  const [going, coming] = [useDoing(), useDoing()];
  const cancel = () => void going.run(() => boat.changeDay(meeting.id, day.was, 'cancelled'));
  const putBack = () => void coming.run(() => boat.changeDay(meeting.id, day.was, null));
  const isOff = day.state === 'cancelled';
  return (
    <div class="meeting-day">
      <p><strong>{whenIs(day, now)}</strong> {day.state !== 'on' && <span class="chip">{isOff ? text.cancelled : text.moved}</span>}</p>
      {!isOff && <Coming meeting={meeting} day={day} />}
      <TroubleLine text={going.trouble ?? coming.trouble} />
      {amHost && isOff && <Button kind="link" busy={coming.busy} about={whenIs(day, now)} onPress={putBack}>{text.putBack}</Button>}
      {amHost && !isOff && (
        <p class="row">
          <Button kind="link" busy={going.busy} about={whenIs(day, now)} onPress={cancel}>{text.cancelDay}</Button>
          {day.state === 'moved' && <Button kind="link" busy={coming.busy} onPress={putBack}>{text.backToUsual}</Button>}
        </p>
      )}
      {amHost && !isOff && <Fold face={text.moveDay}><Move meeting={meeting} day={day} /></Fold>}
    </div>
  );
}

function Move({ meeting, day }: { meeting: MeetingView; day: DayView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  // From where it is now, which for a moved day is not where it usually would be.
  const [start, end] = [localOf(day.start, meeting.zone) ?? day.was, localOf(day.end, meeting.zone) ?? meeting.end];
  const [date, setDate] = useState(start.slice(0, 10));
  const [hours, setHours] = useState({ from: start.slice(11), to: end.slice(11) });
  const { from, to } = hours;
  const next = useNextDay(hours, isAfterMidnight(from, to));
  const move = () => {
    next.ask();
    if (next.isSure) void doing.run(() => boat.changeDay(meeting.id, day.was, { start: `${date}T${from}`, end: endOn(date, from, to) }));
  };
  return (
    <>
      <Picked label={text.day} kind="date" value={date} onInput={setDate} />
      <PickedHours hours={hours} next={next} onChoose={(change) => setHours({ ...hours, ...change })} />
      <TroubleLine text={doing.trouble} />
      <Button kind="sea" busy={doing.busy} onPress={move}>{text.moveSave}</Button>
    </>
  );
}

function Hosts({ meeting }: { meeting: MeetingView }) {
  const boat = useWholeBoat();
  const [going, coming] = [useDoing(), useDoing()];
  const [saved, setSaved] = useState(false);
  const cancel = () => void going.run(() => boat.cancelMeeting(meeting.id, true));
  const putBack = () => void coming.run(() => boat.cancelMeeting(meeting.id, false));
  return (
    <div class="no-print">
      <Fold face={text.change} kind="plain">
        <MeetingForm key={meeting.version} from={meeting} face={text.saveChange} onSend={async (next) => { await boat.changeMeeting(meeting.id, next); setSaved(true); }} />
      </Fold>
      <p role="status">{saved && text.changed}</p>
      <TroubleLine text={going.trouble ?? coming.trouble} />
      {meeting.isCancelled ? (
        <p><Button kind="sea" busy={coming.busy} onPress={putBack}>{text.putBack}</Button></p>
      ) : (
        <>
          <p><Button kind="link" busy={going.busy} onPress={cancel}>{text.cancelAll}</Button></p>
          <p class="hint">{text.cancelAllMore}</p>
        </>
      )}
    </div>
  );
}

/** The form in which a host plans a meeting, or changes one. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Choice, Field, Form, Tick, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { voice } from '../../words/en/voice';
import { goInstead, useWholeBoat } from '../afloat';
import type { NewMeeting } from '../meeting-views';
import { endOn, isDay, repeatsFrom } from './meeting-times';
import { Picked } from './picked';
import { PickedHours, useNextDay } from './picked-hours';
import { isByVoice } from './voice-ways';

const text = words.meetings;

const hereZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/London';

export const NOTHING_PLANNED = (): NewMeeting => ({
  isGetTogether: false, title: '', place: '', access: '', bring: '', link: '', start: 'T19:00', end: 'T20:30', zone: hereZone(), rule: '',
});

export function MeetingForm({ from: given, face, onSend }: { from: NewMeeting; face: string; onSend: (meeting: NewMeeting) => Promise<unknown> }) {
  const doing = useDoing();
  const [made, setMade] = useState(given);
  const [tried, setTried] = useState(false);
  const [date, from] = made.start.split('T') as [string, string];
  const to = made.end.split('T')[1] ?? '';
  const next = useNextDay({ from, to }, isDay(given.start.slice(0, 10)) && given.end.slice(0, 10) > given.start.slice(0, 10));
  const set = (change: Partial<NewMeeting>) => setMade({ ...made, ...change });
  const times = (next: { date?: string; from?: string; to?: string }) => {
    const [day, start, end] = [next.date ?? date, next.from ?? from, next.to ?? to];
    const rule = repeatsFrom(day)[repeatsFrom(date).findIndex(({ value }) => value === made.rule)]?.value ?? (next.date === undefined ? made.rule : '');
    set({ start: `${day}T${start}`, end: endOn(day, start, end), rule });
  };
  const send = () => {
    setTried(true);
    next.ask();
    if (made.title.trim() !== '' && isDay(date) && next.isSure) void doing.run(() => onSend(made));
  };
  return (
    <Form onSend={send}>
      <Choice
        legend={text.kind}
        value={made.isGetTogether ? 'together' : 'meeting'}
        options={[{ value: 'meeting', label: text.kinds.meeting }, { value: 'together', label: text.kinds.together }]}
        onChoose={(kind) => set({ isGetTogether: kind === 'together' })}
      />
      <Field label={text.name} hint={text.nameHint} value={made.title} onInput={(title) => set({ title })} error={tried && made.title.trim() === '' ? text.nameMissing : null} />
      <Picked label={text.day} kind="date" value={date} onInput={(value) => times({ date: value })} error={tried && !isDay(date) ? text.pickDay : null} />
      <PickedHours hours={{ from, to }} next={next} onChoose={times} />
      {isDay(date) && <Repeats made={made} date={date} onChoose={(rule) => set({ rule })} />}
      <Details made={made} set={set} />
      <TroubleLine text={doing.trouble} />
      <Button kind="main" submit busy={doing.busy}>{face}</Button>
    </Form>
  );
}

function Repeats({ made, date, onChoose }: { made: NewMeeting; date: string; onChoose: (rule: string) => void }) {
  const known = repeatsFrom(date);
  const options = known.some(({ value }) => value === made.rule) ? known : [...known, { value: made.rule, label: text.asItIs }];
  return <Choice legend={text.repeats} value={made.rule} options={options} onChoose={onChoose} />;
}

function Details({ made, set }: { made: NewMeeting; set: (change: Partial<NewMeeting>) => void }) {
  const { canMeet } = useWatched(useWholeBoat().gathering());
  const isVoice = canMeet && isByVoice(made);
  return (
    <>
      {canMeet && <Tick label={voice.plan.tick} hint={voice.plan.hint} on={isVoice} onTick={(on) => set({ place: on ? voice.plan.place : '' })} />}
      {!isVoice && <Field label={text.where} hint={text.placeHint} value={made.place} onInput={(place) => set({ place })} />}
      <Field label={text.access} hint={text.accessHint} value={made.access} onInput={(access) => set({ access })} rows={2} />
      <Field label={text.bring} value={made.bring} onInput={(bring) => set({ bring })} rows={2} />
      <Field label={text.linkField} hint={text.linkHint} value={made.link} onInput={(link) => set({ link })} />
      <Field label={text.zone} hint={text.zoneHint} value={made.zone} onInput={(zone) => set({ zone: zone.trim() })} />
    </>
  );
}

export function PlanMeeting() {
  const boat = useWholeBoat();
  return (
    <Page title={text.plan} back="meetings">
      <p>{text.planLead}</p>
      <MeetingForm from={NOTHING_PLANNED()} face={text.save} onSend={async (meeting) => goInstead('meeting', await boat.planMeeting(meeting))} />
    </Page>
  );
}

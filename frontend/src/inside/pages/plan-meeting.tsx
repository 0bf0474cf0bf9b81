/** The form in which a host plans a meeting, or changes one. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Choice, Field, Form, Tick, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { voice } from '../../words/en/voice';
import { goInstead, useWholeBoat } from '../afloat';
import type { NewMeeting } from '../meeting-views';
import { endOn, isDay, partsOf, repeatsFrom, withEnd } from './meeting-times';
import { Picked } from './picked';
import { PickedHours, useNextDay } from './picked-hours';
import { isByVoice } from './voice-ways';
import { hereZone, ZoneField } from './zone-field';

const text = words.meetings;

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
    set({ start: `${day}T${start}`, end: endOn(day, start, end), rule: movedRule(made.rule, date, day) });
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

/** "Every Tuesday" of a meeting that begins on another day becomes "every Wednesday". */
function movedRule(rule: string, from: string, to: string): string {
  if (from === to) return rule;
  const { repeat, until } = partsOf(rule);
  const same = repeatsFrom(from).findIndex(({ value }) => value === repeat);
  return withEnd(repeatsFrom(to)[same]?.value ?? '', until);
}

function Repeats({ made: { rule }, date, onChoose }: { made: NewMeeting; date: string; onChoose: (rule: string) => void }) {
  const { repeat, until } = partsOf(rule);
  const known = repeatsFrom(date);
  const options = known.some(({ value }) => value === repeat) ? known : [...known, { value: repeat, label: text.asItIs }];
  return (
    <>
      <Choice legend={text.repeats} value={repeat} options={options} onChoose={(next) => onChoose(withEnd(next, until))} />
      {repeat !== '' && <Picked label={text.until} kind="date" value={until} isOptional onInput={(last) => onChoose(withEnd(repeat, last))} />}
    </>
  );
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
      <ZoneField value={made.zone} onInput={(zone) => set({ zone })} />
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

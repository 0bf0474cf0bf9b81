/** When others may ring me: hours, "not today", a test ring, and my own number. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Fold, Form, Tick, TroubleLine, Way } from '../../ui/parts';
import { words } from '../../words/en';
import { listed, nameOf, present, useGroup, useNow, useWholeBoat } from '../afloat';
import type { HoursRow, ReachView } from '../reach-views';
import { pathTo } from '../route';
import type { Told } from '../telling-views';
import { needsIcon, thisBrowser } from '../told-of';
import { Chosen } from './chosen';
import { Picked } from './picked';
import { NotToday } from './reach-parts';

const text = words.reach;

export function ReachPage() {
  const view = useWatched(useWholeBoat().reach());
  return (
    <Page title={text.title} back="members">
      <p>{text.lead}</p>
      {view.hasNoRelay && <p role="status">{text.noRelay}</p>}
      {view.canRing && <Hours view={view} />}
      {view.canRing && <Test view={view} />}
      <Numbers view={view} />
    </Page>
  );
}

function clockOf(minutes: number): string {
  const hour = Math.floor(minutes / 60);
  const past = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `${hour % 12 || 12}${past}${hour < 12 ? 'am' : 'pm'}`;
}

function minutesOf(typed: string): number | null {
  const found = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(typed.trim());
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}

/** The same hours on several days stand in one line. */
function lines(hours: readonly HoursRow[]): HoursRow[][] {
  const same = new Map<string, HoursRow[]>();
  for (const row of hours) same.set(`${row.from} ${row.to}`, [...(same.get(`${row.from} ${row.to}`) ?? []), row]);
  return [...same.values()];
}

function inWords(rows: readonly HoursRow[]): string {
  const [{ from, to }] = rows as [HoursRow];
  const days = rows.length === 7 ? text.hours.every : listed(rows.map(({ day }) => text.days[day - 1] ?? ''));
  if (from === to) return from === 0 ? text.hours.allDay(days) : text.hours.round(days, clockOf(from));
  return text.hours.row(days, clockOf(from), clockOf(to)) + (to > from ? '' : text.hours.nextDay);
}

function Hours({ view: { mine } }: { view: ReachView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const isOff = useNow() < mine.rest;
  const save = (hours: readonly HoursRow[]) => void doing.run(() => boat.saveUpFor({ hours }));
  return (
    <Card title={text.hours.title}>
      {isOff && <p role="status">{text.today.is} <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.notToday(false))}>{text.today.undo}</Button></p>}
      {!isOff && (mine.hours.length > 0 || mine.ask) && <p><NotToday /></p>}
      {mine.hours.length === 0 && <p class="soft">{text.hours.none}</p>}
      <ul class="plain">
        {lines(mine.hours).map((rows) => (
          <li key={inWords(rows)}>{inWords(rows)} <Button kind="link" about={inWords(rows)} busy={doing.busy} onPress={() => save(mine.hours.filter((one) => !rows.includes(one)))}>{text.hours.remove}</Button></li>
        ))}
      </ul>
      <TroubleLine text={doing.trouble} />
      <Fold face={text.hours.add} kind="plain"><NewHours onAdd={(rows) => save(joined(mine.hours, rows))} /></Fold>
      <Tick label={text.ask} hint={text.askHint} on={mine.ask} onTick={(ask) => void doing.run(() => boat.saveUpFor({ ask }))} />
      <p class="hint">{text.hours.zone(mine.zone || Intl.DateTimeFormat().resolvedOptions().timeZone)}</p>
    </Card>
  );
}

/** In the order of a week, each once. */
function joined(hours: readonly HoursRow[], rows: readonly HoursRow[]): HoursRow[] {
  const all = new Map([...hours, ...rows].map((row) => [`${row.day} ${row.from} ${row.to}`, row]));
  return [...all.values()].sort((a, b) => a.day - b.day || a.from - b.from);
}

function NewHours({ onAdd }: { onAdd: (rows: HoursRow[]) => void }) {
  const [day, setDay] = useState('0');
  const [from, setFrom] = useState('20:00');
  const [to, setTo] = useState('22:00');
  const [error, setError] = useState<string | null>(null);
  const add = () => {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    setError(begin === null || end === null ? text.hours.bad : null);
    if (begin === null || end === null) return;
    const days = day === '0' ? [1, 2, 3, 4, 5, 6, 7] : [Number(day)];
    onAdd(days.map((one) => ({ day: one, from: begin, to: end })));
  };
  const days = [{ value: '0', label: text.hours.every }, ...text.days.map((label, n) => ({ value: String(n + 1), label }))];
  return (
    <Form onSend={add}>
      <Chosen label={text.hours.day} options={days} value={day} onChoose={setDay} />
      <Picked label={text.hours.from} kind="time" value={from} onInput={setFrom} error={error} />
      <Picked label={text.hours.to} kind="time" value={to} onInput={setTo} />
      <Button kind="sea" submit>{words.save}</Button>
    </Form>
  );
}

function Test({ view: { mine } }: { view: ReachView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const { stage, isHere } = useWatched(boat.testRing);
  const ring = () => void doing.run(() => boat.tryRing());
  const is = mine.reached ? (isHere ? text.test.done : text.test.elsewhere) : stage === 'page' ? text.test.onlyOpen : text.test.lead;
  return (
    <Card title={text.test.title} tone={mine.reached ? 'sea' : 'sand'}>
      <p role="status">{is}</p>
      {stage === 'page' && <TellHere />}
      <p role="status">{stage === 'sent' ? text.test.sent : stage === 'waits' ? text.test.waits : ''}</p>
      <TroubleLine text={doing.trouble} />
      <Button kind={mine.reached || stage === 'page' ? 'plain' : 'sea'} busy={doing.busy} onPress={ring}>{text.test.ring}</Button>
      <p class="hint">{text.test.told} <a href={pathTo('howTold')}>{text.test.toldLink}</a></p>
    </Card>
  );
}

/** What is missing so that a ring comes to a closed page; what else there is to say of it stands on the page about notes. */
function TellHere() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const telling = useWatched(boat.telling);
  const isMine = useWatched(boat.device) === 'mine';
  const [came, setCame] = useState<Told | null>(null);
  const here = words.telling.here;
  useEffect(() => void boat.lookUpTelling().catch(() => undefined), []);
  if (telling === null || needsIcon(thisBrowser())) return <p><Way to={pathTo('howTold')} kind="sea">{words.telling.askLook}</Way></p>;
  if (!telling.pushes || !isMine) return <p>{telling.pushes ? here.shared : here.notHere}</p>;
  return (
    <>
      <TroubleLine text={doing.trouble ?? (came === 'refused' ? here.refused : came === 'cannot' ? here.cannot : null)} />
      {telling.isHere
        ? <p role="status">{text.test.again}</p>
        : <p><Button kind="sea" busy={doing.busy} onPress={() => void doing.run(async () => setCame(await boat.tellHere()))}>{here.on}</Button></p>}
    </>
  );
}

function Numbers({ view: { given } }: { view: ReachView }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [number, setNumber] = useState('');
  const [to, setTo] = useState('');
  const others = present(group).filter(({ isMe }) => !isMe).map(({ id, name }) => ({ value: id, label: name }));
  const give = async () => {
    if (await doing.run(() => boat.giveNumber(to === '' ? null : to, number))) setNumber('');
  };
  const rows = [...(given.all === '' ? [] : [{ id: '', number: given.all }]), ...given.to];
  const face = (id: string) => (id === '' ? text.number.allGiven : nameOf(group, id, words.someoneGone));
  return (
    <Card title={text.number.title}>
      <p>{text.number.lead}</p>
      <ul class="plain">
        {rows.map((row) => (
          <li key={row.id}>
            {text.number.given(row.number, face(row.id))}{' '}
            <Button kind="link" about={face(row.id)} busy={doing.busy} onPress={() => void doing.run(() => boat.giveNumber(row.id === '' ? null : row.id, ''))}>{text.number.back}</Button>
          </li>
        ))}
      </ul>
      <Form onSend={() => void give()}>
        <Field label={text.number.label} value={number} onInput={setNumber} error={doing.trouble} autocomplete="tel" />
        <Chosen label={text.number.whom} options={[{ value: '', label: text.number.all }, ...others]} value={to} onChoose={setTo} />
        <Button submit busy={doing.busy}>{text.number.give}</Button>
      </Form>
    </Card>
  );
}

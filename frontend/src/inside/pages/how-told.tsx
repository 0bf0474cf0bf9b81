/** How you are told: the exact words first, then where, of what, and when not. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Choice, Field, Fold, Form, Tick, TroubleLine } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { useNow, useWholeBoat } from '../afloat';
import { isLong, type TellingView, type Told, type WishView } from '../telling-views';
import { needsIcon, thisBrowser } from '../told-of';
import { IphonePictures } from './iphone-pictures';

const text = words.telling;
const DAY = 86_400;

export function HowTold() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const telling = useWatched(boat.telling);
  const isAway = useWatched(boat.notices).includes('away');
  // Once more by itself when the connection is back.
  useEffect(() => void doing.run(() => boat.lookUpTelling()), [isAway]);
  return (
    <Page title={text.title} back="settings">
      <p>{text.lead}</p>
      <TroubleLine text={doing.trouble} />
      {telling && <All telling={telling} />}
    </Page>
  );
}

/** As it lies on a locked screen. */
export function LockScreen({ said }: { said: string }) {
  return <p class="card lock-screen">{said}</p>;
}

/** What is chosen stands as it was pressed, one after the other; where that could not be kept, it goes back and says why. */
function useWish(known: TellingView) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [pressed, setPressed] = useState<Partial<WishView>>({});
  const [saved, setSaved] = useState('');
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const without = (now: Partial<WishView>, change: Partial<WishView>) =>
    Object.fromEntries(Object.entries(now).filter(([name, value]) => change[name as keyof WishView] !== value));
  const saveIn = (card: string) => (change: Partial<WishView>) => {
    setPressed((now) => ({ ...now, ...change }));
    setSaved('');
    last.current = last.current.then(() => doing.run(() => boat.saveWish(change))).then((isDone) => {
      setPressed((now) => without(now, change));
      if (isDone) setSaved(card);
    });
  };
  const kept = (card: string) => <p role="status">{saved === card && words.saved}</p>;
  return { telling: { ...known, ...pressed }, trouble: doing.trouble, saveIn, kept };
}

function All({ telling: known }: { telling: TellingView }) {
  const { telling, trouble, saveIn, kept } = useWish(known);
  const save = saveIn('of');
  return (
    <>
      <p>{text.screen}</p>
      <LockScreen said={telling.words} />
      <p class="soft">{text.screenMore}</p>
      <Here telling={telling} />
      <Mail telling={telling} />
      <TroubleLine text={trouble} />
      <Card title={text.of.title}>
        <Tick label={text.of.talks} on={telling.talks} onTick={(talks) => save({ talks })} />
        <Tick label={text.of.group} on={telling.group} onTick={(group) => save({ group })} />
        <Tick label={text.of.meetings} on={telling.meetings} onTick={(meetings) => save({ meetings })} />
        <Tick label={text.of.rings} on={telling.rings} onTick={(rings) => save({ rings })} />
        {kept('of')}
      </Card>
      <LookIn telling={telling} save={saveIn('look')} kept={kept('look')} />
      <When telling={telling} save={saveIn('when')} kept={kept('when')} />
      <Try />
    </>
  );
}

function Here({ telling }: { telling: TellingView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const isMine = useWatched(boat.device) === 'mine';
  const [came, setCame] = useState<Told>('on');
  const ask = () => void doing.run(async () => setCame(await boat.tellHere()));
  const here = text.here;
  const isIcon = needsIcon(thisBrowser());
  return (
    <Card title={here.title}>
      <TroubleLine text={doing.trouble ?? (came === 'refused' ? here.refused : came === 'cannot' ? here.cannot : null)} />
      {!telling.pushes && <p>{here.notHere}</p>}
      {telling.pushes && !isMine && <p>{here.shared}</p>}
      {telling.pushes && isMine && !telling.isHere && !isIcon && <Button kind="sea" busy={doing.busy} onPress={ask}>{here.on}</Button>}
      {telling.pushes && isMine && isIcon && <IphonePictures />}
      {telling.isHere && <p role="status">{here.isOn}</p>}
      {telling.isHere && <Button busy={doing.busy} onPress={() => void doing.run(() => boat.stopHere())}>{here.off}</Button>}
      {telling.isElsewhere && (
        <p>
          {here.others} <Button kind="link" onPress={() => void doing.run(() => boat.stopEverywhere())}>{here.stopAll}</Button>
        </p>
      )}
      <p class="hint">{here.company}</p>
      <p class="hint">{here.heard}</p>
      {!isIcon && <Fold face={text.iphone.face}><IphonePictures /></Fold>}
    </Card>
  );
}

function Mail({ telling: { mailbox, sendsMail } }: { telling: TellingView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [address, setAddress] = useState('');
  const mail = text.mail;
  return (
    <Card title={mail.title}>
      {!sendsMail && <p>{mail.notHere}</p>}
      {mailbox && <p role="status">{mailbox.isAnswered ? mail.isOn(mailbox.address) : mail.asked(mailbox.address)}</p>}
      {mailbox?.isRefused && <p class="error">{mail.refused}</p>}
      {mailbox && <Button busy={doing.busy} onPress={() => void doing.run(() => boat.forgetMailbox())}>{mail.forget}</Button>}
      {sendsMail && !mailbox && (
        <Form onSend={() => void doing.run(() => boat.giveMailbox(address.trim()))}>
          <Field label={mail.label} hint={mail.hint} value={address} onInput={setAddress} autocomplete="email" error={doing.trouble} />
          <Button kind="sea" submit busy={doing.busy}>{mail.send}</Button>
        </Form>
      )}
    </Card>
  );
}

interface Part {
  telling: TellingView;
  save: (change: Partial<WishView>) => void;
  /** That it was kept. */
  kept: ComponentChildren;
}

/** Once a day, at an hour of one's own: whether somebody waits for an answer is seen on Today alone. */
function LookIn({ telling: { looksAt, isHere, isElsewhere, mailbox }, save, kept }: Part) {
  const isInVain = !isHere && !isElsewhere && mailbox?.isAnswered !== true;
  const look = text.lookIn;
  return (
    <Card title={look.title}>
      <Tick label={look.tick} hint={look.hint} on={looksAt !== null} onTick={(on) => save({ looksAt: on ? 20 * 60 : null })} />
      {looksAt !== null && <TimeField label={look.at} minutes={looksAt} onChoose={(at) => save({ looksAt: at })} />}
      {kept}
      {looksAt !== null && isInVain && <p role="status">{text.try.none}</p>}
    </Card>
  );
}

const BREAKS = { none: 0, day: 1, week: 7, month: 30 } as const;

function When({ telling, save, kept }: Part) {
  const now = useNow();
  const { quietFrom, quietTo, breakUntil } = telling;
  const isQuiet = quietFrom !== null && quietTo !== null;
  const isBreak = breakUntil !== null && breakUntil > now;
  const choose = text.when;
  return (
    <Card title={choose.title}>
      <Tick
        label={choose.quiet}
        hint={choose.quietHint}
        on={isQuiet}
        onTick={(on) => save(on ? { quietFrom: 22 * 60, quietTo: 8 * 60 } : { quietFrom: null, quietTo: null })}
      />
      {isQuiet && (
        <div class="row">
          <TimeField label={choose.from} minutes={quietFrom} onChoose={(from) => save({ quietFrom: from })} />
          <TimeField label={choose.to} minutes={quietTo} onChoose={(to) => save({ quietTo: to })} />
        </div>
      )}
      {isBreak && <p role="status">{isLong(breakUntil, now) ? choose.onBreak : choose.until(dayWithin(breakUntil, now))}</p>}
      <Choice
        legend={choose.break}
        options={[
          { value: 'none', label: choose.none },
          { value: 'day', label: choose.day },
          { value: 'week', label: choose.week },
          { value: 'month', label: choose.month },
        ]}
        value={isBreak ? null : 'none'}
        onChoose={(value) => save({ breakUntil: value === 'none' ? null : now + BREAKS[value] * DAY })}
      />
      {kept}
    </Card>
  );
}

function TimeField({ label, minutes, onChoose }: { label: string; minutes: number; onChoose: (minutes: number) => void }) {
  const value = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const chosen = (given: string) => {
    const [hour, minute] = given.split(':').map(Number);
    if (hour !== undefined && minute !== undefined && !Number.isNaN(hour + minute)) onChoose(hour * 60 + minute);
  };
  return (
    <label class="field time">
      {label}
      <input type="time" value={value} onChange={(event) => chosen(event.currentTarget.value)} />
    </label>
  );
}

function Try() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [ways, setWays] = useState<number | null>(null);
  return (
    <Card title={text.try.title}>
      <p>{text.try.lead}</p>
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void doing.run(async () => setWays(await boat.tryTelling()))}>{text.try.press}</Button>
      <p role="status">{ways !== null && (ways > 0 ? text.try.sent : text.try.none)}</p>
    </Card>
  );
}

/** A removal that waits for a week: anyone may say "Let's talk first", the person as well. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Lines, TroubleLine } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { listed, nameOf, useGroup, useNow, useWholeBoat } from '../afloat';
import type { WeekView } from '../model';
import { AfterRemoval } from './removal';

const text = words.deciding.week;

export function Week({ id }: { id: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const now = useNow();
  const [gone, setGone] = useState<string | null>(null);
  const week = boat.deciding().removals.find((one) => one.id === id);
  if (gone !== null) return <AfterRemoval name={gone} />;
  if (!week) return <Page title={text.over} back="today">{null}</Page>;
  const name = (one: string) => nameOf(group, one, words.someoneGone);
  const isMe = week.target === group.me;
  return (
    <Page title={isMe ? text.titleMe : text.title(name(week.target))} back="today">
      <Card title={text.why(name(week.by))}><Lines text={week.why} /></Card>
      {week.talks.length > 0 ? (
        <p role="status">{text.talked(listed(week.talks.map(name)))}</p>
      ) : (
        <p>{now < week.from && text.week(dayWithin(week.from, now))} {week.mayIConfirm ? text.yours : text.asks(name(week.asked))}</p>
      )}
      <Answers week={week} name={name(week.target)} onGone={setGone} />
    </Page>
  );
}

function Answers({ week, name, onGone }: { week: WeekView; name: string; onGone: (name: string) => void }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const remove = async () => {
    if (await doing.run(() => boat.confirmRemoval(week.id))) onGone(name);
  };
  return (
    <>
      <TroubleLine text={doing.trouble} />
      <p class="row">
        {!week.talks.includes(group.me) && !week.isMine && (
          <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.letsTalk(week.id))}>{text.talk}</Button>
        )}
        {week.isMine && <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.dropRemoval(week.id))}>{text.drop}</Button>}
        {week.mayIConfirm && <Button busy={doing.busy} onPress={() => void remove()}>{text.yes(name)}</Button>}
      </p>
    </>
  );
}

/** The second's look at somebody who says they were here before; and a yes to a new host. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Lines, TroubleLine } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { nameOf, useGroup, useNow, useWholeBoat } from '../afloat';
import type { ReturnAsked } from '../returning-views';

export function CheckReturn({ id }: { id: string }) {
  const text = words.returning.check;
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [asked, setAsked] = useState<ReturnAsked | null | undefined>(undefined);
  const [said, say] = useState<string | null>(null);
  // Notes may still be on their way here.
  useEffect(() => void (asked ?? boat.returnAsked(id).then(setAsked)), [group]);
  if (said !== null) return <Page title={said} back="today">{null}</Page>;
  if (asked == null) return <Page title={asked === null ? text.gone : words.opening} back="today">{null}</Page>;
  const name = (member: string) => nameOf(group, member, words.someoneGone);
  const answer = async (verb: () => Promise<void>, then: string) => {
    if (await doing.run(verb)) say(then);
  };
  return (
    <Page title={text.title(name(asked.by), name(asked.old))} back="today">
      <p>{text.lead}</p>
      <p>{text.calls(asked.name)}</p>
      {asked.hello && <Card title={text.hello}><Lines text={asked.hello} /></Card>}
      {asked.words && <Card title={text.words(name(asked.by))}><Lines text={asked.words} /></Card>}
      <TroubleLine text={doing.trouble} />
      <p><Button kind="main" busy={doing.busy} onPress={() => void answer(() => boat.sayChecked(id), text.done)}>{text.yes}</Button></p>
      <p><Button busy={doing.busy} onPress={() => void answer(() => boat.sayNotChecked(id), text.declined)}>{text.no}</Button></p>
    </Page>
  );
}

export function AppointHost({ id }: { id: string }) {
  const text = words.returning.host;
  const boat = useWholeBoat();
  const group = useGroup();
  const now = useNow();
  const doing = useDoing();
  const [said, say] = useState<string | null>(null);
  const asked = boat.hostAsked(id);
  if (said !== null) return <Page title={said} back="members">{null}</Page>;
  if (asked === null) return <Page title={words.returning.check.gone} back="today">{null}</Page>;
  const target = asked.target === group.me ? text.me : nameOf(group, asked.target, words.someoneGone);
  const answer = async (verb: () => Promise<void>, then: string) => {
    if (await doing.run(verb)) say(then);
  };
  return (
    <Page title={text.title(nameOf(group, asked.by, words.someoneGone), target)} back="today">
      <p>{text.lead(dayWithin(asked.until, now))}</p>
      <TroubleLine text={doing.trouble} />
      <p><Button kind="main" busy={doing.busy} onPress={() => void answer(() => boat.sayYesToHost(id), text.done(target))}>{text.yes}</Button></p>
      <p><Button busy={doing.busy} onPress={() => void answer(() => boat.sayNoToHost(id), words.returning.check.declined)}>{text.no}</Button></p>
    </Page>
  );
}

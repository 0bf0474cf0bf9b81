/** What was said before somebody came: given by a host and one other, in sight of all. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Choice, Form, TroubleLine } from '../../ui/parts';
import { day } from '../../ui/when';
import { words } from '../../words/en';
import { listed, nameOf, useGroup, useNow, useWholeBoat } from '../afloat';
import type { EarlierAsk, EarlierView } from '../earlier-views';

const text = words.earlier;

export function Earlier() {
  const boat = useWholeBoat();
  const { asks, mayGive, given } = boat.earlier();
  return (
    <Page title={text.title} back="members">
      <p>{text.lead}</p>
      <p>{text.think}</p>
      {asks.map((ask) => <Asked key={ask.id} ask={ask} />)}
      {mayGive.map((may) => <Asking key={may.member} may={may} />)}
      {mayGive.length === 0 && asks.length === 0 && <p>{text.nobody}</p>}
      {given.length > 0 && <Given given={given} />}
    </Page>
  );
}

/** Somebody asks me: yes or no. */
function Asked({ ask }: { ask: EarlierAsk }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const name = nameOf(group, ask.target, words.someoneGone);
  return (
    <Card title={text.asked(nameOf(group, ask.by, words.someoneGone), name)} tone="sea">
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.confirmEarlier(ask.id))}>{text.yes(name)}</Button>
        <Button busy={doing.busy} onPress={() => void doing.run(() => boat.declineEarlier(ask.id))}>{text.no}</Button>
      </p>
    </Card>
  );
}

function Asking({ may: { member, seconds } }: { may: EarlierView['mayGive'][number] }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [second, setSecond] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState(false);
  const name = (id: string) => nameOf(group, id, words.someoneGone);
  async function send() {
    setTried(true);
    if (second !== null && (await doing.run(() => boat.askEarlier(member, second)))) setAsked(true);
  }
  if (asked && second !== null) return <p role="status">{text.sent(name(second))}</p>;
  return (
    <Card title={text.forWhom(name(member))}>
      <Form onSend={() => void send()}>
        <Choice
          legend={text.second}
          options={seconds.map((id) => ({ value: id, label: name(id) }))}
          value={second}
          onChoose={setSecond}
          error={tried && !second ? text.secondMissing : null}
        />
        <TroubleLine text={doing.trouble} />
        <Button submit busy={doing.busy}>{text.ask}</Button>
      </Form>
    </Card>
  );
}

function Given({ given }: { given: EarlierView['given'] }) {
  const group = useGroup();
  const now = useNow();
  const name = (id: string) => nameOf(group, id, words.someoneGone);
  return (
    <Card title={text.givenTitle}>
      <ul class="plain">
        {given.map((one) => <li key={one.id}>{text.given(listed(one.by.map(name)), name(one.target), day(one.at, now))}</li>)}
      </ul>
    </Card>
  );
}

/** Two stories of one group: both lists, and the way for two people to go on with one. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Choice, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { listed, useWholeBoat } from '../afloat';
import type { ForkView } from '../fork-views';

const text = words.fork;

export function Forked() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [view, setView] = useState<ForkView | null>(null);
  const [isLooked, setLooked] = useState(false);
  const look = () => void doing.run(async () => {
    setView(await boat.lookAtFork());
    setLooked(true);
  });
  useEffect(look, []);
  return (
    <Page title={text.title} back="today">
      <TroubleLine text={doing.trouble} />
      {isLooked && view === null && <p role="status">{text.one}</p>}
      {view && <Both view={view} onDone={look} />}
    </Page>
  );
}

function Both({ view, onDone }: { view: ForkView; onDone: () => void }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  return (
    <>
      <p>{text.lead}</p>
      <p>{text.how}</p>
      <Card title={text.here}><p>{listed(view.here)}</p></Card>
      <Card title={text.there}><p>{listed(view.there)}</p></Card>
      {view.out.length > 0 && <p>{text.out(listed(view.out))}</p>}
      <p>{text.goOn}</p>
      {view.asks.map(({ id, by }) => (
        <Card key={id} title={text.asked(by)} tone="sea">
          <TroubleLine text={doing.trouble} />
          <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.confirmHeal(id)).then((isDone) => isDone && onDone())}>{text.yes}</Button>
        </Card>
      ))}
      <Asking seconds={view.seconds} />
    </>
  );
}

function Asking({ seconds }: { seconds: ForkView['seconds'] }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [second, setSecond] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  async function send() {
    setTried(true);
    if (second === null || !(await doing.run(() => boat.askHeal(second)))) return;
    setAsked(seconds.find(({ id }) => id === second)?.name ?? '');
  }
  if (asked !== null) return <p role="status">{text.sent(asked)}</p>;
  return (
    <Form onSend={() => void send()}>
      <Choice
        legend={text.second}
        options={seconds.map(({ id, name }) => ({ value: id, label: name }))}
        value={second}
        onChoose={setSecond}
        error={tried && !second ? text.secondMissing : null}
      />
      <TroubleLine text={doing.trouble} />
      <Button submit busy={doing.busy}>{text.ask}</Button>
    </Form>
  );
}

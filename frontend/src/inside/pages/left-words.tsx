/** Words left for when somebody is worried: to write them, to open another's, and to be told that one's own were opened. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { nameOf, useGroup, useWholeBoat } from '../afloat';

const text = words.worried.left;

export function LeftWords() {
  const boat = useWholeBoat();
  const { mine } = useWatched(boat.left());
  const doing = useDoing();
  const [written, setWritten] = useState<string | null>(null);
  const [done, setDone] = useState('');
  const change = (next: string) => (setWritten(next), setDone(''));
  const leave = async (next: string, say: string) => {
    if (!(await doing.run(() => boat.leaveWords(next)))) return;
    setWritten(null);
    setDone(say);
  };
  return (
    <Page title={text.title} back="members">
      <p>{text.lead}</p>
      <Form onSend={() => void leave(written ?? mine, words.saved)}>
        <Field label={text.label} hint={text.hint} rows={5} value={written ?? mine} onInput={change} error={doing.trouble} />
        <p class="row">
          <Button kind="sea" submit busy={doing.busy}>{words.save}</Button>
          {mine !== '' && <Button busy={doing.busy} onPress={() => void leave('', text.gone)}>{text.takeAway}</Button>}
          <span role="status">{done}</span>
        </p>
      </Form>
      <p class="soft">{text.who}</p>
    </Page>
  );
}

/** On the page of somebody who worries: nothing is drawn before it is asked for. */
export function LeftCard({ id }: { id: string }) {
  const boat = useWholeBoat();
  const { by } = useWatched(boat.left());
  const name = nameOf(useGroup(), id, words.someoneGone);
  const doing = useDoing();
  const [shown, setShown] = useState<string | null>(null);
  if (!by.includes(id)) return null;
  const open = () => void doing.run(async () => setShown(await boat.openLeft(id)));
  return (
    <Card title={text.card(name)}>
      <TroubleLine text={doing.trouble} />
      <div role="status">{shown !== null && <p class="kept-lines">{shown}</p>}</div>
      {shown === null && <Button kind="sea" busy={doing.busy} onPress={open}>{text.open(name)}</Button>}
    </Card>
  );
}

/** On Today of whoever left words. */
export function LeftOpened() {
  const { openedBy } = useWatched(useWholeBoat().left());
  return <>{openedBy.map((id) => <Opened key={id} id={id} />)}</>;
}

function Opened({ id }: { id: string }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  return (
    <Card title={text.opened(nameOf(useGroup(), id, words.someoneGone))}>
      <p>{text.openedMore}</p>
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void doing.run(() => boat.putAwayOpened(id))}>{words.deciding.concerns.putAway}</Button>
    </Card>
  );
}

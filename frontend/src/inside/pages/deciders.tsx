/** Who looks at concerns: two members, named by the group. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Form, Tick, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { listed, nameOf, present, useGroup, useWholeBoat } from '../afloat';
import type { DecidersView, GroupView } from '../model';

const text = words.deciding.deciders;

const namesOf = (group: GroupView, ids: readonly string[]) => listed(ids.map((id) => nameOf(group, id, words.someoneGone)));

export function Deciders() {
  const boat = useWholeBoat();
  const group = useGroup();
  const { named, proposal } = boat.deciders();
  return (
    <Page title={text.title} back="concerns">
      <p>{named.length > 0 ? text.named(namesOf(group, named)) : text.nobody}</p>
      <p>{text.replaced}</p>
      {proposal === null ? <Naming /> : <Asked {...proposal} />}
    </Page>
  );
}

function Naming() {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [tried, setTried] = useState(false);
  const send = async () => {
    setTried(true);
    if (picked.length === 2) await doing.run(() => boat.proposeDeciders(picked));
  };
  return (
    <Form onSend={() => void send()}>
      <fieldset class="choice">
        <legend>{text.pick}</legend>
        {present(group).map(({ id, name }) => (
          <Tick key={id} label={name} on={picked.includes(id)} onTick={(on) => setPicked(on ? [...picked, id] : picked.filter((one) => one !== id))} />
        ))}
      </fieldset>
      <TroubleLine text={tried && picked.length !== 2 ? text.two : doing.trouble} />
      <Button kind="sea" submit busy={doing.busy}>{text.propose}</Button>
    </Form>
  );
}

function Asked({ by, proposed, mine, mayISecond }: NonNullable<DecidersView['proposal']>) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  return (
    <Card title={mine ? text.asked : text.asks(nameOf(group, by, words.someoneGone))} tone="sand">
      <p><strong>{namesOf(group, proposed)}</strong></p>
      {mine && <p>{text.waits}</p>}
      <TroubleLine text={doing.trouble} />
      <p class="row">
        {mayISecond && <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.secondDeciders())}>{text.yes}</Button>}
        <Button busy={doing.busy} onPress={() => void doing.run(() => boat.dropDeciders())}>{mine ? text.drop : text.no}</Button>
      </p>
    </Card>
  );
}

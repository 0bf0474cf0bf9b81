/** Removal: two members who are not the person, after asking whether there is a gentler way. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Choice, Form, TroubleLine } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { nameOf, present, useWholeBoat, useGroup, useNow } from '../afloat';

const text = words.parting.removal;

/** The first of the two: whom, and who looks at it with me. */
export function Remove({ id }: { id: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [second, setSecond] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState(false);
  const name = nameOf(group, id, words.someoneGone);
  const others = present(group).filter((member) => !member.isMe && member.id !== id);

  async function send() {
    setTried(true);
    if (second && (await doing.run(() => boat.proposeRemoval(id, second)))) setAsked(true);
  }
  if (asked && second) {
    return <Page title={text.title(name)} back="members"><p role="status">{text.asked(nameOf(group, second, ''))}</p></Page>;
  }
  return (
    <Page title={text.title(name)} back="members">
      <p>{text.lead}</p>
      <p>{text.what(name)}</p>
      <Card tone="dusk"><p>{text.danger}</p></Card>
      {others.length === 0 ? (
        <p>{text.tooFew}</p>
      ) : (
        <Form onSend={() => void send()}>
          <Choice
            legend={text.second}
            options={others.map((member) => ({ value: member.id, label: member.name }))}
            value={second}
            onChoose={setSecond}
            error={tried && !second ? text.secondMissing : null}
          />
          <TroubleLine text={doing.trouble} />
          <Button kind="main" submit busy={doing.busy}>{text.ask}</Button>
        </Form>
      )}
    </Page>
  );
}

/** The second of the two: yes, or let's talk first. */
export function Removal({ id }: { id: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const now = useNow();
  const [done, setDone] = useState<string | null>(null);
  const removal = group.removals.find((one) => one.id === id);
  if (done) return <Page title={done} back="today">{null}</Page>;
  if (!removal) return <Page title={words.troubles.of('gone')} back="today">{null}</Page>;
  const target = nameOf(group, removal.target, words.someoneGone);
  const answer = async (verb: () => Promise<void>, said: string) => {
    if (await doing.run(verb)) setDone(said);
  };
  return (
    <Page title={text.confirmTitle(nameOf(group, removal.by, words.someoneGone), target)} back="today">
      <p>{text.lead}</p>
      <p>{text.what(target)}</p>
      <p class="soft">{text.until(dayWithin(removal.until, now))}</p>
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Button kind="main" busy={doing.busy} onPress={() => void answer(() => boat.declineRemoval(id), text.declined)}>{text.no}</Button>
        <Button busy={doing.busy} onPress={() => void answer(() => boat.confirmRemoval(id), text.done(target))}>{text.yes(target)}</Button>
      </p>
    </Page>
  );
}

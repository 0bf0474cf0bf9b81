/** Removal: the reason first, and two members who are not the person, after asking whether there is a gentler way. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Choice, Field, Form, Lines, Tick, TroubleLine } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { nameOf, present, useGroup, useNow, useWholeBoat } from '../afloat';
import type { RemovalView } from '../model';

const text = words.parting.removal;

/** The first of the two: whom, why, and who looks at it with me. */
export function Remove({ id }: { id: string }) {
  const group = useGroup();
  const { ring } = useWatched(useWholeBoat().site);
  const [said, setSaid] = useState<string | null>(null);
  const name = nameOf(group, id, words.someoneGone);
  const others = present(group).filter((member) => !member.isMe && member.id !== id);
  if (said) return <Page title={text.title(name)} back="members"><p role="status">{said}</p></Page>;
  return (
    <Page title={text.title(name)} back="members">
      <p>{text.lead}</p>
      <p>{text.what(name)}</p>
      <Card tone="dusk"><p>{text.danger(ring.emergency)}</p></Card>
      {others.length === 0 ? <p>{text.tooFew}</p> : <Asking target={id} onSaid={setSaid} />}
    </Page>
  );
}

function Asking({ target, onSaid }: { target: string; onSaid: (said: string) => void }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [why, setWhy] = useState('');
  const [second, setSecond] = useState<string | null>(null);
  const [inDanger, setInDanger] = useState(false);
  const [tried, setTried] = useState(false);
  const { hasWeek } = boat.deciding();
  const others = present(group).filter((member) => !member.isMe && member.id !== target);
  const isAtOnce = !hasWeek || inDanger;
  async function send() {
    setTried(true);
    if (second === null || why.trim() === '') return;
    const isDone = await doing.run(() => boat.proposeRemoval({ target, second, why: why.trim(), inDanger }));
    if (isDone) onSaid(isAtOnce ? text.asked(nameOf(group, second, '')) : text.weekBegun);
  }
  return (
    <Form onSend={() => void send()}>
      {hasWeek && <p>{text.week}</p>}
      <Field
        label={text.why}
        hint={isAtOnce ? text.whyHint(nameOf(group, target, '')) : text.whyHintAll}
        rows={3}
        value={why}
        onInput={setWhy}
        error={tried && why.trim() === '' ? text.whyMissing : null}
      />
      {hasWeek && <Tick label={text.inDanger} hint={text.inDangerHint} on={inDanger} onTick={setInDanger} />}
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
  );
}

/** The second of the two: yes, or let's talk first. */
export function Removal({ id }: { id: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [gone, setGone] = useState<string | null>(null);
  const [declined, setDeclined] = useState(false);
  const removal = group.removals.find((one) => one.id === id);
  if (gone !== null) return <AfterRemoval name={gone} />;
  if (declined) return <Page title={text.declined} back="today">{null}</Page>;
  if (!removal) return <Page title={words.troubles.of('gone')} back="today">{null}</Page>;
  const target = nameOf(group, removal.target, words.someoneGone);
  const decline = async () => {
    if (await doing.run(() => boat.declineRemoval(id))) setDeclined(true);
  };
  const remove = async () => {
    if (await doing.run(() => boat.confirmRemoval(id))) setGone(target);
  };
  return (
    <Page title={text.confirmTitle(nameOf(group, removal.by, words.someoneGone), target)} back="today">
      <Reason removal={removal} />
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Button kind="main" busy={doing.busy} onPress={() => void decline()}>{text.no}</Button>
        <Button busy={doing.busy} onPress={() => void remove()}>{text.yes(target)}</Button>
      </p>
    </Page>
  );
}

function Reason({ removal: { target, by, why, until } }: { removal: RemovalView }) {
  const group = useGroup();
  const now = useNow();
  return (
    <>
      {why !== '' && <Card title={text.says(nameOf(group, by, words.someoneGone))}><Lines text={why} /></Card>}
      <p>{text.lead}</p>
      <p>{text.what(nameOf(group, target, words.someoneGone))}</p>
      <p class="soft">{text.until(dayWithin(until, now))}</p>
    </>
  );
}

/** Done; and, in one press, invitations that somebody who is gone could still help to open (docs/threat-model.md). */
export function AfterRemoval({ name }: { name: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [isVoid, setVoid] = useState(false);
  const isOut = group.invitations.some(({ state }) => state === 'open');
  const voidAll = async () => {
    if (await doing.run(() => boat.voidOlder())) setVoid(true);
  };
  return (
    <Page title={text.done(name)} back="today">
      {isVoid && <p role="status">{text.voided}</p>}
      {isOut && !isVoid && (
        <Card title={text.invitations}>
          <p>{text.invitationsMore(name)}</p>
          <TroubleLine text={doing.trouble} />
          <Button kind="sea" busy={doing.busy} onPress={() => void voidAll()}>{text.voidAll}</Button>
        </Card>
      )}
    </Page>
  );
}

/** The gentle first answer: the whole message folds for everyone, and its author has the words back. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Field, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { nameOf, useGroup, useWholeBoat } from '../afloat';

const text = words.deciding.fold;

export function FoldMessage({ id }: { id: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [toAuthor, setToAuthor] = useState('');
  const [why, setWhy] = useState('');
  const [done, setDone] = useState(false);
  const talks = [useWatched(boat.talk('room')), useWatched(boat.talk('everyday'))];
  const message = talks.map((talk) => talk.at(Math.max(0, talk.indexOf(id)))).find((one) => one?.id === id);
  const iHost = group.members.some((one) => one.isMe && one.isHost);
  const send = async () => {
    if (await doing.run(() => boat.fold(id, { toAuthor: toAuthor.trim(), why: why.trim() }))) setDone(true);
  };
  if (done) return <Page title={text.title} back="lastDoor"><p role="status">{iHost ? text.done : text.asked}</p></Page>;
  if (!message) return <Page title={text.title} back="lastDoor"><p>{text.gone}</p></Page>;
  const name = nameOf(group, message.author, words.someoneGone);
  return (
    <Page title={text.title} back="lastDoor">
      <p>{text.lead(name)}</p>
      {!iHost && <p>{text.two}</p>}
      <Form onSend={() => void send()}>
        <Field label={text.toAuthor(name)} hint={text.toAuthorHint} rows={3} value={toAuthor} onInput={setToAuthor} />
        <Field label={text.why} rows={2} value={why} onInput={setWhy} />
        <TroubleLine text={doing.trouble} />
        <Button kind="main" submit busy={doing.busy}>{text.fold}</Button>
      </Form>
    </Page>
  );
}

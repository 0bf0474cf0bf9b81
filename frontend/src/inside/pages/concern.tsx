/** One concern, for one of the two who decide: what was picked, proved, and what can be done, the gentlest first. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing, type Doing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Fold, Form, Lines, TroubleLine, Way } from '../../ui/parts';
import { when } from '../../ui/when';
import { words } from '../../words/en';
import { go, listed, nameOf, present, useGroup, useNow, useWholeBoat } from '../afloat';
import type { ReportedMessage, ReportShown } from '../model';
import { pathTo } from '../route';
import { PutAway } from './put-away';

const text = words.deciding.concern;

export function Concern({ id }: { id: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [shown, setShown] = useState<ReportShown | null>(null);
  // After a page was opened anew it comes a moment later.
  const isHere = group.asks.some((ask) => ask.id === id);
  useEffect(() => void (isHere && doing.run(async () => setShown(await boat.openReport(id)))), [isHere]);
  if (shown === null) return <Opening doing={doing} isHere={isHere} />;
  const authors = [...new Set(shown.messages.map(({ author }) => author))];
  const name = (one: string) => nameOf(group, one, words.someoneGone);
  return (
    <Page title={text.title} back="concerns">
      <p>{text.about(listed(authors.map(name)))} {shown.alone === null ? text.who : text.alone(listed(shown.alone.map(name)))}</p>
      {shown.words !== '' && <Card title={text.words}><Lines text={shown.words} /></Card>}
      <Card title={text.messages}>
        <p class="hint">{text.proof}</p>
        {shown.messages.map((message) => <Picked key={message.id} message={message} name={name(message.author)} isAlone={shown.alone !== null} />)}
        {shown.isMoreBeside && <p class="hint">{text.more}</p>}
      </Card>
      <p>{text.gentle}</p>
      <Answer id={id} />
      {authors.filter((author) => present(group).some((member) => member.id === author)).map((author) => (
        <About key={author} author={author} name={name(author)} report={shown.id} />
      ))}
      <Card tone="dusk"><p>{text.lot} <a href="/help">{text.help}</a></p></Card>
      <PutAway note={id} after={() => go('concerns')} />
    </Page>
  );
}

function Opening({ doing, isHere }: { doing: Doing; isHere: boolean }) {
  const isBroken = doing.code === 'unverified' || doing.code === 'server_trouble';
  return (
    <Page title={text.title} back="concerns">
      {doing.trouble === null ? <p role="status">{isHere ? words.opening : text.notHere}</p> : <TroubleLine text={isBroken ? text.broken : doing.trouble} />}
    </Page>
  );
}

interface PickedProps {
  message: ReportedMessage;
  name: string;
  /** Of a talk there is nothing that a group could fold. */
  isAlone: boolean;
}

function Picked({ message: { id, author, time, text: said, about, isGapBefore }, name, isAlone }: PickedProps) {
  const boat = useWholeBoat();
  const group = useGroup();
  const now = useNow();
  const isFolded = boat.isFolded(id);
  return (
    <div class="picked">
      {isGapBefore && <p class="hint">{text.gap}</p>}
      <p class="soft">{text.foldAbout(name, when(time, now))}{about !== null && ` · ${words.room.about(about)}`}</p>
      <div class="bubble"><Lines text={said} /></div>
      {isFolded ? <p class="hint">{text.isFolded}</p> : author !== group.me && !isAlone && <p><Way to={pathTo('fold', id)}>{text.fold}</Way></p>}
    </div>
  );
}

/** Quiet for three days, and the way to a removal. */
function About({ author, name, report }: { author: string; name: string; report: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const now = useNow();
  const [why, setWhy] = useState('');
  const quiet = boat.deciding().quiets.find((one) => one.member === author && one.report === report);
  const iHost = group.members.some((one) => one.isMe && one.isHost);
  return (
    <Card>
      {quiet ? (
        <p role="status">{text.quietOn(name, when(quiet.until, now))}</p>
      ) : (
        <Fold face={text.quiet(name)}>
          <p>{text.quietHint(name)} {!iHost && text.quietTwo}</p>
          <Form onSend={() => void doing.run(() => boat.askForQuiet(author, report, why.trim()))}>
            <Field label={text.quietWhy} rows={2} value={why} onInput={setWhy} error={doing.trouble} />
            <Button kind="sea" submit busy={doing.busy}>{text.quietAsk}</Button>
          </Form>
        </Fold>
      )}
      {present(group).length > 2 && <p><a href={pathTo('remove', author)}>{text.remove(name)}</a></p>}
    </Card>
  );
}

function Answer({ id }: { id: string }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [said, setSaid] = useState('');
  const [isSent, setSent] = useState(false);
  const send = async () => {
    if (said.trim() !== '' && (await doing.run(() => boat.answerReport(id, said.trim())))) setSent(true);
  };
  if (isSent) return <p role="status">{text.answerSent}</p>;
  return (
    <Card>
      <Fold face={text.answer}>
        <Form onSend={() => void send()}>
          <Field label={text.answerWords} hint={text.answerHint} rows={4} value={said} onInput={setSaid} error={doing.trouble} />
          <Button kind="sea" submit busy={doing.busy}>{text.answerSend}</Button>
        </Form>
      </Fold>
    </Card>
  );
}

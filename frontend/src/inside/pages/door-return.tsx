/** At the door: somebody who was here before, and lost everything. Two check that it is really them. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Button, Card, Choice, Field, Fold, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { nameOf, present, useGroup, useWholeBoat } from '../afloat';
import type { KnockView } from '../model';

const text = words.returning.door;

interface Props {
  knock: KnockView;
  onOpened: () => void;
}

/** Kept shut: most who knock were never here before. */
export function Returning({ knock, onOpened }: Props) {
  const group = useGroup();
  const ready = useWholeBoat().returnReady(knock.id);
  if (ready !== null || present(group).length < 2) return null;
  return <Fold face={text.fold}><Asking knock={knock} onOpened={onOpened} /></Fold>;
}

export function Checked({ knock, onOpened }: Props) {
  const group = useGroup();
  const ready = useWholeBoat().returnReady(knock.id);
  if (ready === null) return null;
  const [by, old] = [nameOf(group, ready.by, words.someoneGone), nameOf(group, ready.old, words.someoneGone)];
  return (
    <Card title={text.readyTitle(by, old)} tone="sea">
      <p>{text.readyLead}</p>
      <Open knock={knock} old={ready.old} onOpened={onOpened} />
    </Card>
  );
}

function Open({ knock, old, onOpened }: Props & { old: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const open = async () => {
    if (await doing.run(() => boat.readmit(knock.id, old))) onOpened();
  };
  return (
    <>
      <TroubleLine text={doing.trouble} />
      <p><Button kind="main" busy={doing.busy} onPress={() => void open()}>{text.open(nameOf(group, old, words.someoneGone))}</Button></p>
      <p class="hint">{text.openHint}</p>
    </>
  );
}

function Asking({ knock, onOpened }: Props) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const [old, setOld] = useState<string | null>(null);
  const [second, setSecond] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  const others = present(group).filter((member) => !member.isMe);
  const [only] = others;
  if (others.length === 1 && only !== undefined) return <><p>{text.two}</p><Open knock={knock} old={only.id} onOpened={onOpened} /></>;
  if (asked !== null) return <p role="status">{text.asked(asked)}</p>;
  const options = (except: string | null) => others.filter(({ id }) => id !== except).map(({ id, name }) => ({ value: id, label: name }));
  const missing = (chosen: string | null) => (tried && chosen === null ? text.missing : null);
  async function send() {
    setTried(true);
    if (old === null || second === null) return;
    if (await doing.run(() => boat.askToCheck(knock.id, old, second, said.trim()))) setAsked(nameOf(group, second, words.someoneGone));
  }
  return (
    <Form onSend={() => void send()}>
      <p>{text.lead}</p>
      <Choice legend={text.who} options={options(second)} value={old} onChoose={setOld} error={missing(old)} />
      <Choice legend={text.second} options={options(old)} value={second} onChoose={setSecond} error={missing(second)} />
      <Field label={text.words} rows={2} value={said} onInput={setSaid} />
      <TroubleLine text={doing.trouble} />
      <Button kind="sea" submit busy={doing.busy}>{text.ask}</Button>
    </Form>
  );
}

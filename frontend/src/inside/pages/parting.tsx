/** Break, leave, delete: each says in a sentence what will happen, and asks for no reason. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Fold, Form, Lines, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { go, present, useWholeBoat, useGroup } from '../afloat';
import { pathTo } from '../route';
import { Sent } from './concerns';
import { keepFile } from './keep-file';
import { Told } from './told';

export function Break() {
  const text = words.parting.breakPage;
  const boat = useWholeBoat();
  const circles = useWatched(boat.circles);
  const group = useGroup();
  const doing = useDoing();
  return (
    <Page title={text.title} back="members">
      <p>{text.lead}</p>
      <p>{circles.length > 1 ? text.notesSeveral : text.notes}</p>
      <p role="status">{group.onBreak && text.on}</p>
      <TroubleLine text={doing.trouble} />
      {group.onBreak ? (
        <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.backFromBreak())}>{text.back}</Button>
      ) : (
        <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.takeABreak())}>{text.take}</Button>
      )}
    </Page>
  );
}

export function ExportButton({ face }: { face: string }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [done, setDone] = useState(false);
  const keep = async () => {
    if (await doing.run(async () => keepFile(await boat.exportMine()))) setDone(true);
  };
  return (
    <>
      <TroubleLine text={doing.trouble} />
      <p><Button busy={doing.busy} onPress={() => void keep()}>{face}</Button></p>
      <p role="status">{done && words.settings.words.exported}</p>
    </>
  );
}

export function Leave() {
  const text = words.parting.leave;
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  const others = present(group).filter((member) => !member.isMe);
  const onlyHost = group.members.some((member) => member.isMe && member.isHost) && !others.some((member) => member.isHost);
  const leave = async () => {
    if (await doing.run(() => boat.leaveGroup())) go('today');
  };
  return (
    <Page title={text.title} back="members">
      <p>{text.lead}</p>
      <p>{text.what}</p>
      {others.length === 0 ? <p>{text.alone}</p> : onlyHost && <p>{text.lastHost}</p>}
      <ExportButton face={text.export} />
      <p><a href={pathTo('break')}>{text.takeABreak}</a></p>
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Button busy={doing.busy} onPress={() => void leave()}>{text.leave}</Button>
        <Button kind="sea" onPress={() => go('members')}>{text.stay}</Button>
      </p>
    </Page>
  );
}

export function Delete() {
  const text = words.parting.account;
  const boat = useWholeBoat();
  const doing = useDoing();
  const [passphrase, setPassphrase] = useState('');
  return (
    <Page title={text.title} back="settings">
      <p>{text.lead}</p>
      <p>{text.what}</p>
      <ExportButton face={text.export} />
      <Form onSend={() => void doing.run(() => boat.closeAccount(passphrase))}>
        <Field label={text.passphrase} kind="passphrase" value={passphrase} onInput={setPassphrase} autocomplete="current-password" error={doing.trouble} />
        <p class="row">
          <Button submit busy={doing.busy}>{text.close}</Button>
          <Button kind="sea" onPress={() => go('settings')}>{text.stay}</Button>
        </p>
        <p class="soft" role="status">{doing.busy && words.coming.unlocking}</p>
      </Form>
    </Page>
  );
}

/** Removed, or left on another device: nothing new opens; the agreement stays to be read. */
export function Removed() {
  const text = words.parting.removed;
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  // A shared device, or one that was emptied, has none.
  const isKept = group.agreement.text !== '';
  return (
    <Page title={text.title}>
      <p>{isKept ? text.lead : text.leadNone}</p>
      <Told face={text.why} />
      <p>{text.appeal}</p>
      <Appeal />
      <Sent />
      <Unsent />
      <p class="row">
        {isKept && <a href={pathTo('agreement')}>{words.group.agreement.title}</a>}
        <a href={pathTo('settings')}>{words.settings.title}</a>
      </p>
      <p><Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.goOut())}>{words.parting.out}</Button></p>
    </Page>
  );
}

/** To the outside person whom the agreement names. */
function Appeal() {
  const text = words.parting.removed;
  const boat = useWholeBoat();
  const doing = useDoing();
  const [said, setSaid] = useState('');
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(false);
  if (!boat.deciding().hasContact) return null;
  const send = async () => {
    setTried(true);
    if (said.trim() !== '' && (await doing.run(() => boat.appeal(said.trim())))) setSent(true);
  };
  if (sent) return <p role="status">{text.againSent}</p>;
  return (
    <Fold face={text.again} kind="plain">
      <p>{text.againMore}</p>
      <Form onSend={() => void send()}>
        <Field label={text.againWords} rows={4} value={said} onInput={setSaid} error={tried && said.trim() === '' ? text.againMissing : doing.trouble} />
        <Button kind="sea" submit busy={doing.busy}>{text.againSend}</Button>
      </Form>
    </Fold>
  );
}

/** Words of one's own that nobody takes any more: to be read, and taken along. */
function Unsent() {
  const boat = useWholeBoat();
  useWatched(boat.returned);
  const texts = [boat.draft('room').text, boat.draft('everyday').text].filter((one) => one !== '');
  if (texts.length === 0) return null;
  return (
    <Card title={words.parting.removed.unsent}>
      {texts.map((one) => <Lines key={one} text={one} />)}
    </Card>
  );
}

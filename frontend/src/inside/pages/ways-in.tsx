/** Ways to come in: passphrase, recovery code, passkeys. Each is enough; two of them always stay. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Fold, Form, TroubleLine, Way } from '../../ui/parts';
import { words } from '../../words/en';
import { troubles } from '../../words/en/troubles';
import { useWholeBoat } from '../afloat';
import { canPasskey, useKeepsKeys } from '../can-passkey';
import type { WayView } from '../model';
import { pathTo } from '../route';
import { strength } from './account-step';
import { isOfName, NameField, ProofField, useProof } from './proof';

const text = words.ways;
const MOST = 8;

export function WaysIn() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const ways = useWatched(boat.ways);
  useEffect(() => void doing.run(() => boat.lookUpWays()), []);
  const hasCode = ways.some(({ kind }) => kind === 'code');
  return (
    <Page title={text.title} back="settings">
      <p>{text.lead}</p>
      <TroubleLine text={doing.trouble} />
      <Card title={text.passphrase}>
        <Fold face={words.settings.waysIn.change} kind="plain"><ChangePassphrase /></Fold>
      </Card>
      <Card title={text.code}>
        {!hasCode && <p>{text.noCode}</p>}
        <p><Way to={pathTo('recovery')}>{words.settings.waysIn.code}</Way></p>
        {hasCode && <p class="hint">{words.settings.waysIn.codeHint}</p>}
      </Card>
      <Passkeys passkeys={ways.filter(({ kind }) => kind === 'passkey' || kind === 'signIn')} />
      <p><Way to={pathTo('known')}>{text.known.way}</Way></p>
    </Page>
  );
}

function ChangePassphrase() {
  const words_ = words.settings.waysIn;
  const boat = useWholeBoat();
  const doing = useDoing();
  const proof = useProof();
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const isShort = strength(next) === 'short';
  const isName = proof.asksName && isOfName(doing.code);

  async function send() {
    setTried(true);
    setDone(false);
    const change = async () => {
      await proof.prove();
      await boat.changePassphrase(null, next, proof.name);
    };
    if (isShort || !(await doing.run(change))) return;
    setDone(true);
    setTried(false);
    proof.forget();
    setNext('');
  }
  return (
    <Form onSend={() => void send()}>
      <NameField proof={proof} error={isName ? doing.trouble : null} />
      <ProofField proof={proof} error={isName ? null : doing.trouble} />
      <Field label={words_.next} hint={words.starting.account.passHint} kind="passphrase" value={next} onInput={setNext} autocomplete="new-password" error={tried && isShort ? troubles.of('passphrase_short') : null} />
      <p class="hint">{words_.changeHint}</p>
      <Button kind="sea" submit busy={doing.busy}>{words_.changeDo}</Button>
      <p role="status">{doing.busy ? words.coming.unlocking : done && words_.changed}</p>
    </Form>
  );
}

function Passkeys({ passkeys }: { passkeys: readonly WayView[] }) {
  const can = canPasskey();
  const keeps = useKeepsKeys();
  const [said, say] = useState<string | null>(null);
  const part = text.passkeys;
  const isFull = passkeys.length >= MOST;
  return (
    <Card title={part.title}>
      <p>{part.lead}</p>
      <p>{part.kinds}</p>
      <ul class="plain">
        {passkeys.map((way) => <li key={way.id}><Passkey way={way} onGone={() => say(text.removed)} /></li>)}
      </ul>
      {!can && <p class="hint">{part.cannot}</p>}
      {can && !keeps && <p class="hint">{part.keepsNone}</p>}
      {isFull && <p class="hint">{part.enough}</p>}
      {can && !isFull && <Fold face={part.add} kind="plain"><AddPasskey onMade={(opens) => say(opens ? part.made : part.madeSignIn)} /></Fold>}
      <p role="status">{said}</p>
    </Card>
  );
}

function Passkey({ way, onGone }: { way: WayView; onGone: () => void }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const proof = useProof();
  const remove = async () => {
    const done = await doing.run(async () => {
      await proof.prove();
      await boat.removeWay(way.id);
    });
    if (done) onGone();
  };
  const name = way.name || text.unnamed;
  return (
    <>
      <strong>{name}</strong>
      <p class="soft">{way.kind === 'passkey' ? text.passkeys.opens : text.passkeys.signsIn}</p>
      <Fold face={text.remove}>
        <Form onSend={() => void remove()}>
          <ProofField proof={proof} error={doing.trouble} />
          <Button kind="sea" submit busy={doing.busy} about={name}>{text.remove}</Button>
        </Form>
      </Fold>
    </>
  );
}

function AddPasskey({ onMade }: { onMade: (opens: boolean) => void }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const proof = useProof();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const part = text.passkeys;
  const isNameless = tried && name.trim() === '';

  async function send() {
    setTried(true);
    if (name.trim() === '') return;
    let opens = false;
    const done = await doing.run(async () => {
      await proof.prove();
      opens = await boat.addPasskey(name.trim());
    });
    if (!done) return;
    proof.forget();
    setName('');
    setTried(false);
    onMade(opens);
  }
  const isProof = doing.code === 'passphrase_again';
  return (
    <Form onSend={() => void send()}>
      <p class="hint">{part.shared}</p>
      <p class="hint">{part.sees}</p>
      <Field label={part.name} hint={part.nameHint} value={name} onInput={setName} error={isNameless ? troubles.of('name_empty') : null} />
      <ProofField proof={proof} error={isProof ? doing.trouble : null} />
      <TroubleLine text={isProof ? null : doing.trouble} />
      <Button kind="sea" submit busy={doing.busy}>{part.make}</Button>
      <p role="status">{doing.busy && words.coming.unlocking}</p>
    </Form>
  );
}

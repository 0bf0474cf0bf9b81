/** "Someone may know it": every key and every way in anew, in one press; then plain words about what happened. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { troubles } from '../../words/en/troubles';
import { useWholeBoat } from '../afloat';
import type { RecoveryCode } from '../model';
import { strength } from './account-step';
import { CodeCard } from './code-card';
import { isOfName, NameField, ProofField, useProof } from './proof';

const text = words.ways.known;

export function Known() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const proof = useProof();
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const [left, setLeft] = useState<number | null>(null);
  const [code, setCode] = useState<RecoveryCode | null>(null);
  useEffect(() => void boat.lookUpWays().catch(() => undefined), []);

  if (code) return <Done code={code} isWhole={left === 0} />;
  const wrong = strength(next) === 'short' ? troubles.of('passphrase_short') : next === proof.typed ? text.same : null;
  async function send() {
    setTried(true);
    if (wrong !== null) return;
    await doing.run(async () => {
      await proof.prove();
      setCode(await boat.renewAccount(next, setLeft, proof.name));
    });
  }
  const isProof = doing.code === 'passphrase_again';
  const isName = proof.asksName && isOfName(doing.code);
  return (
    <Page title={text.title} back="waysIn">
      <p>{text.lead}</p>
      <ul>{text.does.map((line) => <li key={line}>{line}</li>)}</ul>
      <Card tone="sand"><p>{text.cannot}</p></Card>
      <p class="soft">{text.othersSee}</p>
      <Form onSend={() => void send()}>
        <NameField proof={proof} error={isName ? doing.trouble : null} />
        <ProofField proof={proof} error={isProof ? doing.trouble : null} />
        <Field label={text.next} hint={words.starting.account.passHint} kind="passphrase" value={next} onInput={setNext} autocomplete="new-password" error={tried ? wrong : null} />
        <TroubleLine text={isProof || isName ? null : doing.trouble} />
        <Button kind="main" submit busy={doing.busy}>{text.do}</Button>
        <p role="status">{doing.busy && (left === null ? text.account : text.left(left))}</p>
      </Form>
    </Page>
  );
}

function Done({ code, isWhole }: { code: RecoveryCode; isWhole: boolean }) {
  return (
    <Page title={text.doneTitle}>
      <div class="no-print">
        <p>{text.done}</p>
        <p>{isWhole ? text.groups : text.later}</p>
        <p>{text.code}</p>
      </div>
      <CodeCard code={code} />
    </Page>
  );
}

/** An invitation: the agreement and its limits first, then a name, then the knock. */
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Form, TroubleLine, Way } from '../../ui/parts';
import { words } from '../../words/en';
import { read } from '../../words/agreement';
import { troubles } from '../../words/en/troubles';
import { goInstead, useAfloat, useWholeBoat } from '../afloat';
import type { Preview } from '../model';
import { AccountFields, missingIn, newAccount, NO_ACCOUNT } from './account-step';
import { AgreementText } from './agreement-edit';

const text = words.joining;

export function Join() {
  const boat = useWholeBoat();
  const { secret } = useAfloat();
  const doing = useDoing();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [step, setStep] = useState<'agreement' | 'about' | 'declined'>('agreement');

  useEffect(() => {
    if (secret !== null) void doing.run(async () => setPreview(await boat.lookAtInvitation(secret)));
  }, [secret]);
  // Before it is seen: who types at once must not have the place taken from under their hands.
  useLayoutEffect(() => document.querySelector<HTMLElement>('#page h1')?.focus(), [step]);

  if (secret === null) return <Broken trouble={text.noSecret} />;
  if (doing.trouble) return <Broken trouble={doing.trouble} />;
  if (!preview) return <Page title={text.reading}>{null}</Page>;
  const back = <Button kind="link" onPress={() => setStep('agreement')}>{words.back}</Button>;
  if (step === 'declined') return <Page title={text.notForMe}><p>{text.notForMeDone}</p>{back}</Page>;
  if (step === 'about') return <About secret={secret} preview={preview} back={back} />;
  return <First preview={preview} onAgree={() => setStep('about')} onDecline={() => setStep('declined')} />;
}

function Broken({ trouble }: { trouble: string }) {
  return (
    <Page title={text.broken}>
      <p role="alert">{trouble}</p>
      <p><Way to="/find">{words.coming.find}</Way></p>
    </Page>
  );
}

function First({ preview, onAgree, onDecline }: { preview: Preview; onAgree: () => void; onDecline: () => void }) {
  return (
    <Page title={text.title(preview.groupName)}>
      <p>
        {text.from(preview.welcomer)} {preview.forWhom && text.forWhom(preview.forWhom)}
      </p>
      <Card>
        <h2>{text.first}</h2>
        <p>{text.firstLead}</p>
      </Card>
      <AgreementText clauses={read(preview.agreement)} />
      <p class="row">
        <Button kind="main" onPress={onAgree}>{text.agree}</Button>
        <Button onPress={onDecline}>{text.notForMe}</Button>
      </p>
    </Page>
  );
}

function About({ secret, preview, back }: { secret: string; preview: Preview; back: preact.JSX.Element }) {
  const boat = useWholeBoat();
  const known = useWatched(boat.device);
  const isIn = useWatched(boat.session).kind === 'in';
  const doing = useDoing();
  const [name, setName] = useState('');
  const [hello, setHello] = useState('');
  const [account, setAccount] = useState(NO_ACCOUNT);
  const [tried, setTried] = useState(false);
  const askDevice = known === 'unknown';
  const missing = tried && !isIn ? missingIn(account) : new Set<keyof typeof account>();

  async function send() {
    setTried(true);
    if (!name.trim() || (!isIn && missingIn(account).size > 0)) return;
    const knock = { myName: name.trim(), hello: hello.trim(), account: isIn ? null : newAccount(account, askDevice ? null : known) };
    if (await doing.run(() => boat.join(secret, knock))) goInstead('waiting');
  }
  const nameTrouble = doing.code === 'name_in_group_taken' ? doing.trouble : tried && !name.trim() ? troubles.of('name_empty') : null;
  const apart = doing.code === 'name_taken' || doing.code === 'name_in_group_taken';
  return (
    <Page title={text.about.title}>
      <p class="soft steps">{text.title(preview.groupName)} {back}</p>
      <Form onSend={() => void send()}>
        <Field label={text.about.name} hint={text.about.nameHint} value={name} onInput={setName} error={nameTrouble} />
        <Field label={text.about.hello} hint={text.about.helloHint} rows={2} value={hello} onInput={setHello} />
        <h2>{text.account.title}</h2>
        {isIn ? (
          <p>{text.already}</p>
        ) : (
          <AccountFields
            value={account}
            onChange={(part) => setAccount({ ...account, ...part })}
            missing={missing}
            askDevice={askDevice}
            nameTrouble={doing.code === 'name_taken' ? doing.trouble : null}
          />
        )}
        <TroubleLine text={apart ? null : doing.trouble} />
        <Button kind="main" submit busy={doing.busy}>{text.join}</Button>
        <p class="soft" role="status">{doing.busy && text.knocking}</p>
      </Form>
    </Page>
  );
}

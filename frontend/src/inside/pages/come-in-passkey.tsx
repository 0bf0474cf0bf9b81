/** Coming in with a passkey: no name, nothing typed; or, where it keeps no key, only the passphrase or code. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Field, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { useWholeBoat } from '../afloat';
import { DeviceChoice, useDevice } from './device-choice';

const text = words.ways.passkeys;

export function ComeInWithPasskey() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const { device, choose, ask } = useDevice();
  const [signed, setSigned] = useState<{ asksName: boolean } | null>(null);
  if (signed !== null) return <OneMoreStep asksName={signed.asksName} />;
  const touch = () => doing.run(async () => setSigned(await boat.comeInWithPasskey(device)));
  return (
    <Page title={text.comeIn} back="comeIn">
      <p>{text.comeInLead}</p>
      {ask && <DeviceChoice value={device} onChoose={choose} />}
      <TroubleLine text={doing.trouble} />
      <p>
        <Button kind="main" busy={doing.busy} onPress={() => void touch()}>{words.coming.comeIn}</Button>
      </p>
    </Page>
  );
}

function OneMoreStep({ asksName }: { asksName: boolean }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState('');
  return (
    <Page title={text.signedTitle} back="comeIn">
      <p>{text.signedLead}</p>
      <Form onSend={() => void doing.run(() => boat.openWith(typed, name))}>
        {asksName && <Field label={words.coming.signInName} value={name} onInput={setName} autocomplete="username" />}
        <Field label={text.then} kind="passphrase" value={typed} onInput={setTyped} autocomplete="current-password" error={doing.trouble} />
        <Button kind="main" submit busy={doing.busy}>{words.coming.comeIn}</Button>
        <p class="soft" role="status">{doing.busy && words.coming.unlocking}</p>
      </Form>
    </Page>
  );
}

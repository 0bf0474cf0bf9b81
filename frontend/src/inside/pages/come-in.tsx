/** The front door: sign-in name and passphrase, or one touch on one's own device. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Form, TroubleLine, Way } from '../../ui/parts';
import { words } from '../../words/en';
import { go, useBoat } from '../afloat';
import { canPasskey } from '../can-passkey';
import type { Session } from '../model';
import { pathTo } from '../route';
import { DeviceChoice, useDevice } from './device-choice';

const text = words.coming;

export function ComeIn() {
  const session = useWatched(useBoat().session);
  const [other, setOther] = useState(false);
  if (session.kind === 'rested' && !other) return <Rested session={session} onOther={() => setOther(true)} />;
  return (
    <Page title={text.title}>
      <p>{text.lead}</p>
      <ComeInForm signInName={null} />
      <Card title={text.noGroup} tone="sand">
        <p>{text.invited}</p>
        <p class="row">
          <Way to="/find">{text.find}</Way>
          <Button onPress={() => go('start')}>{text.start}</Button>
        </p>
      </Card>
    </Page>
  );
}

function Rested({ session, onOther }: { session: Session & { kind: 'rested' }; onOther: () => void }) {
  const boat = useBoat();
  const doing = useDoing();
  return (
    <Page title={text.title}>
      <p>{text.rested(session.signInName)}</p>
      <p class="soft">{text.restedLead}</p>
      {session.touch ? (
        <>
          <TroubleLine text={doing.trouble} />
          <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.comeBack())}>{text.comeIn}</Button>
        </>
      ) : (
        <ComeInForm signInName={session.signInName} />
      )}
      <p>
        <Button kind="link" onPress={onOther}>{text.otherPerson}</Button>
      </p>
    </Page>
  );
}

function ComeInForm({ signInName }: { signInName: string | null }) {
  const boat = useBoat();
  const doing = useDoing();
  const { device, choose, ask } = useDevice();
  const [name, setName] = useState(signInName ?? '');
  const [passphrase, setPassphrase] = useState('');
  return (
    <Form onSend={() => void doing.run(() => boat.comeIn(name, passphrase, device))}>
      {signInName === null && (
        <Field label={text.signInName} hint={text.signInHint} value={name} onInput={setName} autocomplete="username" />
      )}
      <Field label={text.passphrase} kind="passphrase" value={passphrase} onInput={setPassphrase} autocomplete="current-password" error={doing.trouble} />
      {ask && <DeviceChoice value={device} onChoose={choose} />}
      <Button kind="main" submit busy={doing.busy}>{text.comeIn}</Button>
      <p class="soft" role="status">{doing.busy && text.unlocking}</p>
      {canPasskey() && <p><a href={pathTo('passkey')}>{words.ways.passkeys.comeIn}</a></p>}
      <p>
        <a href={pathTo('code')}>{text.useCode}</a>
      </p>
    </Form>
  );
}

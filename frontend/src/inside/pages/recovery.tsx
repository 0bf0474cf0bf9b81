/** The recovery code: shown once, to be copied, printed or written down; never typed back here. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Field, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { go, useWholeBoat } from '../afloat';
import type { RecoveryCode } from '../model';
import { CodeCard } from './code-card';

const text = words.coming.made;

export function Recovery() {
  const boat = useWholeBoat();
  const wanted = useWatched(boat.codeWanted);
  const doing = useDoing();
  const [code, setCode] = useState<RecoveryCode | null>(null);
  const [again, setAgain] = useState(!wanted);
  const [passphrase, setPassphrase] = useState('');

  useEffect(() => {
    if (doing.code === 'passphrase_again') setAgain(true);
  }, [doing.code]);
  const make = () => doing.run(async () => setCode(await boat.makeRecoveryCode(again ? passphrase : null)));

  if (code) return <Shown code={code} />;
  return (
    <Page title={text.title} back={wanted ? 'today' : 'waysIn'}>
      <p>{text.lead}</p>
      <p class="soft">{text.where}</p>
      <Form onSend={() => void make()}>
        {again && (
          <Field label={text.passphrase} kind="passphrase" value={passphrase} onInput={setPassphrase} autocomplete="current-password" error={doing.trouble} />
        )}
        <TroubleLine text={again ? null : doing.trouble} />
        <p class="row">
          <Button kind="main" submit busy={doing.busy}>{text.make}</Button>
          {wanted && <Button onPress={() => go('room')}>{text.later}</Button>}
        </p>
        <p class="soft" role="status">{doing.busy && words.coming.unlocking}</p>
      </Form>
      <p class="hint">{wanted ? text.laterHint : text.again}</p>
    </Page>
  );
}

function Shown({ code }: { code: RecoveryCode }) {
  return (
    <Page title={text.title}>
      <p class="no-print">{text.lead}</p>
      <CodeCard code={code} />
    </Page>
  );
}

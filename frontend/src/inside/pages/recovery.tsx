/** The recovery code: shown once, to be copied, printed or written down; never typed back here. */
import { Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Field, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { go, useWholeBoat } from '../afloat';
import type { RecoveryCode } from '../model';

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
    <Page title={text.title} back={wanted ? 'today' : 'settings'}>
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
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(code.groups.join('-')).then(() => setCopied(true), () => setCopied(false));
  return (
    <Page title={text.title}>
      <p class="no-print">{text.lead}</p>
      <p class="code print-only-this" translate={false}>
        {code.groups.map((group, n) => <Fragment key={n}><span>{group}</span> </Fragment>)}
      </p>
      <p class="printed">{text.printed}</p>
      <div class="no-print">
        <p class="row">
          <Button onPress={() => void copy()}>{words.copy}</Button>
          <Button onPress={() => print()}>{words.print}</Button>
        </p>
        <p role="status">{copied && words.copied}</p>
        <p><Button kind="main" onPress={() => go('room')}>{text.done}</Button></p>
        <p class="hint">{text.again}</p>
      </div>
    </Page>
  );
}

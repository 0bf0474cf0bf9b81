/** Coming in with a recovery code. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Field, Form } from '../../ui/parts';
import { words } from '../../words/en';
import { useWholeBoat } from '../afloat';
import { DeviceChoice, useDevice } from './device-choice';

const text = words.coming;

export function ComeInWithCode() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const { device, choose, ask } = useDevice();
  const [code, setCode] = useState('');
  return (
    <Page title={text.code.title} back="comeIn">
      <Form onSend={() => void doing.run(() => boat.comeInWithCode(code, device))}>
        <Field label={text.code.label} hint={text.code.lead} value={code} onInput={setCode} error={doing.trouble} />
        {ask && <DeviceChoice value={device} onChoose={choose} />}
        <Button kind="main" submit busy={doing.busy}>{text.comeIn}</Button>
        <p class="hint">{text.code.then}</p>
      </Form>
    </Page>
  );
}

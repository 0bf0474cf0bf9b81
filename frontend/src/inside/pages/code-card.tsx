/** A recovery code, shown once: to copy, print or write down. */
import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/parts';
import { words } from '../../words/en';
import { go } from '../afloat';
import type { RecoveryCode } from '../model';

const text = words.coming.made;

export function CodeCard({ code }: { code: RecoveryCode }) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(code.groups.join('-')).then(() => setCopied(true), () => setCopied(false));
  return (
    <>
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
    </>
  );
}

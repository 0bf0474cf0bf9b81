/** A way in typed again, or a passkey touched again, before anything about the ways in changes. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, Field, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { useWholeBoat } from '../afloat';
import { canPasskey } from '../can-passkey';

const text = words.ways;

export interface Proof {
  /** Where nobody knows the sign-in name, it is typed with the rest. */
  asksName: boolean;
  name: string;
  onName: (name: string) => void;
  typed: string;
  onType: (typed: string) => void;
  touched: boolean;
  onTouch: () => void;
  /** Throws where it opens nothing. */
  prove: () => Promise<void>;
  forget: () => void;
}

export function useProof(): Proof {
  const boat = useWholeBoat();
  const [name, onName] = useState('');
  const [typed, onType] = useState('');
  const [touched, setTouched] = useState(false);
  return {
    asksName: boat.asksName(),
    name,
    onName,
    typed,
    onType,
    touched,
    onTouch: () => setTouched(true),
    prove: () => (touched ? Promise.resolve() : boat.prove(typed, name)),
    forget: () => {
      onType('');
      setTouched(false);
    },
  };
}

/** Troubles with a sign-in name. */
export function isOfName(code: string | null): boolean {
  return code === 'name_empty' || code === 'name_taken';
}

/** Under which name a passphrase opens; nothing where it is known. */
export function NameField({ proof: { asksName, name, onName }, error }: { proof: Proof; error: string | null }) {
  if (!asksName) return null;
  return <Field label={words.coming.signInName} hint={text.nameHint} value={name} onInput={onName} autocomplete="username" error={error} />;
}

export function ProofField({ proof, error }: { proof: Proof; error: string | null }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const can = canPasskey();
  const has = useWatched(boat.ways).some(({ kind }) => kind === 'passkey');
  const touch = async () => {
    if (await doing.run(() => boat.prove(null))) proof.onTouch();
  };
  if (proof.touched) return <p role="status">{text.touched}</p>;
  return (
    <>
      <Field label={text.proof} hint={text.proofHint} kind="passphrase" value={proof.typed} onInput={proof.onType} autocomplete="current-password" error={error} />
      {has && can && (
        <>
          <TroubleLine text={doing.trouble} />
          <p><Button kind="link" busy={doing.busy} onPress={() => void touch()}>{text.touch}</Button></p>
        </>
      )}
    </>
  );
}

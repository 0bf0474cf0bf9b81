/** How someone comes in from now on: a sign-in name, a passphrase, and the two ticks. */
import { Button, Field, Fold, Tick } from '../../ui/parts';
import { words } from '../../words/en';
import { troubles } from '../../words/en/troubles';
import type { NewAccount } from '../model';
import { DeviceChoice, type Known } from './device-choice';

const text = words.starting.account;
const SAID = { short: text.short, fair: text.fair, good: text.good };

export interface AccountWords {
  signInName: string;
  passphrase: string;
  adult: boolean;
  consent: boolean;
  device: Known;
}

export const NO_ACCOUNT: AccountWords = { signInName: '', passphrase: '', adult: false, consent: false, device: 'shared' };

export type Strength = 'short' | 'fair' | 'good';

/** Three words are enough to begin with; so is one long line. Guidance, not a score. */
export function strength(passphrase: string): Strength {
  const parts = passphrase.trim().split(/[\s\-_.]+/).filter((part) => part.length > 1);
  const letters = [...passphrase.trim()].length;
  const different = new Set(passphrase.toLowerCase()).size;
  if (different < 6 || letters < 12 || (parts.length < 3 && letters < 16)) return 'short';
  return parts.length >= 4 || letters >= 24 ? 'good' : 'fair';
}

/** What is still missing; an empty answer means that one can go on. */
export function missingIn(account: AccountWords): Set<keyof AccountWords> {
  const missing = new Set<keyof AccountWords>();
  if (!account.signInName.trim()) missing.add('signInName');
  if (strength(account.passphrase) === 'short') missing.add('passphrase');
  if (!account.adult) missing.add('adult');
  if (!account.consent) missing.add('consent');
  return missing;
}

export function newAccount(account: AccountWords, known: Known | null): NewAccount {
  return {
    signInName: account.signInName.trim(),
    passphrase: account.passphrase,
    device: known ?? account.device,
    consent: text.consentVersion,
  };
}

interface Props {
  value: AccountWords;
  onChange: (change: Partial<AccountWords>) => void;
  missing: Set<keyof AccountWords>;
  askDevice: boolean;
  nameTrouble: string | null;
}

export function AccountFields({ value, onChange, missing, askDevice, nameTrouble }: Props) {
  const how = strength(value.passphrase);
  return (
    <>
      <Field
        label={words.coming.signInName}
        hint={text.nameHint}
        value={value.signInName}
        onInput={(signInName) => onChange({ signInName })}
        autocomplete="username"
        error={nameTrouble ?? (missing.has('signInName') && !value.signInName.trim() ? troubles.of('name_empty') : null)}
      />
      <Field
        label={words.coming.passphrase}
        kind="passphrase"
        hint={text.passHint}
        value={value.passphrase}
        onInput={(passphrase) => onChange({ passphrase })}
        autocomplete="new-password"
        error={missing.has('passphrase') && how === 'short' ? troubles.of('passphrase_short') : null}
      />
      <p class="hint" role="status">{value.passphrase && SAID[how]}</p>
      <p class="hint">{text.nobody}</p>
      <Tick label={text.adult} on={value.adult} onTick={(adult) => onChange({ adult })} error={missing.has('adult') && !value.adult ? text.adultMissing : null} />
      <p class="under"><a href="/under-18">{text.under}</a></p>
      <Tick label={text.consent} on={value.consent} onTick={(consent) => onChange({ consent })} error={missing.has('consent') && !value.consent ? text.consentMissing : null} />
      <Fold face={text.consentMore}><p>{text.consentText}</p></Fold>
      {askDevice && <DeviceChoice value={value.device} onChoose={(device) => onChange({ device })} />}
    </>
  );
}

/** The button under every step. */
export function On({ face = words.on, busy = false }: { face?: string; busy?: boolean }) {
  return <Button kind="main" submit busy={busy}>{face}</Button>;
}

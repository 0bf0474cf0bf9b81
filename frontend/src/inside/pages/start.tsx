/** Starting a group: one thing on each page, and nothing is asked twice. The keys are made at the end. */
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useDoing, useWatched, type Doing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Field, Form, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { starter, written, type Clause } from '../../words/agreement';
import { troubles } from '../../words/en/troubles';
import { goInstead, useWholeBoat } from '../afloat';
import type { NewGroup, Safeguarding, TroubleCode } from '../model';
import { AccountFields, missingIn, newAccount, NO_ACCOUNT, On, type AccountWords } from './account-step';
import { AgreementEdit } from './agreement-edit';
import { draftPage, emptyParts, SafeguardingFields } from './safeguarding';
import { SizeStep } from './size-step';

const text = words.starting;

const STEPS = ['code', 'account', 'names', 'agreement', 'size', 'safeguarding'] as const;
type Step = (typeof STEPS)[number];

interface Written {
  code: string;
  account: AccountWords;
  groupName: string;
  myName: string;
  clauses: readonly Clause[];
  size: string;
  windowDays: number | null;
  anyMemberOpens: boolean;
  safeguarding: Safeguarding | null;
}

/** `clauses`: null until they are agreed to or changed; they name the number of the site's country. */
const EMPTY: Omit<Written, 'clauses'> & { clauses: Written['clauses'] | null } = {
  code: '',
  account: NO_ACCOUNT,
  groupName: '',
  myName: '',
  clauses: null,
  size: '8',
  windowDays: 90,
  anyMemberOpens: false,
  safeguarding: null,
};

const TITLES: Readonly<Record<Step, string>> = {
  code: text.code.title,
  account: text.account.title,
  names: text.names.title,
  agreement: text.agreement.title,
  size: text.size.title,
  safeguarding: text.safeguarding.title,
};

/** Which step a trouble at the very end belongs to. */
const stepOf: Partial<Record<TroubleCode, Step>> = {
  start_code_wrong: 'code',
  start_not_open: 'code',
  name_taken: 'account',
  passphrase_short: 'account',
};

export interface StepProps {
  written: Written;
  change: (part: Partial<Written>) => void;
  next: () => void;
  doing: Doing;
}

export function Start() {
  const boat = useWholeBoat();
  const site = useWatched(boat.site);
  const isIn = useWatched(boat.session).kind === 'in';
  const device = useWatched(boat.device);
  const doing = useDoing();
  const [begun, setWritten] = useState(EMPTY);
  const written_: Written = { ...begun, clauses: begun.clauses ?? starter(site.ring.emergency) };
  const steps = STEPS.filter((step) => !(step === 'code' && site.mayStart === 'open') && !(step === 'account' && isIn && !doing.busy));
  const [step, setStep] = useState<Step>(steps[0]!);
  const at = Math.max(0, steps.indexOf(step));

  useEffect(() => {
    const trouble = doing.code && stepOf[doing.code];
    if (trouble) setStep(trouble);
  }, [doing.code]);
  // Before it is seen: who types at once must not have the place taken from under their hands.
  useLayoutEffect(() => document.querySelector<HTMLElement>('#page h1')?.focus(), [step]);

  const change = (part: Partial<Written>) => setWritten((before) => ({ ...before, ...part }));
  const next = () => {
    doing.clear();
    setStep(steps[at + 1] ?? step);
  };
  async function finish(safeguarding: Safeguarding | null) {
    const known = device === 'unknown' ? null : device;
    const account = isIn ? null : newAccount(written_.account, known);
    if (await doing.run(() => boat.startGroup(asked({ ...written_, safeguarding }, account)))) goInstead('room');
  }
  const props: StepProps = { written: written_, change, next, doing };
  return (
    <Page title={at === 0 ? text.title : TITLES[step]} back={at > 0 ? undefined : isIn ? 'today' : 'comeIn'}>
      <p class="soft steps">
        {text.stepOf(at + 1, steps.length)}
        {at > 0 && !doing.busy && <Button kind="link" onPress={() => setStep(steps[at - 1]!)}>{text.before}</Button>}
      </p>
      {step === 'code' && <CodeStep {...props} />}
      {step === 'account' && <AccountStep {...props} />}
      {step === 'names' && <NamesStep {...props} />}
      {step === 'agreement' && <AgreementStep {...props} />}
      {step === 'size' && <SizeStep value={written_} change={change} next={next} />}
      {step === 'safeguarding' && <SafeguardingStep {...props} finish={(page) => void finish(page)} />}
    </Page>
  );
}

function asked(from: Written, account: NewGroup['account']): NewGroup {
  return {
    code: from.code.trim(),
    account,
    groupName: from.groupName.trim(),
    myName: from.myName.trim(),
    agreement: written(from.clauses),
    size: Number(from.size),
    windowDays: from.windowDays,
    anyMemberOpens: from.anyMemberOpens,
    safeguarding: from.safeguarding,
  };
}

function CodeStep({ written, change, next, doing }: StepProps) {
  const boat = useWholeBoat();
  const send = async () => {
    if (await doing.run(() => boat.checkCode(written.code.trim()))) next();
  };
  return (
    <Form onSend={() => void send()}>
      <h2>{text.code.title}</h2>
      <Field label={text.code.label} hint={text.code.hint} value={written.code} onInput={(code) => change({ code })} error={doing.trouble} />
      <p class="hint">{text.code.why}</p>
      <On busy={doing.busy} />
    </Form>
  );
}

function AccountStep({ written, change, next, doing }: StepProps) {
  const device = useWatched(useWholeBoat().device);
  const [missing, setMissing] = useState<ReturnType<typeof missingIn>>(new Set());
  function send() {
    const left = missingIn(written.account);
    setMissing(left);
    if (left.size === 0) next();
  }
  return (
    <Form onSend={send}>
      <AccountFields
        value={written.account}
        onChange={(part) => change({ account: { ...written.account, ...part } })}
        missing={missing}
        askDevice={device === 'unknown'}
        nameTrouble={doing.code === 'name_taken' ? doing.trouble : null}
      />
      <On />
    </Form>
  );
}

function NamesStep({ written, change, next }: StepProps) {
  const [tried, setTried] = useState(false);
  const error = (name: string) => (tried && !name.trim() ? troubles.of('name_empty') : null);
  function send() {
    setTried(true);
    if (written.groupName.trim() && written.myName.trim()) next();
  }
  return (
    <Form onSend={send}>
      <Field label={text.names.group} hint={text.names.groupHint} value={written.groupName} onInput={(groupName) => change({ groupName })} error={error(written.groupName)} />
      <Field label={text.names.mine} hint={text.names.mineHint} value={written.myName} onInput={(myName) => change({ myName })} error={error(written.myName)} />
      <On />
    </Form>
  );
}

function AgreementStep({ written, change, next }: StepProps) {
  const agree = () => {
    change({ clauses: written.clauses });
    next();
  };
  return (
    <>
      <p>{text.agreement.lead}</p>
      <AgreementEdit clauses={written.clauses} onChange={(clauses) => change({ clauses })} />
      <Button kind="main" onPress={agree}>{words.joining.agree}</Button>
    </>
  );
}

function SafeguardingStep({ written, change, doing, finish }: StepProps & { finish: (page: Safeguarding | null) => void }) {
  const site = useWatched(useWholeBoat().site);
  const page = written.safeguarding ?? draftPage(site);
  const [empty, setEmpty] = useState<Set<keyof Safeguarding>>(new Set());
  function send() {
    const isLater = !page.person.trim();
    const missing = isLater ? new Set<keyof Safeguarding>() : emptyParts(page);
    setEmpty(missing);
    if (missing.size === 0) finish(isLater ? null : page);
  }
  return (
    <Form onSend={send}>
      <p>{text.safeguarding.lead}</p>
      <SafeguardingFields page={page} onChange={(safeguarding) => change({ safeguarding })} empty={empty} />
      <TroubleLine text={doing.trouble} />
      <On face={text.safeguarding.made} busy={doing.busy} />
      <p class="soft" role="status">{doing.busy && text.safeguarding.making}</p>
    </Form>
  );
}

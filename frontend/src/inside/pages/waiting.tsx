/** After the knock: told honestly what happens, with a way back out at any time. */
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, TroubleLine, Way } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { read } from '../../words/agreement';
import { pathTo } from '../route';
import { go, goInstead, newHere, useWholeBoat, useNow } from '../afloat';
import type { WaitingView } from '../model';
import { AgreementText } from './agreement-edit';

const text = words.joining.wait;

export function Waiting({ waiting }: { waiting: WaitingView }) {
  if (waiting.state === 'opened') return <Opened waiting={waiting} />;
  if (waiting.state === 'waiting') return <Knocked waiting={waiting} />;
  const quiet = waiting.state === 'nobody-answered';
  return (
    <Page title={quiet ? text.nobody : text.notNow}>
      <p>{quiet ? text.nobodyMore : text.notNowMore}</p>
      <p class="row"><Way to="/find" kind="main">{text.find}</Way></p>
      <p>{text.helpLine}</p>
      <Withdraw />
      <AndOut />
    </Page>
  );
}

function Knocked({ waiting }: { waiting: WaitingView }) {
  const since = dayWithin(waiting.since, useNow());
  return (
    <Page title={text.title}>
      <p class="soft">{text.group(waiting.groupName)}, {since}</p>
      <Card tone="sea">
        <p>{text.told}</p>
        {waiting.looksIn && <p>{text.looksIn(waiting.looksIn)}</p>}
      </Card>
      <p>{text.away}</p>
      <Card title={text.meanwhile} tone="sand"><p>{text.helpLine}</p></Card>
      <Withdraw />
      <AndOut />
    </Page>
  );
}

function Withdraw() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const withdraw = async () => {
    if (await doing.run(() => boat.withdraw())) go('today');
  };
  return (
    <>
      <TroubleLine text={doing.trouble} />
      <p><Button busy={doing.busy} onPress={() => void withdraw()}>{text.withdraw}</Button></p>
      <p class="hint">{text.withdrawHint}</p>
    </>
  );
}

function AndOut() {
  const boat = useWholeBoat();
  const doing = useDoing();
  return (
    <p class="row">
      <a href={pathTo('settings')}>{words.settings.title}</a>
      <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.goOut())}>{words.parting.out}</Button>
    </p>
  );
}

/** A newer agreement is shown before the room opens; otherwise it is one touch. */
function Opened({ waiting }: { waiting: WaitingView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const through = async () => {
    if (!(await doing.run(() => boat.goThrough(waiting.version)))) return;
    newHere.isSo = true;
    goInstead('room');
  };
  return (
    <Page title={text.opened(waiting.groupName)}>
      <p>{text.openedLead}</p>
      {waiting.newerAgreement !== null && (
        <>
          <p>{text.newer}</p>
          <AgreementText clauses={read(waiting.newerAgreement)} />
        </>
      )}
      <TroubleLine text={doing.trouble} />
      <Button kind="main" busy={doing.busy} onPress={() => void through()}>
        {waiting.newerAgreement === null ? text.goThrough : text.goThroughAgree}
      </Button>
    </Page>
  );
}

/** The group's own agreement: its words, who has said "I agree", and how to change it by two. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Fold, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { read, written, type Clause } from '../../words/agreement';
import { listed, nameOf, useWholeBoat, useGroup } from '../afloat';
import type { GroupView } from '../model';
import { AgreementEdit, AgreementText } from './agreement-edit';

const text = words.group.agreement;

export function Agreement() {
  const group = useGroup();
  const [editing, setEditing] = useState(false);
  if (editing) return <Suggest group={group} onDone={() => setEditing(false)} />;
  const names = group.agreement.affirmedBy.map((id) => nameOf(group, id, words.someoneGone));
  return (
    <Page title={text.title} back="members">
      <p class="soft no-print">{text.lead}</p>
      <Proposal group={group} />
      <AgreementText clauses={read(group.agreement.text)} />
      <Affirm group={group} />
      <p class="soft">{names.length ? text.affirmedBy(listed(names)) : text.nobody}</p>
      <p class="row no-print">
        <Button onPress={() => print()}>{text.print}</Button>
        {!group.agreement.proposal && group.isMember && <Button onPress={() => setEditing(true)}>{text.change}</Button>}
      </p>
      <p class="no-print"><a href="/what-stays-here">{text.exceptions}</a></p>
    </Page>
  );
}

function Affirm({ group }: { group: GroupView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  if (!group.isMember) return null;
  if (group.agreement.affirmedByMe) return <p class="no-print">{text.agreed}</p>;
  return (
    <div class="no-print">
      <TroubleLine text={doing.trouble} />
      <p><Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.affirm(group.agreement.version))}>{text.agree}</Button></p>
    </div>
  );
}

/** A suggested change: anyone may read it; a second member makes it count. */
function Proposal({ group }: { group: GroupView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const proposal = group.agreement.proposal;
  if (!proposal) return null;
  const drop = () => void doing.run(() => boat.dropAgreementProposal());
  return (
    <Card title={proposal.by === group.me ? text.proposedMine : text.proposed(nameOf(group, proposal.by, words.someoneGone))} tone="sand">
      <Changes before={read(group.agreement.text)} after={read(proposal.text)} />
      <TroubleLine text={doing.trouble} />
      {proposal.mayISecond ? (
        <p class="row">
          <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.secondAgreement())}>{text.yes}</Button>
          <Button busy={doing.busy} onPress={drop}>{text.no}</Button>
        </p>
      ) : (
        <p>{text.waitingSecond}</p>
      )}
      {proposal.by === group.me && <Button kind="link" busy={doing.busy} onPress={drop}>{text.drop}</Button>}
    </Card>
  );
}

const same = (one: Clause, other: Clause) => one.heading === other.heading && one.text === other.text;

/** What would be different: parts that are new or changed, parts left out, and the whole for whoever wants it. */
function Changes({ before, after }: { before: readonly Clause[]; after: readonly Clause[] }) {
  const changed = after.filter((clause) => !before.some((other) => same(clause, other)));
  const out = before.filter((clause) => !after.some((other) => other.heading === clause.heading));
  if (out.length === before.length) return <AgreementText clauses={after} />; // another text altogether
  return (
    <>
      <AgreementText clauses={changed} />
      {out.map((clause, n) => <p key={n}>{text.leftOut(clause.heading || clause.text)}</p>)}
      <Fold face={text.whole}><AgreementText clauses={after} /></Fold>
    </>
  );
}

function Suggest({ group, onDone }: { group: GroupView; onDone: () => void }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [clauses, setClauses] = useState<readonly Clause[]>(() => read(group.agreement.text));
  const send = async () => {
    if (await doing.run(() => boat.proposeAgreement(written(clauses)))) onDone();
  };
  return (
    <Page title={text.changeTitle} back="agreement">
      <p>{text.changeLead}</p>
      <AgreementEdit clauses={clauses} onChange={setClauses} />
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Button kind="main" busy={doing.busy} onPress={() => void send()}>{text.send}</Button>
        <Button onPress={onDone}>{words.cancel}</Button>
      </p>
    </Page>
  );
}

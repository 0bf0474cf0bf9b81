/** One link for one person, as a square code and as words. Waits for the safeguarding page. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Choice, Field, Form, TroubleLine, Way } from '../../ui/parts';
import { SquareCode } from '../../ui/square-code';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { nameOf, present, useWholeBoat, useGroup, useNow } from '../afloat';
import type { GroupView, InvitationView, MadeInvitation } from '../model';
import { pathTo } from '../route';

const text = words.group.invite;
const DAYS = [1, 7, 14] as const;

export function Invite() {
  const group = useGroup();
  const [made, setMade] = useState<MadeInvitation | null>(null);
  return (
    <Page title={text.title} back="members">
      {!group.safeguarding ? (
        <Card title={text.first} tone="sand">
          <p>{text.firstMore}</p>
          <Way to={pathTo('safeguarding')} kind="main">{text.firstGo}</Way>
        </Card>
      ) : made ? (
        <Made made={made} onAnother={() => setMade(null)} />
      ) : (
        <Make group={group} onMade={setMade} />
      )}
      <Open group={group} />
    </Page>
  );
}

function Make({ group, onMade }: { group: GroupView; onMade: (made: MadeInvitation) => void }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [forWhom, setForWhom] = useState('');
  const [days, setDays] = useState('7');
  const iHost = group.members.some((member) => member.isMe && member.isHost);
  if (!iHost) return <p>{text.notHost}</p>;
  if (present(group).length >= group.size) return <p>{text.full}</p>;
  const make = () => doing.run(async () => onMade(await boat.makeInvitation(forWhom.trim(), Number(days))));
  return (
    <Form onSend={() => void make()}>
      <p>{text.lead}</p>
      <Field label={text.forWhom} hint={text.forWhomHint} value={forWhom} onInput={setForWhom} />
      <Choice
        legend={text.days}
        options={DAYS.map((n) => ({ value: String(n), label: text.dayChoice(n) }))}
        value={days}
        onChoose={setDays}
      />
      <TroubleLine text={doing.trouble} />
      <Button kind="main" submit busy={doing.busy}>{text.make}</Button>
    </Form>
  );
}

function Made({ made, onAnother }: { made: MadeInvitation; onAnother: () => void }) {
  const now = useNow();
  const [copied, setCopied] = useState(false);
  useEffect(() => scrollTo(0, 0), []); // the square stands above the button that was pressed
  const copy = () => navigator.clipboard.writeText(made.link).then(() => setCopied(true), () => setCopied(false));
  return (
    <Card {...(made.invitation.forWhom && { title: text.made(made.invitation.forWhom) })}>
      <SquareCode modules={made.modules} label={text.square} />
      <Field label={text.link} value={made.link} onInput={() => undefined} />
      <p class="row">
        <Button kind="main" onPress={() => void copy()}>{words.copy}</Button>
        <Button onPress={onAnother}>{text.another}</Button>
      </p>
      <p role="status">{copied && words.copied}</p>
      <p>{text.until(dayWithin(made.invitation.until, now))}</p>
      <p class="hint">{text.once}</p>
    </Card>
  );
}

function Open({ group }: { group: GroupView }) {
  const open = group.invitations.filter((invitation) => invitation.state === 'open');
  return (
    <Card title={text.list} tone="sand">
      {open.length === 0 ? <p>{text.none}</p> : <p class="hint">{text.voidHint}</p>}
      {open.map((invitation) => <OpenOne key={invitation.id} group={group} invitation={invitation} />)}
    </Card>
  );
}

function OpenOne({ group, invitation }: { group: GroupView; invitation: InvitationView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const by = nameOf(group, invitation.by, words.someoneGone);
  const what = text.by(invitation.forWhom || text.someone, by, dayWithin(invitation.until, useNow()));
  return (
    <div class="one">
      <p>{what}</p>
      <TroubleLine text={doing.trouble} />
      <Button kind="link" about={what} busy={doing.busy} onPress={() => void doing.run(() => boat.voidInvitation(invitation.id))}>{text.void}</Button>
    </div>
  );
}

/** Who is here, the room words, and what a group and a member can do. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Field, Fold, Form, TroubleLine } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { voice } from '../../words/en/voice';
import { go, present, useWholeBoat, useGroup, useNow } from '../afloat';
import type { GroupView, MemberView } from '../model';
import { pathTo } from '../route';
import { useMute } from './mute';
import { MemberReach } from './reach-parts';

const text = words.group.members;

export function Members() {
  const group = useGroup();
  const { canMeet } = useWatched(useWholeBoat().gathering());
  return (
    <Page title={text.title} here="members">
      <Talks group={group} />
      <ul class="members">
        {present(group).map((member) => <Row key={member.id} group={group} member={member} />)}
      </ul>
      <TakeHost group={group} />
      <Card title={text.does}>
        <ul class="plain links">
          <li><a href={pathTo('meetings')}>{words.meetings.title}</a></li>
          {canMeet && <li><a href={pathTo('voice')}>{voice.title}</a></li>}
          <li><a href={pathTo('agreement')}>{text.links.agreement}</a></li>
          <li><a href={pathTo('safeguarding')}>{text.links.safeguarding}</a></li>
          <li><Button kind="link" onPress={() => go('invite')}>{text.links.invite}</Button></li>
          <li><a href={pathTo('whoSees')}>{words.room.who}</a></li>
          <li><a href={pathTo('concerns')}>{text.links.concern}</a></li>
          <li><a href={pathTo('decisions')}>{text.links.decisions}</a></li>
          <li><a href={pathTo('earlier')}>{words.earlier.link}</a></li>
        </ul>
      </Card>
      {group.roomWords.length > 0 && (
        <Card title={text.roomWords} tone="sand">
          <p class="words" translate={false}>{group.roomWords.join(' · ')}</p>
          <p class="hint">{text.roomWordsHint}</p>
          <p><a href={pathTo('sameRoom')}>{words.checking.sameRoom.link}</a></p>
        </Card>
      )}
      <Mine />
    </Page>
  );
}

/** One-to-one talks, above everything else here. */
function Talks({ group }: { group: GroupView }) {
  const lines = useWatched(useWholeBoat().oneToOne).filter((line) => line.group === group.id);
  if (lines.length === 0) return null;
  return (
    <Card title={words.talks.title}>
      <ul class="plain links">
        {lines.map(({ id, name, isNew, state }) => (
          <li key={id}>
            <a href={pathTo('talk', id)}>{name || words.someoneGone}</a>
            {isNew && <span class="chip">{words.today.hasNew}</span>}
            {state !== 'on' && state !== 'forked' && <span class="soft"> {words.talks.ended}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Row({ group, member }: { group: GroupView; member: MemberView }) {
  const now = useNow();
  return (
    <li class="member">
      <p>
        <strong>{member.name}</strong>
        {member.isMe && <span class="soft"> {text.you}</span>}
        {member.isHost && (
          <span class="chip">{member.termUntil ? text.hostUntil(dayWithin(member.termUntil, now)) : text.host}</span>
        )}
      </p>
      {!member.isMe && <MemberReach id={member.id} />}
      {member.isMe ? <AboutMe name={member.name} /> : <About group={group} member={member} />}
    </li>
  );
}

/** A talk with another member in one press; what else can be done about them is kept shut until asked for. */
function About({ group, member }: { group: GroupView; member: MemberView }) {
  const [open, setOpen] = useState(false);
  const boat = useWholeBoat();
  const [doing, talking] = [useDoing(), useDoing()];
  const mute = useMute();
  const iHost = group.members.some((one) => one.isMe && one.isHost);
  const isMuted = mute.isPerson(member.id);
  return (
    <div class="fold">
      <span class="row">
        <Button kind="link" busy={talking.busy} onPress={() => void talking.run(async () => go('talk', await boat.talkWith(member.id)))}>{words.talks.with(member.name)}</Button>
        <Button kind="link" expanded={open} about={member.name} onPress={() => setOpen(!open)}>{text.more}</Button>
      </span>
      <TroubleLine text={talking.trouble ?? doing.trouble} />
      {open && (
        <div class="unfolded">
          <p><a href={pathTo('worried', member.id)}>{text.worried(member.name)}</a></p>
          <p>
            <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => mute.person(member.id))}>
              {isMuted ? text.unmute(member.name) : text.mute(member.name)}
            </Button>
          </p>
          {isMuted && <p class="hint">{words.room.panel.muteHint}</p>}
          {iHost && (
            <>
              <p><Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.passHost(member.id))}>{text.passHost(member.name)}</Button></p>
              <p class="hint">{text.passHint}</p>
            </>
          )}
          {!iHost && !member.isHost && present(group).length > 2 && <AskHost member={member} />}
          {present(group).length > 2 && <p><a href={pathTo('remove', member.id)}>{text.remove(member.name)}</a></p>}
        </div>
      )}
    </div>
  );
}

/** Two members may appoint a host at any time, also when the only one is lost. */
function AskHost({ member }: { member: MemberView }) {
  const asks = words.returning.host;
  const boat = useWholeBoat();
  const doing = useDoing();
  const [asked, setAsked] = useState(false);
  const ask = async () => {
    if (await doing.run(() => boat.proposeHost(member.id))) setAsked(true);
  };
  if (asked) return <p role="status">{asks.asked}</p>;
  return (
    <>
      <TroubleLine text={doing.trouble} />
      <p><Button kind="link" busy={doing.busy} onPress={() => void ask()}>{asks.ask(member.name)}</Button></p>
      <p class="hint">{asks.askHint}</p>
    </>
  );
}

function AboutMe({ name }: { name: string }) {
  return (
    <>
      <Rename name={name} />
      <p class="links"><a href={pathTo('reach')}>{words.reach.link}</a></p>
      <p class="links"><a href={pathTo('leftWords')}>{words.worried.left.title}</a></p>
    </>
  );
}

function Rename({ name }: { name: string }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [next, setNext] = useState(name);
  return (
    <Fold face={text.rename}>
      <Form onSend={() => void doing.run(() => boat.rename(next.trim()))}>
        <Field label={text.name} value={next} onInput={setNext} error={doing.trouble} />
        <Button kind="sea" submit busy={doing.busy}>{words.save}</Button>
      </Form>
    </Fold>
  );
}

/** Shown only when nobody's term is current. */
function TakeHost({ group }: { group: GroupView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  if (present(group).some((member) => member.isHost)) return null;
  return (
    <Card tone="sand">
      <p>{text.takeHint}</p>
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void doing.run(() => boat.takeHost())}>{text.takeHost}</Button>
    </Card>
  );
}

function Mine() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const device = useWatched(boat.device);
  return (
    <Card title={text.mine}>
      <ul class="plain links">
        <li><a href={pathTo('settings')}>{text.links.settings}</a></li>
        <li><a href={pathTo('break')}>{text.links.break}</a></li>
        <li>
          <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.goOut())}>{text.links.out}</Button>
          <p class="hint">{device === 'shared' ? words.settings.device.isShared : words.parting.outHint}</p>
        </li>
        <li><Button kind="link" onPress={() => go('leave')}>{text.links.leave}</Button></li>
      </ul>
      <TroubleLine text={doing.trouble} />
    </Card>
  );
}

/** The first screen: the next meeting, who looks in, and whatever waits for this person. */
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, TroubleLine, Way } from '../../ui/parts';
import { weekdayAndClock, when } from '../../ui/when';
import { bring, part } from '../../part';
import { words } from '../../words/en';
import { go, nameOf, useBoat, useGroup, useNow, usePutOff, useWholeBoat } from '../afloat';
import type { AskView, GroupView } from '../model';
import { pathTo } from '../route';
import { useWhatWaits } from '../what-waits';
import { BecomeMine } from './become-mine';

const text = words.today;

export function Today() {
  const group = useGroup();
  const here = useWatched(part);
  useWhatWaits(group);
  // Who was written to alone sees it without a move of the hand, on the smallest phone too.
  const isWritten = useWatched(useBoat().newTalks).length > 0;
  return (
    <Page title={weekdayAndClock(useNow())} here="today">
      <NextMeeting />
      {isWritten && <WhatIsNew group={group} />}
      <AskTelling />
      {group.onBreak && <OnBreak />}
      {here && <here.LeftOpened />}
      {here && <here.UpForCall />}
      <Asked group={group} />
      {!isWritten && <WhatIsNew group={group} />}
      {here && <here.Unanswered />}
      <Card title={text.lookingIn}>
        <p>{group.safeguarding?.looksIn ? text.looksIn(group.safeguarding.looksIn) : text.noLooksIn}</p>
        <p class="soft">{text.notWatched}</p>
      </Card>
      <ToDo group={group} />
      <WhoseDevice />
      <Groups group={group} />
    </Page>
  );
}

/** Asked once, with the very words that a locked screen would show. */
function AskTelling() {
  const boat = useWholeBoat();
  const said = useWatched(boat.askTelling);
  const doing = useDoing();
  if (said === null) return null;
  const ask = words.telling;
  return (
    <Card title={ask.ask}>
      <p>{ask.askMore}</p>
      <p class="card lock-screen">{said}</p>
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Way to={pathTo('howTold')} kind="sea">{ask.askLook}</Way>
        <Button busy={doing.busy} onPress={() => void doing.run(() => boat.saveWish({}))}>{ask.askNot}</Button>
      </p>
    </Card>
  );
}

/** Empty only for the moment until the other part is here. */
function NextMeeting() {
  const here = useWatched(part);
  return here ? <here.NextMeeting /> : <Card title={text.nextMeeting} tone="sea"><p class="soft">{words.opening}</p></Card>;
}

/** A quiet word for whoever passed the question by on a device of their own. */
function WhoseDevice() {
  const device = useWatched(useBoat().device);
  const { isOff, later } = usePutOff('device');
  if (device !== 'shared' || isOff) return null;
  return (
    <Card title={words.settings.device.title}>
      <BecomeMine />
      <Button kind="link" onPress={later}>{words.settings.device.leaveIt}</Button>
    </Card>
  );
}

function OnBreak() {
  const boat = useWholeBoat();
  const doing = useDoing();
  return (
    <Card title={text.onBreak} tone="sand">
      <p>{text.onBreakMore}</p>
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void doing.run(() => bring().then(() => boat.backFromBreak()))}>{text.back}</Button>
    </Card>
  );
}

/** People who wait for an answer: at the door, or from me. */
function Asked({ group }: { group: GroupView }) {
  const now = useNow();
  const name = (id: string) => nameOf(group, id, words.someoneGone);
  const proposal = group.agreement.proposal;
  return (
    <>
      {group.knocks.map((knock) => (
        <Card key={knock.id} title={text.knock(knock.name)}>
          <p>{text.knockMore}</p>
          <Way to={pathTo('door', knock.id)} kind="sea">{text.openKnock}</Way>
        </Card>
      ))}
      {group.removals.map((removal) => (
        <Card key={removal.id} title={text.asked(name(removal.by), name(removal.target))}>
          <p>{text.askedMore}</p>
          <Way to={pathTo('removal', removal.id)} kind="sea">{text.openAsked}</Way>
        </Card>
      ))}
      {group.returns.map(({ kind, id }) => (
        <Card key={id} title={words.returning.today[kind]}>
          <Way to={kind === 'check' ? pathTo('returning', id) : kind === 'ready' ? pathTo('door', id) : pathTo('host', id)} kind="sea">{words.returning.today.look}</Way>
        </Card>
      ))}
      {group.asks.map((ask) => <Asks key={ask.id} ask={ask} />)}
      {group.quietUntil !== null && <Card tone="sand"><p>{words.deciding.quietMine(when(group.quietUntil, now))}</p></Card>}
      {proposal?.mayISecond && (
        <Card title={text.changed(name(proposal.by))}>
          <Way to={pathTo('agreement')} kind="sea">{text.openChanged}</Way>
        </Card>
      )}
    </>
  );
}

/** A concern, an answer, a fold, a question: what it says stands on its own page. */
function Asks({ ask: { kind, id } }: { ask: AskView }) {
  const asks = words.deciding.asks;
  const to = kind === 'report' ? pathTo('concern', id) : kind === 'removal' ? pathTo('week', id) : kind === 'told' || kind === 'stays' ? pathTo('told') : kind === 'notAgreed' ? pathTo('notAgreed', id) : pathTo(kind === 'earlier' ? 'earlier' : 'concerns');
  const title = { report: asks.report, answer: asks.answer, folded: asks.folded, removal: asks.removal, told: asks.told, stays: asks.stays, notAgreed: asks.notAgreed, earlier: asks.earlier }[kind];
  return (
    <Card title={title}>
      {kind === 'report' && <p>{asks.reportMore}</p>}
      {kind === 'folded' && <p>{asks.foldedMore}</p>}
      <Way to={to} kind="sea">{asks.look}</Way>
    </Card>
  );
}

function WhatIsNew({ group }: { group: GroupView }) {
  const talks = useWatched(useBoat().newTalks);
  const places = (['room', 'everyday'] as const).filter((place) => group.isNew[place]);
  return (
    <Card title={text.newHere}>
      {places.length + talks.length === 0 && <p>{text.nothingNew}</p>}
      {talks.map(({ id, name }) => (
        <p key={id}>{words.talks.new(name)} <a href={pathTo('talk', id)} aria-description={name}>{text.readNew}</a></p>
      ))}
      {places.map((place) => {
        const name = place === 'room' ? words.room.room : words.room.everyday;
        return <p key={place}>{text.newIn(name)} <a href={pathTo(place)} aria-description={name}>{text.readNew}</a></p>;
      })}
    </Card>
  );
}

/** Two things that a group and a member should not go long without. Neither blocks anything. */
function ToDo({ group }: { group: GroupView }) {
  return (
    <>
      <CodeCard />
      {!group.safeguarding && (
        <Card title={text.safeguarding} tone="sand">
          <p>{text.safeguardingMore}</p>
          <Way to={pathTo('safeguarding')}>{text.fillIn}</Way>
        </Card>
      )}
    </>
  );
}

export function CodeCard() {
  const wanted = useWatched(useBoat().codeWanted);
  if (!wanted) return null;
  return (
    <Card title={text.code} tone="sand">
      <p>{text.codeMore}</p>
      <Way to={pathTo('recovery')}>{text.makeCode}</Way>
    </Card>
  );
}

function Groups({ group }: { group: GroupView }) {
  const boat = useBoat();
  const circles = useWatched(boat.circles);
  if (circles.length < 2) return null;
  return (
    <Card title={text.groups}>
      <ul class="plain">
        {circles.map((circle) => (
          <li key={circle.id}>
            {circle.id === group.id ? (
              <span>{circle.name} <span class="soft">{text.here}</span></span>
            ) : (
              <Button kind="link" onPress={() => boat.goTo(circle.id)}>
                {circle.name} {circle.isNew && <span class="chip">{text.hasNew}</span>}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Someone who is in, and in no group: left one, or has not begun. */
export function NoGroup() {
  const boat = useBoat();
  const circles = useWatched(boat.circles);
  const doing = useDoing();
  return (
    <Page title={text.noGroup}>
      <p>{text.noGroupMore}</p>
      {circles.map((circle) => (
        <p key={circle.id}><Button kind="sea" onPress={() => boat.goTo(circle.id)}>{circle.name}</Button></p>
      ))}
      <p class="row">
        <Way to="/find">{words.coming.find}</Way>
        <Button onPress={() => go('start')}>{words.coming.start}</Button>
      </p>
      <p class="row">
        <a href={pathTo('settings')}>{words.settings.title}</a>
        <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.goOut())}>{words.parting.out}</Button>
      </p>
    </Page>
  );
}

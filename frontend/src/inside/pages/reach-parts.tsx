/** Who may be rung, wherever it is shown: on Today, beside a member, in a talk. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, Card, TroubleLine } from '../../ui/parts';
import { clock, dayNumber, dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { nameOf, useGroup, useNow, useWholeBoat } from '../afloat';
import { pathTo } from '../route';
import { standing } from '../standing';

const text = words.reach;

interface Up {
  id: string;
  until: number;
}

/** Everybody who is up for a call now, whoever stays longest first. */
function useUp(): Up[] {
  const { others } = useWatched(useWholeBoat().reach());
  const now = useNow();
  const up = others.flatMap(({ id, said }) => {
    const how = standing(said, now);
    return how.kind === 'up' ? [{ id, until: how.until }] : [];
  });
  return up.sort((a, b) => b.until - a.until);
}

/** On the first page. */
export function UpForCall() {
  return (
    <>
      <RangMe />
      <WhoIsUp />
    </>
  );
}

function WhoIsUp() {
  const boat = useWholeBoat();
  const { canRing, mine, askedMe } = useWatched(boat.reach());
  const group = useGroup();
  const doing = useDoing();
  const up = useUp();
  const how = standing(mine, useNow());
  const name = (id: string) => nameOf(group, id, words.someoneGone);
  if (!canRing && mine.zone === '') return null;
  return (
    <Card title={text.now.title}>
      {askedMe.map((id) => <p key={id}>{text.now.asked(name(id))} {canRing && <Ring id={id} />}</p>)}
      {up.map(({ id, until }) => <p key={id}>{text.now.until(name(id), clock(until))} {canRing && <Ring id={id} />}</p>)}
      {up.length === 0 && <p>{text.now.nobody} <a href="/help">{text.now.line}</a></p>}
      <TroubleLine text={doing.trouble} />
      {canRing && up.length > 1 && (
        <p><Button kind="sea" busy={doing.busy} onPress={() => void doing.run(() => boat.ring(up.map(({ id }) => id)))}>{text.now.ringAll}</Button></p>
      )}
      {how.kind === 'up' && <p class="soft">{text.now.mineUp(clock(how.until))} <NotToday /></p>}
      <p><a href={pathTo('reach')}>{text.link}</a></p>
    </Card>
  );
}

/** Who rang while I did not come to the phone, until I put it away or we have talked. */
function RangMe() {
  const { rang } = useWatched(useWholeBoat().reach());
  return <>{rang.map(({ id, at }) => <Rang key={id} id={id} at={at} />)}</>;
}

function Rang({ id, at }: { id: string; at: number }) {
  const boat = useWholeBoat();
  const { canRing } = useWatched(boat.reach());
  const name = nameOf(useGroup(), id, words.someoneGone);
  const doing = useDoing();
  const now = useNow();
  const time = dayNumber(at) === dayNumber(now) ? clock(at) : `${dayWithin(at, now)}, ${clock(at)}`;
  return (
    <Card title={text.rang.title(name, time)}>
      <TroubleLine text={doing.trouble} />
      <p class="row">
        {canRing && <Button kind="sea" busy={doing.busy} onPress={() => void doing.run(() => boat.ring([id]))}>{text.rang.back(name)}</Button>}
        <Button about={name} onPress={() => boat.putAwayRang(id)}>{text.rang.fine}</Button>
      </p>
      <p class="hint">{text.rang.alone(name)}</p>
    </Card>
  );
}

/** One press, no reason. */
export function NotToday() {
  const boat = useWholeBoat();
  const doing = useDoing();
  return (
    <>
      <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.notToday(true))}>{text.today.not}</Button>
      <TroubleLine text={doing.trouble} />
    </>
  );
}

function Ring({ id }: { id: string }) {
  const boat = useWholeBoat();
  const name = nameOf(useGroup(), id, words.someoneGone);
  const doing = useDoing();
  return (
    <>
      <Button busy={doing.busy} onPress={() => void doing.run(() => boat.ring([id]))}>{text.ring(name)}</Button>
      <TroubleLine text={doing.trouble} />
    </>
  );
}

/** The way to ask somebody to ring, and then to the talk in which it stands. */
export function Ask({ id }: { id: string }) {
  const boat = useWholeBoat();
  const name = nameOf(useGroup(), id, words.someoneGone);
  const doing = useDoing();
  const [talk, setTalk] = useState<string | null>(null);
  if (talk !== null) return <span role="status">{text.asked} <a href={pathTo('talk', talk)}>{words.talks.with(name)}</a></span>;
  return (
    <>
      <Button busy={doing.busy} onPress={() => void doing.run(async () => setTalk(await boat.askToRing(id)))}>{text.askThem(name)}</Button>
      <TroubleLine text={doing.trouble} />
    </>
  );
}

/** Beside one other member: until when they are up for a call, or the way to ask; and their number. */
export function MemberReach({ id }: { id: string }) {
  const { canRing, others, askedMe, rang, numbers } = useWatched(useWholeBoat().reach());
  const now = useNow();
  const said = others.find((one) => one.id === id)?.said;
  const how = said === undefined ? null : standing(said, now);
  const mayRing = how?.kind === 'up' || askedMe.includes(id) || rang.some((one) => one.id === id);
  const theirs = numbers.filter((one) => one.id === id);
  const isEmpty = theirs.length === 0 && (!canRing || (!mayRing && how?.kind !== 'ask'));
  if (isEmpty) return null;
  const name = nameOf(useGroup(), id, words.someoneGone);
  return (
    <div class="reachable">
      {canRing && how?.kind === 'up' && <p>{text.now.until(name, clock(how.until))}</p>}
      {canRing && mayRing && <p><Ring id={id} /></p>}
      {canRing && !mayRing && how?.kind === 'ask' && <p><Ask id={id} /></p>}
      {theirs.map(({ number, toAll }) => <p key={String(toAll)}>{text.theirs(number)}</p>)}
    </div>
  );
}

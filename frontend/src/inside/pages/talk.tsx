/** A talk with one other member: the room's own walls, laid over with what the two said. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { AfloatContext, go, goInstead, useAfloat, useWholeBoat } from '../afloat';
import type { GroupView, TalkLine, TalkWith } from '../model';
import { Room } from '../room/room';
import { pathTo } from '../route';
import { useMute } from './mute';
import { MemberReach } from './reach-parts';

const text = words.talks;

export function Talk({ id }: { id: string }) {
  const afloat = useAfloat();
  const boat = useWholeBoat();
  const lines = useWatched(boat.oneToOne);
  const looked = useWatched(boat.talksLooked);
  // One that has just been found is there with the next list.
  const inside = useMemo(() => boat.inTalk(id), [id, looked, lines]);
  const group = useWatched(boat.group);
  const where = lines.find((line) => line.id === id)?.group;
  useEffect(() => {
    if (where !== undefined && where !== group?.id) boat.goTo(where);
  }, [where]);
  if (inside === null && !looked) return <Page title={words.opening}>{null}</Page>;
  if (inside === null) return <Page title={text.title} back="members"><p>{text.gone}</p></Page>;
  return (
    <AfloatContext.Provider value={{ ...afloat, boat: { ...boat, ...inside } }}>
      <Inside id={id} lines={lines} />
    </AfloatContext.Provider>
  );
}

function Inside({ id, lines }: { id: string; lines: readonly TalkLine[] }) {
  const group = useWatched(useWholeBoat().group);
  if (group?.talk === undefined) return null;
  return <Room place="room" about={<About id={id} group={group} talk={group.talk} lines={lines} />} />;
}

interface AboutProps {
  id: string;
  group: GroupView;
  talk: TalkWith;
  lines: readonly TalkLine[];
}

/** Who reads this, what has become of it, and the way to end it. */
function About({ id, group, talk, lines }: AboutProps) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const mute = useMute();
  const [closing, setClosing] = useState(false);
  const before = talk.before !== null && boat.inTalk(talk.before) !== null ? talk.before : null;
  return (
    <>
      <p class="about-room">
        <span>{text.only(talk.name)}</span>
        {before && <a href={pathTo('talk', before)}>{text.before}</a>}
        {talk.state === 'on' && <Button kind="link" expanded={closing} onPress={() => setClosing(!closing)}>{text.close}</Button>}
      </p>
      {mute.isThread(id) && (
        <p class="about-room" role="status">
          <span>{text.isMuted}</span> <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => mute.thread(id))}>{words.room.panel.unmuteThread}</Button>
        </p>
      )}
      {talk.state === 'on' && <MemberReach id={talk.other} />}
      {closing && <Closing id={id} group={group} name={talk.name} onNot={() => setClosing(false)} />}
      {!closing && talk.state !== 'on' && <Over id={id} talk={talk} lines={lines} />}
    </>
  );
}

function Over({ id, talk, lines }: Omit<AboutProps, 'group'>) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const said = talk.state === 'left' ? text.over.left(talk.name) : talk.state === 'keys' ? text.over.keys(talk.name) : talk.state === 'forked' ? text.over.forked(talk.name) : text.over.closed;
  const next = lines.find(({ member, state }) => member === talk.other && state === 'on');
  const open = () => void doing.run(async () => goInstead('talk', next?.id ?? (await boat.talkWith(talk.other))));
  const put = async () => {
    if (await doing.run(() => boat.closeTalk(id))) go('members');
  };
  return (
    <div class="at-the-top beside">
      <p role="status">{said}</p>
      <TroubleLine text={doing.trouble} />
      {talk.state === 'keys' && <Button kind="sea" busy={doing.busy} onPress={open}>{text.goOn(talk.name)}</Button>}
      {talk.state === 'forked' && <Button kind="sea" busy={doing.busy} onPress={() => void doing.run(() => boat.healTalk(id))}>{text.heal}</Button>}
      <Button busy={doing.busy} onPress={() => void put()}>{talk.state === 'forked' ? text.closeIt : text.putAway}</Button>
    </div>
  );
}

interface ClosingProps {
  id: string;
  group: GroupView;
  name: string;
  onNot: () => void;
}

/** It says first what will happen. */
function Closing({ id, group, name, onNot }: ClosingProps) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const close = async () => {
    if (await doing.run(() => boat.closeTalk(id))) go('members');
  };
  return (
    <div class="at-the-top asking" role="group" aria-label={text.close}>
      <p>{text.closeMore(name)} {text.fades(group.windowDays)}</p>
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Button kind="sea" busy={doing.busy} onPress={() => void close()}>{text.closeIt}</Button>
        <Button onPress={onNot}>{words.cancel}</Button>
      </p>
    </div>
  );
}

/** Someone at the door: their hello, and a person who opens it. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Lines, TroubleLine, Way } from '../../ui/parts';
import { words } from '../../words/en';
import { go, listed, nameOf, present, useWholeBoat, useGroup } from '../afloat';
import type { GroupView, KnockView } from '../model';
import { pathTo } from '../route';
import { Checked, Returning } from './door-return';

const text = words.group.door;

export function Door({ id }: { id: string }) {
  const group = useGroup();
  const [opened, setOpened] = useState<string | null>(null);
  const knock = group.knocks.find((one) => one.id === id);
  if (opened) return <Page title={text.opened(opened)} back="today"><p><Way to={pathTo('room')} kind="main">{text.sayHello}</Way></p></Page>;
  if (!knock) return <Page title={text.gone} back="today">{null}</Page>;
  return (
    <Page title={text.title(knock.name)} back="today">
      <p class="soft">{text.invitedBy(nameOf(group, knock.welcomer, words.someoneGone))}</p>
      <Card title={text.hello}>{knock.hello ? <Lines text={knock.hello} /> : <p>{text.noHello}</p>}</Card>
      <MayKnow group={group} knock={knock} />
      {knock.mayIAdmit && <Checked knock={knock} onOpened={() => setOpened(knock.name)} />}
      {knock.mayIAdmit ? <Answer knock={knock} onOpened={() => setOpened(knock.name)} /> : <p>{text.onlyHost}</p>}
      {knock.mayIAdmit && <Returning knock={knock} onOpened={() => setOpened(knock.name)} />}
    </Page>
  );
}

function Answer({ knock, onOpened }: { knock: KnockView; onOpened: () => void }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const open = async () => {
    if (await doing.run(() => boat.admit(knock.id))) onOpened();
  };
  const notNow = async () => {
    if (await doing.run(() => boat.decline(knock.id))) go('today');
  };
  return (
    <>
      <TroubleLine text={doing.trouble} />
      <p><Button kind="main" busy={doing.busy} onPress={() => void open()}>{text.open}</Button></p>
      <p class="hint">{text.openHint}</p>
      <p><Button busy={doing.busy} onPress={() => void notNow()}>{text.notNow}</Button></p>
      <p class="hint">{text.notNowHint}</p>
    </>
  );
}

/** Said privately, so that nobody has to meet someone unprepared. Where no other host could read it, nobody is asked. */
function MayKnow({ group, knock }: { group: GroupView; knock: KnockView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const names = knock.mayKnow.map((id) => nameOf(group, id, words.someoneGone));
  const known = names.length > 0 && <Card tone="sand"><p>{text.someoneKnows(listed(names))}</p></Card>;
  if (!present(group).some((member) => member.isHost && !member.isMe)) return <>{known}</>;
  return (
    <>
      {known}
      {knock.iMayKnow ? (
        <p role="status">{text.mayKnowDone}</p>
      ) : (
        <>
          <TroubleLine text={doing.trouble} />
          <p><Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.mayKnow(knock.id))}>{text.mayKnow}</Button></p>
          <p class="hint">{text.mayKnowHint}</p>
        </>
      )}
    </>
  );
}

/** The room words, large, for reading aloud at a meeting; and in plain words what made them change. Never required. */
import { useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, TroubleLine } from '../../ui/parts';
import { dayWithin } from '../../ui/when';
import { words } from '../../words/en';
import { listed, nameOf, present, useGroup, useNow, useWholeBoat } from '../afloat';
import type { KeyChangeView } from '../key-change-views';
import type { GroupView } from '../model';
import { pathTo } from '../route';

const text = words.checking.sameRoom;
const SHOWN = 10;

export function SameRoom() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const group = useGroup();
  return (
    <Page title={text.title} back="members">
      <p>{text.lead}</p>
      <p>{text.how}</p>
      <Aloud group={group} />
      <Card title={text.same}><p>{text.sameMore}</p></Card>
      <Card title={text.other} tone="sand">
        <p>{text.otherMore}</p>
        <TroubleLine text={doing.trouble} />
        <Button busy={doing.busy} onPress={() => void doing.run(() => boat.lookAgain())}>{text.again}</Button>
        <p><a href={pathTo('members')}>{text.members}</a></p>
      </Card>
      <Changes group={group} />
    </Page>
  );
}

/** One word a line, each with the person whose turn it is: the same turn on every screen, by name. */
function Aloud({ group }: { group: GroupView }) {
  const readers = present(group).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return (
    <ol class="aloud" aria-label={text.wordsName}>
      {group.roomWords.map((word, i) => {
        const reader = readers[i % readers.length];
        return (
          <li key={word + String(i)}>
            <span class="soft">{reader?.isMe ? text.iRead : text.reads(reader?.name ?? '')}</span>
            <strong translate={false}>{word}</strong>
          </li>
        );
      })}
    </ol>
  );
}

function Changes({ group }: { group: GroupView }) {
  const boat = useWholeBoat();
  const [all, setAll] = useState(false);
  const changes = boat.keyChanges();
  return (
    <>
      <h2>{text.changesTitle}</h2>
      <p>{text.changes}</p>
      <ul class="plain decisions">
        {(all ? changes : changes.slice(0, SHOWN)).map((one) => <Change key={one.id} group={group} change={one} />)}
      </ul>
      {!all && changes.length > SHOWN && <Button kind="link" onPress={() => setAll(true)}>{text.more}</Button>}
    </>
  );
}

function Change({ group, change }: { group: GroupView; change: KeyChangeView }) {
  const now = useNow();
  // Everybody by name, oneself too: it may be read aloud.
  const name = (id: string) => nameOf(group, id, words.someoneGone) || words.someoneGone;
  return (
    <li>
      <p><span class="soft">{dayWithin(change.at, now)}</span> {sentence(change, name)}</p>
    </li>
  );
}

function sentence({ what, who, by }: KeyChangeView, name: (id: string) => string): string {
  const names = listed(by.map(name));
  switch (what) {
    case 'began': return text.began(name(who));
    case 'came': return text.came(name(who), names);
    case 'newPhone': return text.newPhone(name(who), names);
    case 'removed': return text.removed(name(who), names);
    case 'left': return text.left(name(who));
    case 'newKeys': return text.newKeys(name(who));
    case 'healed': return text.healed(names);
  }
}

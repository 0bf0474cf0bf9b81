/** The log of decisions that every member can read: what, by whom, and why. Never whose words. */
import { Page } from '../../ui/page';
import { day } from '../../ui/when';
import { words } from '../../words/en';
import { listed, nameOf, useGroup, useNow, useWholeBoat } from '../afloat';
import type { DecisionView } from '../model';

const text = words.deciding.decisions;

export function Decisions() {
  const boat = useWholeBoat();
  useGroup();
  const { decisions } = boat.deciding();
  return (
    <Page title={text.title} back="members">
      <p>{text.lead}</p>
      {decisions.length === 0 && <p>{text.none}</p>}
      <ul class="plain decisions">
        {decisions.map((one) => <Line key={one.id} decision={one} />)}
      </ul>
    </Page>
  );
}

function Line({ decision: { at, what, by, about, why } }: { decision: DecisionView }) {
  const group = useGroup();
  const now = useNow();
  const name = (id: string) => (id === group.me ? words.you : nameOf(group, id, words.someoneGone));
  const names = listed([...by].sort((a, b) => Number(b === group.me) - Number(a === group.me)).map(name));
  return (
    <li>
      <p><span class="soft">{day(at, now)}</span><br />{text.what[what](names, about === null ? '' : nameOf(group, about, words.someoneGone))}</p>
      {why !== '' && <p class="soft">{text.why(why)}</p>}
    </li>
  );
}

/** The key of the people outside: which one the group has named, and another one, taken by two who hold it beside the paper. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { nameOf, useGroup, useWholeBoat } from '../afloat';
import type { OutsideKeyView } from '../outside-key-views';

const text = words.checking.outsideKey;

export function OutsideKey() {
  const boat = useWholeBoat();
  useGroup();
  const { named, proposal } = boat.outsideKey();
  return (
    <Page title={text.title} back="concerns">
      <p>{text.lead}</p>
      <Card title={text.named}>{named === null ? <p>{text.none}</p> : <Key of={named} />}</Card>
      {proposal === null ? <AtTheSite named={named} /> : <Asked {...proposal} />}
    </Page>
  );
}

/** In fours, as it is read from paper. */
function Key({ of }: { of: string }) {
  return <p class="code" translate={false}>{of.replaceAll(/.{4}/g, '$& ').trim()}</p>;
}

function AtTheSite({ named }: { named: string | null }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const [site, setSite] = useState<string | null | undefined>(undefined);
  useEffect(() => void boat.siteKey().then(setSite, () => undefined), []);
  if (site === undefined) return null;
  if (site === null) return <p>{text.siteNone}</p>;
  if (site === named) return <p>{text.same}</p>;
  return (
    <Card title={text.site} tone="sand">
      <Key of={site} />
      <p>{text.compare}</p>
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void doing.run(() => boat.proposeOutsideKey(site))}>{text.propose}</Button>
    </Card>
  );
}

function Asked({ by, proposed, mine, mayISecond }: NonNullable<OutsideKeyView['proposal']>) {
  const boat = useWholeBoat();
  const group = useGroup();
  const doing = useDoing();
  return (
    <Card title={mine ? text.asked : text.asks(nameOf(group, by, words.someoneGone))} tone="sand">
      <Key of={proposed} />
      <p>{mine ? text.waits : text.compare}</p>
      <TroubleLine text={doing.trouble} />
      <p class="row">
        {mayISecond && <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.secondOutsideKey())}>{text.yes}</Button>}
        <Button busy={doing.busy} onPress={() => void doing.run(() => boat.dropOutsideKey())}>{mine ? text.drop : text.no}</Button>
      </p>
    </Card>
  );
}

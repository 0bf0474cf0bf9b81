/** "I'm worried about Ana": one page, no machine behind it, nothing reported. */
import { part } from '../../part';
import { useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Card } from '../../ui/parts';
import { words } from '../../words/en';
import { nameOf, useBoat, useGroup } from '../afloat';
import { telOf } from '../ring';
import { pathTo } from '../route';

const text = words.worried;

export function Worried({ id }: { id: string }) {
  const group = useGroup();
  const { ring } = useWatched(useBoat().site);
  const here = useWatched(part);
  const name = nameOf(group, id, words.someoneGone);
  return (
    <Page title={text.title(name)} back="lastDoor">
      <Card tone="dusk">
        <p><strong>{text.danger(ring.emergency)}</strong></p>
        <p><a class="button dusk" href={telOf(ring.emergency)}>{text.ring(ring.emergency)}</a></p>
        <p>{text.where}</p>
      </Card>
      <Card title={text.ask(name)}>
        <p>{text.askMore}</p>
        <p><a href={pathTo('room')}>{text.write}</a></p>
      </Card>
      {here && <here.LeftCard id={id} />}
      <Card title={text.fix}><p>{text.fixMore}</p></Card>
      <Card title={text.tell}>
        <p>{text.tellMore}</p>
        <p><a href={pathTo('safeguarding')}>{text.page}</a></p>
      </Card>
      <Card title={text.you} tone="sand">
        <p>{text.youMore}</p>
        <p>{ring.night ? text.lines(ring.night.name, ring.night.number) : <a href="/help">{words.help}</a>}</p>
      </Card>
      <p>{text.noReport} <a href={pathTo('concerns')}>{text.report}</a></p>
    </Page>
  );
}

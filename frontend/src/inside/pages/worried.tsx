/** "I'm worried about Ana": one page, no machine behind it, nothing reported. */
import { Page } from '../../ui/page';
import { Card } from '../../ui/parts';
import { words } from '../../words/en';
import { nameOf, useGroup } from '../afloat';
import { pathTo } from '../route';

const text = words.worried;

export function Worried({ id }: { id: string }) {
  const group = useGroup();
  const name = nameOf(group, id, words.someoneGone);
  return (
    <Page title={text.title(name)} back="lastDoor">
      <Card tone="dusk">
        <p><strong>{text.danger}</strong></p>
        <p><a class="button dusk" href="tel:999">{text.ring}</a></p>
        <p>{text.where}</p>
      </Card>
      <Card title={text.ask(name)}>
        <p>{text.askMore}</p>
        <p><a href={pathTo('room')}>{text.write}</a></p>
      </Card>
      <Card title={text.fix}><p>{text.fixMore}</p></Card>
      <Card title={text.tell}>
        <p>{text.tellMore}</p>
        <p><a href={pathTo('safeguarding')}>{text.page}</a></p>
      </Card>
      <Card title={text.you} tone="sand">
        <p>{text.youMore}</p>
        <p>{text.lines}</p>
      </Card>
      <p>{text.noReport} <a href={pathTo('concerns')}>{text.report}</a></p>
    </Page>
  );
}

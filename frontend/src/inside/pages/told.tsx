/** Somebody is asked to go: the reason comes to them first, and stays with them. */
import { useEffect, useState } from 'preact/hooks';
import { Page } from '../../ui/page';
import { Card, Lines } from '../../ui/parts';
import { words } from '../../words/en';
import { go, nameOf, useGroup, useWholeBoat } from '../afloat';
import type { ToldView } from '../model';
import { PutAway } from './put-away';

const text = words.deciding.told;

/** By whom and why, as it was said before anything happened. */
export function Told({ face, none = null }: { face: (name: string) => string; none?: string | null }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const [told, setTold] = useState<ToldView | null>(null);
  useEffect(() => void boat.told().then(setTold, () => undefined), []);
  if (told === null) return none === null ? null : <p>{none}</p>;
  return <Card title={face(nameOf(group, told.by, words.someoneGone))}><Lines text={told.why} /></Card>;
}

export function ToldFirst() {
  const note = useGroup().asks.find(({ kind }) => kind === 'told');
  return (
    <Page title={text.title} back="today">
      <Told face={text.why} none={text.over} />
      <p>{text.next}</p>
      <p>{text.later}</p>
      {note && <PutAway note={note.id} after={() => go('today')} />}
    </Page>
  );
}

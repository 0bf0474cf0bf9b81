/** Somebody is asked to go: the reason comes to them first, and stays with them. */
import { useEffect, useState } from 'preact/hooks';
import { Page } from '../../ui/page';
import { Card, Lines } from '../../ui/parts';
import { words } from '../../words/en';
import { go, nameOf, useGroup, useWholeBoat } from '../afloat';
import type { ToldView } from '../model';
import { PutAway } from './put-away';

const text = words.deciding.told;

/** Undefined while this device looks for it; null where nobody asks. */
function useTold(): ToldView | null | undefined {
  const boat = useWholeBoat();
  const [told, setTold] = useState<ToldView | null | undefined>();
  useEffect(() => void boat.told().then(setTold, () => setTold(null)), []);
  return told;
}

/** By whom and why, as it was said before anything happened. */
function Why({ told, face }: { told: ToldView; face: (name: string) => string }) {
  return <Card title={face(nameOf(useGroup(), told.by, words.someoneGone))}><Lines text={told.why} /></Card>;
}

export function Told({ face }: { face: (name: string) => string }) {
  const told = useTold();
  return told ? <Why told={told} face={face} /> : null;
}

/** Never a word of it to somebody whom nobody asks. */
export function ToldFirst() {
  const told = useTold();
  const boat = useWholeBoat();
  const group = useGroup();
  const note = group.asks.find(({ kind }) => kind === 'told' || kind === 'stays');
  const no = note?.kind === 'stays' ? boat.deciding().saidNo.find(({ target }) => target === group.me) : undefined;
  if (!told) return <Page title={told === null ? text.over : words.opening} back="today">{null}</Page>;
  return (
    <Page title={no ? words.deciding.asks.stays : text.title} back="today">
      <Why told={told} face={text.why} />
      {no ? <p>{text.saidNo(nameOf(group, no.by, words.someoneGone))}</p> : <><p>{text.next}</p><p>{text.later}</p></>}
      {note && <PutAway note={note.id} after={() => go('today')} />}
    </Page>
  );
}

/** Whoever asked hears that the second of the two said no. */
export function NotAgreed({ id }: { id: string }) {
  const boat = useWholeBoat();
  const group = useGroup();
  const no = boat.deciding().saidNo.find((one) => one.id === id);
  const part = words.deciding.notAgreed;
  if (no === undefined) return <Page title={words.troubles.of('gone')} back="today">{null}</Page>;
  const [by, target] = [nameOf(group, no.by, words.someoneGone), nameOf(group, no.target, words.someoneGone)];
  return (
    <Page title={part.title(by)} back="today">
      <p>{part.stays(by, target)}</p>
      <p>{part.told(target)}</p>
      <p>{part.next}</p>
      <PutAway note={id} after={() => go('today')} />
    </Page>
  );
}

/** A screen of the part that is fetched afterwards: a quiet line until it is here. See part.ts. */
import { useEffect } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button } from '../../ui/parts';
import { words } from '../../words/en';
import { bring, part, type SeldomScreen } from '../../part';

export function Later({ screen, id }: { screen: SeldomScreen; id: string }) {
  const here = useWatched(part);
  const doing = useDoing();
  const fetch = () => void doing.run(bring);
  useEffect(() => void (here === null && fetch()), []);
  if (here !== null) {
    const Drawn = here.screens[screen];
    return <Drawn id={id} />;
  }
  if (doing.trouble === null) return <Page title={words.opening}>{null}</Page>;
  return (
    <Page title={words.part.title}>
      <p role="alert">{words.part.lead}</p>
      <p><Button kind="main" busy={doing.busy} onPress={fetch}>{words.room.sendAgain}</Button></p>
    </Page>
  );
}

/** An account that was closed, in the days in which it can be opened again. */
import { dayWithin } from '../../ui/when';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { goInstead, useWholeBoat, useNow } from '../afloat';

export function Closing({ until }: { until: number }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const text = words.coming.closing;
  const undo = async () => {
    // First, so that nobody who has gone on to another door is brought back to Today when all is here again.
    goInstead('today');
    await doing.run(() => boat.undoClose());
  };
  return (
    <Page title={text.title}>
      <p>{text.lead(dayWithin(until, useNow()))}</p>
      <p>{text.undoHint}</p>
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Button kind="main" busy={doing.busy} onPress={() => void undo()}>{text.undo}</Button>
        <Button busy={doing.busy} onPress={() => void doing.run(() => boat.goOut())}>{text.leave}</Button>
      </p>
    </Page>
  );
}

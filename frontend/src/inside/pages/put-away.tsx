/** A note that is dealt with. */
import { useDoing } from '../../ui/hooks';
import { Button, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { useWholeBoat } from '../afloat';

const text = words.deciding.concerns;

export function PutAway({ note, after }: { note: string; after?: () => void }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const put = async () => {
    if (await doing.run(() => boat.putAway(note))) after?.();
  };
  return (
    <>
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void put()}>{text.putAway}</Button>
    </>
  );
}

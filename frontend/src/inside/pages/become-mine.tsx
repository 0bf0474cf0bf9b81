/** "This device is mine", said after all. */
import { useDoing } from '../../ui/hooks';
import { Button, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { useBoat } from '../afloat';

/** On a device that counts as shared: what that means, and one press for whoever owns it. */
export function BecomeMine() {
  const device = words.settings.device;
  const boat = useBoat();
  const doing = useDoing();
  return (
    <>
      <p>{device.isShared}</p>
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void doing.run(() => boat.keepHere())}>{device.become}</Button>
      <p class="hint">{device.becomeHint}</p>
    </>
  );
}

/** Coming in with a passkey: no name, nothing typed. */
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { useWholeBoat } from '../afloat';
import { DeviceChoice, useDevice } from './device-choice';

const text = words.ways.passkeys;

export function ComeInWithPasskey() {
  const boat = useWholeBoat();
  const doing = useDoing();
  const { device, choose, ask } = useDevice();
  return (
    <Page title={text.comeIn} back="comeIn">
      <p>{text.comeInLead}</p>
      {ask && <DeviceChoice value={device} onChoose={choose} />}
      <TroubleLine text={doing.trouble} />
      <p>
        <Button kind="main" busy={doing.busy} onPress={() => void doing.run(() => boat.comeInWithPasskey(device))}>{words.coming.comeIn}</Button>
      </p>
    </Page>
  );
}

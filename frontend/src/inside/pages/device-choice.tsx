/** "Whose device is this?", before anything is kept. Whoever passes it by is on a shared one: nothing stays. */
import { useState } from 'preact/hooks';
import { useWatched } from '../../ui/hooks';
import { Choice } from '../../ui/parts';
import { words } from '../../words/en';
import { useBoat } from '../afloat';
import type { Device } from '../model';

export type Known = Exclude<Device, 'unknown'>;

/** The device is asked only once: a known one is not asked again. */
export function useDevice() {
  const known = useWatched(useBoat().device);
  const [chosen, choose] = useState<Known>('shared');
  return { device: known === 'unknown' ? chosen : known, choose, ask: known === 'unknown' };
}

interface Props {
  value: Known;
  onChoose: (device: Known) => void;
}

export function DeviceChoice({ value, onChoose }: Props) {
  const text = words.coming.device;
  return (
    <>
      <Choice
        legend={text.ask}
        options={[
          { value: 'mine', label: text.mine, hint: text.mineHint },
          { value: 'shared', label: text.shared, hint: text.sharedHint },
        ]}
        value={value}
        onChoose={onChoose}
      />
      <p class="hint">{text.limits}</p>
    </>
  );
}

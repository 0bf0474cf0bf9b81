/** "Whose device is this?", before anything is kept. Whoever passes it by is on a shared one: nothing stays. */
import { Choice } from '../../ui/parts';
import { words } from '../../words/en';
import type { Device } from '../model';

export type Known = Exclude<Device, 'unknown'>;

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

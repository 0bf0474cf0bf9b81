/** "Whose device is this?", asked once, before anything is kept. */
import { Choice } from '../../ui/parts';
import { words } from '../../words/en';
import type { Device } from '../model';

export type Known = Exclude<Device, 'unknown'>;

interface Props {
  value: Known | null;
  onChoose: (device: Known) => void;
  missing: boolean;
}

export function DeviceChoice({ value, onChoose, missing }: Props) {
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
        error={missing && !value ? text.missing : null}
      />
      <p class="hint">{text.limits}</p>
    </>
  );
}

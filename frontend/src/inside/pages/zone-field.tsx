/** The city whose clocks a meeting goes by: from this browser's own list, its own city first; typed where it has none. */
import { useId } from 'preact/hooks';
import { words } from '../../words/en';

const text = words.meetings;

export const hereZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/London';

function known(): readonly string[] {
  const zones = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [hereZone(), ...zones.filter((zone) => zone !== hereZone() && zone.includes('/'))];
}

export function ZoneField({ value, onInput }: { value: string; onInput: (zone: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{text.zone}</label>
      <p class="hint" id={`${id}-hint`}>{text.zoneHint}</p>
      <input
        id={id}
        type="text"
        list={`${id}-zones`}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        value={value}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value.trim())}
      />
      <datalist id={`${id}-zones`}>
        {known().map((zone) => <option key={zone} value={zone} />)}
      </datalist>
    </div>
  );
}

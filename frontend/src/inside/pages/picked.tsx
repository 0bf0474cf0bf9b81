/** A day or a time. */
import { useId } from 'preact/hooks';

interface PickedProps {
  label: string;
  kind: 'date' | 'time';
  value: string;
  onInput: (value: string) => void;
  error?: string | null;
  isOptional?: boolean;
}

/** A day or a time, in the way this device lets people pick one. */
export function Picked({ label, kind, value, onInput, error, isOptional = false }: PickedProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {error && <p class="error" id={`${id}-error`}>{error}</p>}
      <input
        id={id}
        type={kind}
        value={value}
        required={!isOptional}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

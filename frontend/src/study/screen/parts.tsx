/** The small pieces of the coding screen. They look like those inside, and carry no word of their own. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

type Kids = { children?: ComponentChildren };

/** Escape closes this, and nothing around it. */
export const onEscape = (close: () => void) => (event: KeyboardEvent): void => {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  close();
};

interface ButtonProps extends Kids {
  kind?: 'main' | 'sea' | 'plain' | 'link' | 'quiet';
  onPress?: () => void;
  /** An exact name where the face alone would not say enough. */
  name?: string | undefined;
  about?: string | undefined;
  disabled?: boolean | undefined;
  pressed?: boolean | undefined;
  expanded?: boolean | undefined;
  submit?: boolean;
  /** A further class, where one must be found among others. */
  also?: string;
}

export function Button({ kind = 'plain', onPress, name, about, disabled, pressed, expanded, submit, also = '', children }: ButtonProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class={`button ${kind} ${also}`.trim()}
      aria-label={name}
      aria-description={about}
      title={about}
      disabled={disabled ?? false}
      aria-pressed={pressed}
      aria-expanded={expanded}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** Typing has paused: on leaving, or Enter in a single line. */
  onDone?: (() => void) | undefined;
  rows?: number | undefined;
  hint?: string | undefined;
  disabled?: boolean | undefined;
}

export function Field({ label, value, onInput, onDone, rows, hint, disabled }: FieldProps) {
  const id = useId();
  const shared = {
    id, value, disabled: disabled ?? false,
    'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
    onBlur: onDone,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {rows === undefined ? <input type="text" autocomplete="off" {...shared} /> : <textarea rows={rows} {...shared} />}
    </div>
  );
}

interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
  disabled?: boolean;
}

export function Select<T extends string>({ label, value, options, onChoose, disabled }: SelectProps<T>) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} disabled={disabled ?? false} onChange={(event) => onChoose(event.currentTarget.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>{option.label}</option>
        ))}
      </select>
    </div>
  );
}

/**
 * A page over the page; Escape closes it, and the focus goes back to where it was.
 *
 * It is gone before the next key. The browser tells of a closed dialog only some time after, when a key may have opened
 * something else already: a sheet that is gone, or that something else took the place of, is not listened to any more.
 */
export function Sheet({ title, onClose, closing, children }: Kids & { title: string; onClose: () => void; closing: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const mine = dialog.current!;
    mine.showModal();
    mine.addEventListener('close', onClose);
    return () => {
      mine.removeEventListener('close', onClose);
      mine.close();
    };
  }, []);
  return (
    <dialog class="over" ref={dialog} aria-labelledby={id} onKeyDown={onEscape(onClose)}>
      <div class="over-top">
        <h2 id={id}>{title}</h2>
        <Button onPress={onClose}>{closing}</Button>
      </div>
      {children}
    </dialog>
  );
}

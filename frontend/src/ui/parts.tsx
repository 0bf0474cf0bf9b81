/** The small pieces every screen is made of. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { words } from '../words/en';

type Kids = { children?: ComponentChildren };

interface ButtonProps extends Kids {
  kind?: 'main' | 'sea' | 'plain' | 'link';
  busy?: boolean;
  submit?: boolean;
  onPress?: () => void;
  /** A description beside the exact name, such as "Ana, 8:50pm". */
  about?: string | undefined;
  /** An exact name where the face alone would not say enough. */
  name?: string | undefined;
  pressed?: boolean | undefined;
  expanded?: boolean | undefined;
}

export function Button({ kind = 'plain', busy, submit, onPress, about, name, pressed, expanded, children }: ButtonProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class={`button ${kind}`}
      aria-busy={busy ? 'true' : undefined}
      aria-description={about}
      aria-label={name}
      aria-pressed={pressed}
      aria-expanded={expanded}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button; for going somewhere, never for doing something. */
export function Way({ to, kind = 'plain', children }: Kids & { to: string; kind?: 'main' | 'sea' | 'plain' | 'link' }) {
  return (
    <a class={`button ${kind}`} href={to}>
      {children}
    </a>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string | undefined;
  error?: string | null | undefined;
  kind?: 'text' | 'passphrase' | 'number';
  rows?: number;
  autocomplete?: string;
  onBlur?: () => void;
}

function describe(id: string, hint?: string, error?: string | null) {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
}

/** Label, hint and trouble stand together; what was typed always stays. */
export function Field({ label, value, onInput, hint, error, kind = 'text', rows, autocomplete, onBlur }: FieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const shared = {
    id,
    value,
    'aria-describedby': describe(id, hint, error),
    'aria-invalid': error ? ('true' as const) : undefined,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
    onBlur,
  };
  const secret = kind === 'passphrase';
  const input = {
    ...shared,
    autocomplete: autocomplete ?? 'off',
    ...(kind === 'number' && { inputMode: 'numeric' as const }),
    ...(secret && { autocapitalize: 'none' as const, spellcheck: false }),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p class="error" id={`${id}-error`}>{error}</p>}
      {rows ? (
        <textarea {...shared} rows={rows} />
      ) : (
        <div class="beside">
          {secret && !shown ? <input {...input} type="password" /> : <input {...input} type="text" />}
          {secret && (
            <Button onPress={() => setShown(!shown)} pressed={shown} about={label}>
              {shown ? words.hide : words.show}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  options: readonly { value: T; label: string; hint?: string }[];
  value: T | null;
  onChoose: (value: T) => void;
  error?: string | null | undefined;
}

/** One of a few, as large rows. */
export function Choice<T extends string>({ legend, options, value, onChoose, error }: ChoiceProps<T>) {
  const id = useId();
  return (
    <fieldset class="choice" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{legend}</legend>
      {error && <p class="error" id={`${id}-error`}>{error}</p>}
      {options.map((option, n) => (
        <label class="pick" key={option.value}>
          <input
            type="radio"
            name={id}
            checked={value === option.value}
            aria-describedby={option.hint ? `${id}-${n}` : undefined}
            aria-label={option.label}
            onChange={() => onChoose(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <span class="hint" id={`${id}-${n}`}>{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface TickProps {
  label: string;
  on: boolean;
  onTick: (on: boolean) => void;
  hint?: string;
  error?: string | null | undefined;
}

export function Tick({ label, on, onTick, hint, error }: TickProps) {
  const id = useId();
  return (
    <div class="tick">
      {error && <p class="error" id={`${id}-error`}>{error}</p>}
      <label class="pick">
        <input
          type="checkbox"
          checked={on}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describe(id, hint, error)}
          onChange={(event) => onTick(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {hint && <p class="hint under" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

export function Card({ title, tone, children }: Kids & { title?: string | undefined; tone?: 'sand' | 'sea' | 'dusk' }) {
  return (
    <section class={`card ${tone ?? ''}`}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}

/** Trouble with a whole form: said at once, stands beside the button that was pressed. */
export function TroubleLine({ text }: { text: string | null }) {
  return <div role="alert">{text && <p class="error">{text}</p>}</div>;
}

/** A panel that opens in its place; nothing covers the page. */
export function Fold({ face, children, kind = 'link' }: Kids & { face: string; kind?: 'link' | 'plain' }) {
  const [open, setOpen] = useState(false);
  return (
    <div class="fold" onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
      <Button kind={kind} expanded={open} onPress={() => setOpen(!open)}>{face}</Button>
      {open && <div class="unfolded">{children}</div>}
    </div>
  );
}

/** Paragraphs of a text that people wrote or will read whole. */
export function Lines({ text }: { text: string }) {
  return (
    <>
      {text.split('\n').filter(Boolean).map((line, n) => (
        <p key={n}>{line}</p>
      ))}
    </>
  );
}

/** The first thing in a form that still needs something. */
const firstMissing = (form: HTMLElement) =>
  form.querySelector<HTMLElement>('[aria-invalid="true"]') ?? form.querySelector<HTMLElement>('.choice:has(.error) input');

/** A form that never reloads the page, and leads to the first thing that is missing. */
export function Form({ onSend, children }: Kids & { onSend: () => void }) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        onSend();
        setTimeout(() => firstMissing(form)?.focus(), 0);
      }}
    >
      {children}
    </form>
  );
}

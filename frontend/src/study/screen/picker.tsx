/** Picks a code by typing a few letters of it; what no code is called can become one. */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Code } from '../core/codes';
import { studyWords as words } from '../../words/study';
import { alike, chosenWords, codeAnew, codeChosen, uncode } from '../store/coding';
import type { Desk } from '../store/desk';
import { stripe } from './look';
import { Button } from './parts';
import { focusText, useDesk, useStage } from './stage';

const text = words.picker;
const MOST_SHOWN = 60;

/** One line of the list: a code, or the making of one. */
type Choice = { code: Code } | { create: string };

function choicesFor(desk: Desk, typed: string): Choice[] {
  const found: Choice[] = desk.book.find(typed, desk.lately).filter(({ kind }) => kind === 'code').slice(0, MOST_SHOWN).map((code) => ({ code }));
  const name = typed.replace(/\s+/g, ' ').trim();
  return name === '' || desk.book.named(name) !== null ? found : [...found, { create: name }];
}

/** What was typed, which line it stands at, and what the keys make of it. */
function usePicking(desk: Desk, field: { current: HTMLInputElement | null }, close: () => void) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const choices = choicesFor(desk, typed);
  const here = Math.min(at, choices.length - 1);
  const write = (text: string) => {
    setTyped(text);
    setAt(0);
  };
  const take = (choice: Choice | undefined, stays: boolean) => {
    if (choice === undefined) return;
    pick(desk, choice);
    if (!stays) return close();
    write('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: choices.length - 1 };
    const to = moves[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') take(choices[here], event.shiftKey);
    else if (to !== undefined && (event.key.startsWith('Arrow') || typed === '')) setAt((to + choices.length) % Math.max(1, choices.length));
    else return;
    event.preventDefault();
  };
  return { typed, write, choices, here, take, onKeyDown };
}

export function Picker() {
  const { setOpen } = useStage();
  const desk = useDesk('codes', 'spans');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const close = () => {
    setOpen(null);
    focusText();
  };
  const { typed, write, choices, here, take, onKeyDown } = usePicking(desk, field, close);
  // Before the next key: what is typed quickly belongs in here, all of it.
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => document.getElementById(`${id}-${here}`)?.scrollIntoView({ block: 'nearest' }), [here]);
  return (
    <div class="picker" onKeyDown={onKeyDown}>
      <label for={id}>{text.label}</label>
      <div class="beside">
        <input
          id={id} ref={field} type="text" autocomplete="off" role="combobox" value={typed}
          aria-expanded="true" aria-controls={`${id}-list`} aria-describedby={`${id}-hint`}
          aria-activedescendant={choices.length > 0 ? `${id}-${here}` : undefined}
          onInput={(event) => write(event.currentTarget.value)}
        />
        <Button onPress={close}>{text.close}</Button>
      </div>
      <p class="hint" id={`${id}-hint`}>{text.hint}</p>
      <ul role="listbox" id={`${id}-list`} aria-label={words.codes.name} tabIndex={-1}>
        {choices.map((choice, n) => (
          <Line
            key={'code' in choice ? choice.code.id : '+'} id={`${id}-${n}`} desk={desk} choice={choice} isHere={n === here}
            onTake={(stays) => take(choice, stays)}
          />
        ))}
      </ul>
      {choices.length === 0 && <p class="soft">{text.none}</p>}
    </div>
  );
}

/** A code that is on these very words already is taken off again. */
function pick(desk: Desk, choice: Choice): void {
  if ('create' in choice) return void codeAnew(desk, choice.create);
  const chosen = chosenWords(desk);
  const there = chosen === null ? null : alike(desk, choice.code.id, chosen);
  if (there === null) void codeChosen(desk, choice.code);
  else void uncode(desk, there);
}

interface LineProps {
  id: string;
  desk: Desk;
  choice: Choice;
  isHere: boolean;
  onTake: (stays: boolean) => void;
}

function Line({ id, desk, choice, isHere, onTake }: LineProps) {
  const chosen = chosenWords(desk);
  const isOn = 'code' in choice && chosen !== null && alike(desk, choice.code.id, chosen) !== null;
  const path = 'code' in choice ? desk.book.path(choice.code.id).slice(0, -1).join(' › ') : '';
  return (
    <li id={id} role="option" aria-selected={isHere} class={isHere ? 'at' : ''} onClick={(event) => onTake(event.shiftKey)}>
      {'code' in choice ? (
        <>
          <span class="swatch" style={{ background: stripe(choice.code) }} aria-hidden="true" />
          <span>{choice.code.name}</span>
          {path !== '' && <span class="soft"> {path}</span>}
          {isOn && <span class="soft"> ✓ <span class="said">{text.ticked}</span></span>}
        </>
      ) : (
        <span>{text.create(choice.create)}</span>
      )}
    </li>
  );
}

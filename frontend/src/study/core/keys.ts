/** Every key of the coding screen, in one table: what a key does, and what the page of keys says. */
import type { Step, Way } from './moving';

export type Verb =
  | { do: 'move'; step: Step; way: Way; extend: boolean }
  | { do: 'widen'; step: 'word' | 'sentence' | 'paragraph' }
  | { do: 'neighbour'; way: Way }
  | { do: Plain };

export type Plain =
  | 'pick' | 'again' | 'inVivo' | 'remove' | 'here' | 'resize' | 'otherEnd' | 'settle' | 'letGo'
  | 'nextUncoded' | 'memo' | 'listen' | 'listenBack' | 'search' | 'keys' | 'read'
  | 'larger' | 'smaller' | 'undo' | 'redo' | 'nextPane' | 'lastPane';

export interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

const ARROWS: Readonly<Record<string, { step: Step; way: Way }>> = {
  ArrowLeft: { step: 'word', way: 'back' },
  ArrowRight: { step: 'word', way: 'on' },
  ArrowUp: { step: 'sentence', way: 'back' },
  ArrowDown: { step: 'sentence', way: 'on' },
  PageUp: { step: 'paragraph', way: 'back' },
  PageDown: { step: 'paragraph', way: 'on' },
  Home: { step: 'row', way: 'back' },
  End: { step: 'row', way: 'on' },
};

const PLAIN: Readonly<Record<string, Verb>> = {
  Enter: { do: 'pick' },
  c: { do: 'pick' },
  '.': { do: 'again' },
  v: { do: 'inVivo' },
  Delete: { do: 'remove' },
  Backspace: { do: 'remove' },
  l: { do: 'here' },
  r: { do: 'resize' },
  o: { do: 'otherEnd' },
  Escape: { do: 'letGo' },
  n: { do: 'nextUncoded' },
  m: { do: 'memo' },
  k: { do: 'listen' },
  j: { do: 'listenBack' },
  '/': { do: 'search' },
  '?': { do: 'keys' },
  b: { do: 'read' },
  '+': { do: 'larger' },
  '=': { do: 'larger' },
  '-': { do: 'smaller' },
  w: { do: 'widen', step: 'word' },
  s: { do: 'widen', step: 'sentence' },
  p: { do: 'widen', step: 'paragraph' },
  '[': { do: 'neighbour', way: 'back' },
  ']': { do: 'neighbour', way: 'on' },
};

/** What a key means in the text; null for keys that are not ours. `rightToLeft`: left leads on. */
export function verbOf(pressed: Pressed, rightToLeft = false): Verb | null {
  const command = pressed.ctrlKey || pressed.metaKey;
  const arrow = ARROWS[pressed.key];
  if (arrow !== undefined) return moving(pressed, arrow, command, rightToLeft);
  const everywhere = anywhere(pressed);
  if (everywhere !== null) return everywhere;
  if (command || pressed.altKey) return null;
  return PLAIN[pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key] ?? null;
}

/** Keys that work in every part of the screen, also where text is typed if `inField` allows. */
export function anywhere(pressed: Pressed, inField = false): Verb | null {
  if (pressed.key === 'F6') return { do: pressed.shiftKey ? 'lastPane' : 'nextPane' };
  const command = (pressed.ctrlKey || pressed.metaKey) && !pressed.altKey;
  if (!command || inField) return null;
  const key = pressed.key.toLowerCase();
  if (key === 'z') return { do: pressed.shiftKey ? 'redo' : 'undo' };
  return key === 'y' && !pressed.shiftKey ? { do: 'redo' } : null;
}

function moving(pressed: Pressed, arrow: { step: Step; way: Way }, command: boolean, rightToLeft: boolean): Verb {
  const fine = command || pressed.altKey;
  const isSide = arrow.step === 'word';
  let { step, way } = arrow;
  if (isSide && rightToLeft) way = way === 'on' ? 'back' : 'on';
  if (fine && isSide) step = 'letter';
  else if (fine && step === 'row') step = 'text';
  else if (fine && step === 'sentence') step = 'paragraph';
  return { do: 'move', step, way, extend: pressed.shiftKey };
}

/** Keys pressed while the way to another place is still long: they are kept, and pressed again on arrival, in their order. */
import type { Desk } from '../store/desk';

const waiting: KeyboardEvent[] = [];

/** Keeps a key for later. */
export function keepAhead(event: KeyboardEvent): void {
  event.preventDefault();
  waiting.push(event);
}

/** There was nowhere to go: keys meant for another place do nothing at this one. */
export function forgetKept(): void {
  waiting.length = 0;
}

const DRAWN_AFTER = 8;

/** Presses what was kept, each once the one before it is drawn. No key of now comes in between: drawing is a microtask. */
export async function pressKept(desk: Desk): Promise<void> {
  while (waiting.length > 0 && !desk.isGoing) {
    press(waiting.shift()!);
    for (let tick = 0; tick < DRAWN_AFTER; tick += 1) await Promise.resolve();
  }
}

/** As the browser does with a key: first whoever listens, then the letter itself where somebody writes. */
function press(kept: KeyboardEvent): void {
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = kept;
  const target = document.activeElement ?? document.body;
  const again = new KeyboardEvent('keydown', { key, code, shiftKey, ctrlKey, altKey, metaKey, bubbles: true, cancelable: true });
  const isLines = target instanceof HTMLTextAreaElement;
  if (!target.dispatchEvent(again) || !(isLines || target instanceof HTMLInputElement)) return;
  const letter = isLines && key === 'Enter' ? '\n' : key;
  if (letter.length !== 1 || ctrlKey || altKey || metaKey) return;
  target.setRangeText(letter, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end');
  target.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

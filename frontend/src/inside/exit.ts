/**
 * Leaving at once: an opaque, empty page first, then keys dropped, then the session ended and another site.
 * Works on every page and before anything else has loaded. Back shows the empty page.
 */
import type { Leaving } from './model';

const BLANK = 'blank-page';
const WITHIN_MS = 5000;
const PRESSES = 3;
/** For so long the empty page waits, where it must, for half-written words to be sealed: a usual device needs a few ms. */
const HELD_MS = 1500;

/** Covers the page; stays when the browser brings the page back from its memory. */
export function cover(doc: Document): void {
  if (doc.getElementById(BLANK)) return;
  const blank = doc.createElement('div');
  blank.id = BLANK;
  doc.body.append(blank);
  doc.documentElement.classList.add('left');
}

/** Goes once what was written is kept, and after a short while in any case. */
export async function goOnce({ to, kept }: Leaving, go: (address: string) => void): Promise<void> {
  if (kept !== null) await Promise.race([kept, new Promise((late) => setTimeout(late, HELD_MS))]).catch(() => undefined);
  go(to);
}

let isLeaving = false;

/** The one way out, taken once. `leave` drops the keys and answers with where to go. */
export function exitThrough(leave: () => Leaving): void {
  cover(document);
  if (isLeaving) return;
  isLeaving = true;
  let leaving: Leaving = { to: '/api/leave', kept: null };
  try {
    leaving = leave();
  } finally {
    void goOnce(leaving, (address) => location.replace(address));
  }
}

/**
 * Tells three presses of Shift alone within five seconds from writing capitals.
 * A Shift that still counts as down after it was let go means sticky keys: then it says nothing.
 */
export function shiftPresses(): (event: Pick<KeyboardEvent, 'type' | 'key' | 'repeat' | 'timeStamp' | 'getModifierState'>) => boolean {
  let alone = false;
  let times: number[] = [];
  return (event) => {
    if (event.type === 'keydown') {
      if (event.repeat) return false;
      alone = event.key === 'Shift';
      if (!alone) times = [];
      return false;
    }
    if (event.key !== 'Shift' || !alone) return false;
    alone = false;
    if (event.getModifierState('Shift')) {
      times = [];
      return false;
    }
    times = [...times.filter((time) => event.timeStamp - time <= WITHIN_MS), event.timeStamp];
    return times.length >= PRESSES;
  };
}

/** Listens for the presses on the whole page. `isOn` is asked each time; it can be turned off. */
export function listenForShift(isOn: () => boolean, exit: () => void): void {
  const pressed = shiftPresses();
  const heard = (event: KeyboardEvent) => {
    if (pressed(event) && isOn()) exit();
  };
  addEventListener('keydown', heard, true);
  addEventListener('keyup', heard, true);
}

/**
 * Leaving at once: an opaque, empty page first, then keys dropped and the session ended, then another site.
 * Works on every page and before anything else has loaded. Back shows the empty page.
 */
const BLANK = 'blank-page';
const WITHIN_MS = 5000;
const PRESSES = 3;

/** Covers the page; stays when the browser brings the page back from its memory. */
export function cover(doc: Document): void {
  if (doc.getElementById(BLANK)) return;
  const blank = doc.createElement('div');
  blank.id = BLANK;
  doc.body.append(blank);
  doc.documentElement.classList.add('left');
}

/** The one way out. `leave` drops the keys and answers with where to go. */
export function exitThrough(leave: () => string): void {
  cover(document);
  let address = '/api/leave';
  try {
    address = leave();
  } finally {
    location.replace(address);
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

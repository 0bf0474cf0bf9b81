/**
 * Speaking for as long as something is held: a button or the space bar. Whatever lets go of it ends it, and nothing but
 * a new press begins it again: nobody is heard who does not know.
 */
export type HeldBy = 'pointer' | 'key';

export interface Holding {
  begin(by: HeldBy): void;
  /** Only what began it ends it here. */
  release(by: HeldBy): void;
  /** Ends it, whatever began it: the page is out of sight, or gone. */
  end(): void;
  /** Goes on without being held. */
  keep(): void;
}

/** `open` opens and closes the microphone; `show` hears whether it is held. */
export function holding(open: (on: boolean) => void, show: (isHeld: boolean) => void): Holding {
  let held: HeldBy | null = null;
  const letGo = (isToClose: boolean) => {
    if (held === null) return;
    held = null;
    if (isToClose) open(false);
    show(false);
  };
  return {
    begin(by) {
      if (held !== null) return;
      held = by;
      open(true);
      show(true);
    },
    release: (by) => void (held === by && letGo(true)),
    end: () => letGo(true),
    keep: () => letGo(false),
  };
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>;

/** Keys that hold it: space wherever nothing else would take it, and Enter too on the button itself. */
export function isToHold(event: Pressed, isOnButton: boolean, isTaken: boolean): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return false;
  return event.key === ' ' ? isOnButton || !isTaken : event.key === 'Enter' && isOnButton;
}

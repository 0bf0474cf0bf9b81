/** Whose voice is heard just now, from how loud each line is: begun only by a voice that stays, and held for a breath. */
import type { Id } from '../protocol';

/** Of 0 to 1, as browsers measure a line. */
const LOUD = 0.012;
/** A knock on the table is no word. */
const BEGINS_MS = 150;
const HELD_MS = 1_200;

interface Heard {
  from: number;
  last: number;
  speaks: boolean;
}

export class WhoSpeaks {
  private readonly heard = new Map<Id, Heard>();

  /** What this line measures at `now`, in milliseconds. */
  note(id: Id, level: number, now: number): void {
    const known = this.heard.get(id);
    if (known !== undefined && now - known.last > HELD_MS) this.heard.delete(id);
    if (level < LOUD) return;
    const one = this.heard.get(id) ?? { from: now, last: now, speaks: false };
    this.heard.set(id, { from: one.from, last: now, speaks: one.speaks || now - one.from >= BEGINS_MS });
  }

  forget(id: Id): void {
    this.heard.delete(id);
  }

  speaks(id: Id): boolean {
    return this.heard.get(id)?.speaks ?? false;
  }
}

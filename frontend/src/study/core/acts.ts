/**
 * What this person did here and can take back. The server keeps the truth; this only lets an undo show at once
 * and gives the buttons their names.
 */
import type { Span } from './spans';

/** Passages to put and passages to take out of the transcript. */
export interface SpanChange {
  put: readonly Span[];
  gone: readonly string[];
}

export interface Act {
  /** What was done, as a person reads it. */
  label: string;
  /** How to show it undone and done again at once; null where only the server knows. */
  back: SpanChange | null;
  on: SpanChange | null;
  /** The server's number for it, once it has answered. */
  entry?: number;
}

export class Acts {
  private done: Act[] = [];
  private undone: Act[] = [];

  /** What Undo and Redo would take; null when this page knows of none (the server may still know one). */
  get next(): { undo: string | null; redo: string | null } {
    return { undo: this.done.at(-1)?.label ?? null, redo: this.undone.at(-1)?.label ?? null };
  }

  did(act: Act): void {
    this.done.push(act);
    this.undone = [];
  }

  undo(): Act | null {
    return shift(this.done, this.undone);
  }

  redo(): Act | null {
    return shift(this.undone, this.done);
  }

  /** The server saw it otherwise: nothing remembered here can be trusted. */
  forget(): void {
    this.done = [];
    this.undone = [];
  }
}

function shift(from: Act[], to: Act[]): Act | null {
  const act = from.pop() ?? null;
  if (act !== null) to.push(act);
  return act;
}

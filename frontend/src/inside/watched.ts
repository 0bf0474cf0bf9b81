/**
 * A value that screens look at and the store replaces.
 *
 * Views are never changed in place: the store makes a new one and calls `set`,
 * so that a screen can tell by identity whether it has anything to draw.
 */
export interface Watched<T> {
  get(): T;
  /** Calls `changed` after every change; answers with the way to stop. */
  watch(changed: () => void): () => void;
}

export class Cell<T> implements Watched<T> {
  private readonly watchers = new Set<() => void>();

  constructor(private value: T) {}

  get(): T {
    return this.value;
  }

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const changed of [...this.watchers]) changed();
  }

  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }
}

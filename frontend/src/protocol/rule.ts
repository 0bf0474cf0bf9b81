import type { Event, Log } from './log-state';
import type { EventType } from './log-shapes';

/** What changes once an event was found good. */
export type Apply = () => void;

export interface Rule<T extends EventType> {
  /** Refuses keys in the body as `bad_key`; runs before the signature is checked. */
  keys?: (event: Event<T>) => void;
  /** The rules of the type; runs after the signature was found good. */
  judge: (log: Log, event: Event<T>) => Promise<Apply> | Apply;
}

/** Small bridges between watched values, verbs and what is drawn. */
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { Trouble } from '../inside/trouble';
import type { Watched } from '../inside/watched';
import { troubles } from '../words/en/troubles';

/** The value now, drawn again whenever it changes. */
export function useWatched<T>(watched: Watched<T>): T {
  const [, redraw] = useReducer<number, void>((n) => n + 1, 0);
  const drawn = watched.get();
  useEffect(() => {
    if (!Object.is(watched.get(), drawn)) redraw();
    return watched.watch(() => redraw());
    // `drawn` is only compared once, for a change between drawing and watching.
  }, [watched]);
  return drawn;
}

export interface Doing {
  busy: boolean;
  /** One clear sentence, or null. */
  trouble: string | null;
  /** The code behind it, for forms that show it beside one field. */
  code: Trouble['code'] | null;
  /** Runs the verb; true when it was done. A second press while busy does nothing. */
  run(verb: () => Promise<unknown>): Promise<boolean>;
  clear(): void;
}

const still = { busy: false, trouble: null, code: null };

/** Runs one verb at a time and keeps its trouble as a sentence. */
export function useDoing(): Doing {
  const [state, setState] = useState<Pick<Doing, 'busy' | 'trouble' | 'code'>>(still);
  const busy = useRef(false);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  const show = (next: typeof state) => here.current && setState(next);

  async function run(verb: () => Promise<unknown>): Promise<boolean> {
    if (busy.current) return false;
    busy.current = true;
    show({ ...still, busy: true });
    try {
      await verb();
      show(still);
      return true;
    } catch (error) {
      const known = error instanceof Trouble;
      show({ busy: false, trouble: known ? troubles.said(error) : troubles.unknown, code: known ? error.code : null });
      return false;
    } finally {
      busy.current = false;
    }
  }
  return { ...state, run, clear: () => show(still) };
}

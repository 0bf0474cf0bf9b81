/** What every part of the screen shares: the desk, the memos, and what is open just now. */
import { createContext } from 'preact';
import { useContext, useEffect, useReducer } from 'preact/hooks';
import type { Desk, Topic } from '../store/desk';
import type { Memos } from '../store/memos';

export type Open = 'picker' | 'search' | 'keys' | 'view' | null;
export type Part = 'transcripts' | 'text' | 'codes';

/** Addresses that the page was given. */
export interface Ways {
  home: string;
  report: string;
}

export interface Stage {
  desk: Desk;
  memos: Memos;
  ways: Ways;
  open: Open;
  setOpen: (open: Open) => void;
  /** On a small screen, one part is in sight at a time. */
  part: Part;
  setPart: (part: Part) => void;
}

export const StageContext = createContext<Stage | null>(null);

export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (stage === null) throw new Error('no stage');
  return stage;
}

/** The desk, drawn again whenever one of these changes. */
export function useDesk(...topics: Topic[]): Desk {
  const { desk } = useStage();
  const [, redraw] = useReducer<number, void>((n) => n + 1, 0);
  const drawn = desk.bell.count(topics);
  useEffect(() => {
    if (desk.bell.count(topics) !== drawn) redraw();
    return desk.bell.listen(topics, () => redraw());
    // `drawn` is only compared once, for a change between drawing and listening.
  }, [desk, topics.join()]);
  return desk;
}

/** Where the keys work. */
export const focusText = (): void => document.querySelector<HTMLElement>('.reader')?.focus({ preventScroll: true });

/** From a code, or the bin, to the list of all codes. Where the focus went with them, it is on that code, or the first. */
export function backToCodes(desk: Desk, code = ''): void {
  desk.setPanel({ shows: 'codes' });
  queueMicrotask(() => {
    if (document.activeElement !== document.body) return;
    const leaf = document.querySelector<HTMLElement>(`.leaf[data-code="${code}"]`) ?? document.querySelector<HTMLElement>('.leaf, .codes button');
    leaf?.focus();
  });
}

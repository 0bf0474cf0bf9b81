/** Going from place to place: transcripts, the next uncoded passage, what a search found, an address in the bar. */
import type { Stretch } from '../core/units';
import { studyWords as words } from '../../words/study';
import type { Desk } from './desk';
import { readSheet } from './reading';
import type { Hit } from './shapes';
import { sentenceOf } from './verbs';

export interface Place {
  document: string;
  at: Stretch | null;
}

/** `#{document}` or `#{document}:{start}-{end}`, in code points. */
export function placeIn(hash: string): Place | null {
  const found = /^#([0-9a-f-]{36})(?::(\d+)-(\d+))?/.exec(hash);
  if (found === null) return null;
  const [, document, start, end] = found;
  return { document: document!, at: start === undefined ? null : { start: Number(start), end: Number(end) } };
}

/** Opens a transcript, at a passage when one is given. The address follows, so that Back leads back. */
export async function goTo(desk: Desk, { document: id, at }: Place, isNew = true): Promise<void> {
  try {
    if (desk.sheet?.id !== id) {
      if (isNew) history.pushState(null, '', `#${id}`);
      if (!(await readSheet(desk, id))) return;
      desk.say(words.opened(desk.sheet?.title ?? ''));
    }
    if (at !== null) desk.show({ anchor: at.start, focus: at.end });
    desk.setTrouble(null);
  } catch (why) {
    desk.setTrouble(sentenceOf(why));
  }
}

/** Where the first transcript with something left to code begins. */
export function firstPlace(desk: Desk): Place | null {
  const documents = desk.overview?.documents ?? [];
  const open = documents.find(({ coded }) => coded > 0 && coded < 1) ?? documents.find(({ coded }) => coded < 1) ?? documents[0];
  return open === undefined ? null : { document: open.id, at: null };
}

interface Uncoded {
  none?: boolean;
  document: string;
  start: number;
  end: number;
}

/** The next words of a participant that bear no code, here or in the next transcript; false where there are none. */
export async function nextUncoded(desk: Desk): Promise<boolean> {
  const { sheet, chosen } = desk;
  desk.isGoing = true;
  const after = chosen === null ? 0 : Math.max(chosen.anchor, chosen.focus);
  try {
    const asked = sheet === null ? '' : `?document=${sheet.id}&after=${after}`;
    const found = await desk.api.get<Uncoded>(`uncoded${asked}`);
    if (found.none) {
      desk.say(words.allCoded);
      return false;
    }
    await goTo(desk, { document: found.document, at: { start: found.start, end: found.end } });
    return true;
  } catch (why) {
    desk.setTrouble(sentenceOf(why));
    return false;
  } finally {
    desk.isGoing = false;
  }
}

export interface Found {
  hits: Hit[];
  more: boolean;
}

export async function searchFor(desk: Desk, query: string): Promise<Found> {
  return await desk.api.get<Found>(`search?q=${encodeURIComponent(query)}`);
}

/** Fetching: the study, a transcript, its passages, the codebook; and putting right what may have been missed. */
import type { Code } from '../core/codes';
import { newId, Refused } from './api';
import type { Desk } from './desk';
import { codeOf, type Overview, type Told, type WireDocument, type WireSpan } from './shapes';

interface Spans {
  spans: WireSpan[];
  entry: number;
}
interface Codes {
  codes: Code[];
  entry: number;
}

const QUIET_MS = 1500;
/** Whoever codes without a pause sees the shares grow all the same. */
const MOST_MS = 8000;
const timers = new WeakMap<Desk, ReturnType<typeof setTimeout>>();
const waitingSince = new WeakMap<Desk, number>();
/** Of two transcripts asked for one after the other, only the later is shown. */
const asked = new WeakMap<Desk, string>();

export async function readOverview(desk: Desk): Promise<void> {
  desk.overview = await desk.api.get<Overview>('overview');
  desk.bell.ring('overview');
}

export async function readCodes(desk: Desk): Promise<void> {
  const { codes } = await desk.api.get<Codes>('codes');
  if (desk.outbox.isEmpty || desk.book.list.length === 0) desk.setCodes(codes.map(codeOf));
}

/** Opens a transcript; false when another was asked for meanwhile. */
export async function readSheet(desk: Desk, id: string): Promise<boolean> {
  performance.mark('study:open');
  const mine = newId();
  asked.set(desk, mine);
  const [wire, spans] = await Promise.all([
    desk.api.get<WireDocument>(`documents/${id}`),
    desk.api.get<Spans>(`documents/${id}/spans`),
  ]);
  if (asked.get(desk) !== mine) return false;
  performance.mark('study:data');
  desk.entry = Math.max(desk.entry, spans.entry);
  desk.heard ||= spans.entry;
  desk.setSheet(wire, spans.spans);
  return true;
}

/** Everything anew, where what is shown may not be what is true. Quiet: a lost connection mends itself later. */
export async function resync(desk: Desk): Promise<void> {
  const id = desk.sheet?.id;
  desk.isDoubtful = !desk.outbox.isEmpty;
  try {
    if (id !== undefined) await readAgain(desk, id);
    await Promise.all([readCodes(desk), readOverview(desk)]);
    desk.bell.ring('memos');
  } catch (why) {
    if (why instanceof Refused && why.status === 404 && id !== undefined) forget();
    else refreshSoon(desk);
  }
}

/** The passages of the open transcript; its words too, where somebody mended them meanwhile. */
async function readAgain(desk: Desk, id: string): Promise<void> {
  const [wire, { spans, entry }] = await Promise.all([
    desk.api.get<WireDocument>(`documents/${id}`),
    desk.api.get<Spans>(`documents/${id}/spans`),
  ]);
  if (desk.sheet?.id !== id) return;
  // Something is on its way again: what is true is asked once it has arrived, or what was refused would stay shown.
  if (!desk.outbox.isEmpty) {
    desk.isDoubtful = true;
    return;
  }
  // An answer that was under way while more was done, here or elsewhere, would bring back what is gone.
  if (entry < Math.max(desk.entry, desk.heard)) return await readAgain(desk, id);
  desk.entry = entry;
  if (wire.version === desk.sheet.version) desk.setSpans(spans);
  else desk.setSheet(wire, spans);
}

/** The text is gone, as when somebody withdrew: nothing of it stays in this page's memory either. */
function forget(): void {
  location.replace(location.pathname);
}

/** Counts and shares, once things have been quiet for a moment. */
export function refreshSoon(desk: Desk): void {
  clearTimeout(timers.get(desk));
  const since = waitingSince.get(desk) ?? performance.now();
  waitingSince.set(desk, since);
  const look = () => {
    waitingSince.delete(desk);
    if (!desk.outbox.isEmpty || document.visibilityState === 'hidden') return refreshSoon(desk);
    Promise.all([readCodes(desk), readOverview(desk)]).catch(() => undefined);
  };
  timers.set(desk, setTimeout(look, Math.min(QUIET_MS, Math.max(0, since + MOST_MS - performance.now()))));
}

/** What the live stream tells. */
export function take(desk: Desk, told: Told): void {
  const isKnown = told.entry <= desk.entry && told.by === desk.me;
  desk.heard = Math.max(desk.heard, told.entry);
  if (isKnown) return;
  desk.takeChanges(told.changes);
  if (told.changes.codes) readCodes(desk).catch(() => undefined);
  if (told.changes.memos) desk.bell.ring('memos');
  refreshSoon(desk);
}

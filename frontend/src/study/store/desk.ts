/** All that the coding screen knows, in one place. Verbs change it and ring; screens look. */
import { Acts } from '../core/acts';
import { Codebook, type Code } from '../core/codes';
import type { Chosen } from '../core/moving';
import { rowsOf, type Rows } from '../core/rows';
import { SpanBook, type Span } from '../core/spans';
import { Units } from '../core/units';
import type { Api } from './api';
import { Bell } from './bell';
import type { Kept } from './kept';
import type { Outbox, Saving } from './outbox';
import { spanOf, turnOf, type Overview, type WireChanges, type WireDocument, type WireSpan } from './shapes';

/** `memo`: what is shown of memos; `memos`: what the server has of them. */
export type Topic =
  | 'overview' | 'codes' | 'text' | 'spans' | 'chosen' | 'saving' | 'memo' | 'memos' | 'said' | 'trouble' | 'view' | 'panel' | 'acts';

/** One open transcript. */
export interface Sheet {
  id: string;
  title: string;
  version: number;
  recording: WireDocument['recording'];
  rows: Rows;
  units: Units;
  spans: SpanBook;
}

/** How a person likes the page. */
export interface View {
  zoom: number;
  isReading: boolean;
  theme: 'device' | 'light' | 'dark';
  /** Whose passages are shown: everyone's, or those of one coder. */
  whose: string | null;
  stripes: boolean;
}
export const FIRST_VIEW: View = { zoom: 0, isReading: false, theme: 'device', whose: null, stripes: true };

/** What stands in the right column. */
export type Panel = { shows: 'codes' } | { shows: 'code'; code: string } | { shows: 'bin' };

export interface Remedy {
  face: string;
  run: () => void;
}

export class Desk {
  readonly bell = new Bell<Topic>();
  readonly acts = new Acts();
  overview: Overview | null = null;
  book = new Codebook([]);
  sheet: Sheet | null = null;
  /** The newest entry of the ledger that this page has seen. */
  entry = 0;
  /** The newest one that the live stream has told. */
  heard = 0;
  /** Something shown was refused while other acts were still waiting. */
  isDoubtful = false;
  chosen: Chosen | null = null;
  /** The browser itself shows what is chosen, as after touching; then it is not drawn again. */
  isNative = false;
  /** On the way to another place. Until it is reached no key does anything: it would be done at the wrong one. */
  isGoing = false;
  /** What was chosen last must come into view. */
  /** What comes into view next: the end that moves, or, of something chosen whole, its start and as much as has room. */
  mustReveal: 'focus' | 'start' | null = null;
  /** The passage whose ends are being moved, by what is chosen. */
  resizing: string | null = null;
  view: View = FIRST_VIEW;
  panel: Panel = { shows: 'codes' };
  /** Codes used lately, the last one first. */
  lately: readonly string[] = [];
  said = '';
  trouble: string | null = null;
  /** What can be done about it, where something can. */
  remedy: Remedy | null = null;
  /** What is being typed and waits for a pause before it is sent. */
  private readonly written = new Set<string>();
  private readonly held = new Map<string, number>();

  constructor(
    readonly api: Api,
    readonly outbox: Outbox,
    readonly kept: Kept,
  ) {}

  get me(): string {
    return this.overview?.me.id ?? '';
  }

  get mayCode(): boolean {
    return this.overview === null || this.overview.me.role !== 'reader';
  }

  /** For screen readers; said once each time, also when it is the same as before. */
  say(sentence: string): void {
    this.said = sentence === this.said ? `${sentence}\u00a0` : sentence;
    this.bell.ring('said');
  }

  /** One clear sentence that stays in sight until something goes well. */
  setTrouble(sentence: string | null, remedy: Remedy | null = null): void {
    if (sentence === this.trouble && remedy === this.remedy) return;
    this.trouble = sentence;
    this.remedy = remedy;
    this.bell.ring('trouble');
  }

  setSheet(wire: WireDocument, spans: readonly WireSpan[]): void {
    const rows = rowsOf(wire.text, wire.turns.map(turnOf));
    const { id, title, version, recording } = wire;
    this.sheet = { id, title, version, recording, rows, units: new Units(rows), spans: new SpanBook(spans.map(spanOf)) };
    this.chosen = null;
    this.resizing = null;
    this.bell.ring('text', 'spans', 'chosen');
  }

  setSpans(spans: readonly WireSpan[]): void {
    if (this.sheet === null) return;
    this.sheet = { ...this.sheet, spans: new SpanBook(spans.map(spanOf)) };
    this.bell.ring('spans');
  }

  setCodes(codes: readonly Code[]): void {
    this.book = new Codebook(codes);
    this.bell.ring('codes', 'spans');
  }

  choose(chosen: Chosen | null, isNative = false): void {
    this.chosen = chosen;
    this.isNative = isNative;
    this.bell.ring('chosen');
  }

  /** Whether everything done here has reached the server. */
  get saving(): Saving {
    return this.outbox.state === 'saved' && this.written.size > 0 ? 'saving' : this.outbox.state;
  }

  /** Somebody types under this name, or what they typed was handed on to be sent. */
  setWritten(name: string, isWaiting: boolean): void {
    if (isWaiting === this.written.has(name)) return;
    if (isWaiting) this.written.add(name);
    else this.written.delete(name);
    this.bell.ring('saving');
  }

  /** As `choose`, and brings it into view: for keys and links, not for what a pointer touches. */
  show(chosen: Chosen, what: 'focus' | 'start' = 'start'): void {
    this.mustReveal = what;
    this.choose(chosen);
  }

  setView(part: Partial<View>): void {
    this.view = { ...this.view, ...part };
    void this.kept.setLike('view', this.view);
    this.bell.ring('view', 'spans');
  }

  setPanel(panel: Panel): void {
    this.panel = panel;
    this.bell.ring('panel');
  }

  /** Shows passages put and taken away, whoever did it. */
  apply(put: readonly Span[], gone: readonly string[]): void {
    const { sheet } = this;
    if (sheet === null) return;
    for (const id of gone) this.count(sheet.spans.remove(id)?.code, -1);
    for (const span of put) {
      this.count(sheet.spans.get(span.id)?.code, -1);
      sheet.spans.put(span);
      this.count(span.code, 1);
    }
    this.bell.ring('spans', 'codes');
  }

  /** What the server tells; own acts that are still on their way there are newer and stay. */
  takeChanges(changes: WireChanges): void {
    const here = this.sheet?.id;
    const put = (changes.spans ?? []).filter(([id, , , , , , document]) => !this.held.has(id) && (document ?? here) === here);
    const gone = (changes.spans_gone ?? []).filter((id) => !this.held.has(id));
    this.apply(put.map(spanOf), gone);
  }

  /** While these are on their way to the server, its older news about them is not believed. */
  async holding<T>(ids: readonly string[], doing: Promise<T>): Promise<T> {
    for (const id of ids) this.held.set(id, (this.held.get(id) ?? 0) + 1);
    try {
      return await doing;
    } finally {
      for (const id of ids) {
        const left = this.held.get(id)! - 1;
        if (left > 0) this.held.set(id, left);
        else this.held.delete(id);
      }
    }
  }

  isHeld(id: string): boolean {
    return this.held.has(id);
  }

  used(code: string): void {
    this.lately = [code, ...this.lately.filter((one) => one !== code)].slice(0, 12);
  }

  private count(code: string | undefined, by: number): void {
    const known = code === undefined ? null : this.book.get(code);
    if (known !== null) known.count += by;
  }
}

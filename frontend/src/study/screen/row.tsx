/** One row of a transcript: who speaks, the words with what lies under them, and the stripes beside. */
import { Component, createRef, Fragment, type ComponentChild } from 'preact';
import type { Codebook } from '../core/codes';
import type { Row } from '../core/rows';
import { runsOf, type Run } from '../core/runs';
import type { Span } from '../core/spans';
import type { Stretch } from '../core/units';
import { studyWords as words } from '../../words/study';
import { BANDS_PX, lineColour, stripe, underWords } from './look';

/** A passage as one row shows it. */
export interface Laid extends Span {
  lane: number;
  band: number;
}

export interface RowProps {
  row: Row;
  laid: readonly Laid[];
  book: Codebook;
  /** What is chosen of this row, to be drawn; null where nothing is. */
  chosen: Stretch | null;
  /** The end that moves, when it stands in this row. */
  focus: number | null;
  /** Both ends can be dragged. */
  hasGrips: boolean;
  /** The passages are named in the text, for those who hear it. */
  isNamed: boolean;
  isSpoken: boolean;
  stripes: boolean;
  /** Differs whenever anything above does. */
  signature: string;
  onTime: ((seconds: number) => void) | null;
}

const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const UNKNOWN = { colour: '#6f7fa3', pattern: 'solid' };
const MOST_LANES = 6;

const clock = (seconds: number) => {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

export class RowView extends Component<RowProps> {
  private readonly box = createRef<HTMLDivElement>();

  override shouldComponentUpdate(next: RowProps): boolean {
    return next.signature !== this.props.signature || next.book !== this.props.book || next.row !== this.props.row;
  }

  override componentDidMount(): void {
    this.layStripes();
  }

  override componentDidUpdate(): void {
    this.layStripes();
  }

  /** Stripes stand where their words do; only the drawn words know that. */
  layStripes(): void {
    const box = this.box.current;
    if (box === null || !this.props.stripes) return;
    const stripes = box.querySelectorAll<HTMLElement>('.stripe');
    if (stripes.length === 0) return;
    const { top, height } = box.getBoundingClientRect();
    const runs = [...box.querySelectorAll<HTMLElement>('.run')].map((run) => {
      const lines = run.getClientRects();
      return { at: Number(run.dataset['at']), top: lines[0]?.top ?? top, bottom: lines[lines.length - 1]?.bottom ?? top };
    });
    for (const element of stripes) {
      const [start, end] = [Number(element.dataset['start']), Number(element.dataset['end'])];
      const mine = runs.filter(({ at }) => at >= start && at < end);
      const from = element.classList.contains('from-above') ? 0 : (mine[0]?.top ?? top) - top;
      const to = element.classList.contains('goes-below') ? height : (mine.at(-1)?.bottom ?? top) - top - BANDS_PX;
      element.style.top = `${from}px`;
      element.style.height = `${Math.max(8, to - from)}px`;
    }
  }

  override render({ row, laid, chosen, isSpoken, stripes, isNamed }: RowProps): ComponentChild {
    const kind = `par${row.opensTurn ? ' opens' : ''}${row.goesOn ? ' goes-on' : ''}${isSpoken ? ' spoken' : ''} ${row.turn?.role ?? ''}`;
    return (
      <div class={kind} data-row={row.index} ref={this.box} dir={RIGHT_TO_LEFT.test(row.text) ? 'rtl' : 'ltr'}>
        {row.opensTurn && <Speaker {...this.props} />}
        <span class="speech">
          {runsOf(row, laid, chosen).map((run) => this.run(run))}
          {this.caretAt(row.end)}
        </span>
        {stripes && laid.length > 0 && <Stripes {...this.props} />}
        {isNamed && laid.length > 0 && <Names {...this.props} />}
      </div>
    );
  }

  private run(run: Run<Laid>): ComponentChild {
    const { row, book, isNamed } = this.props;
    const codes = run.spans.map((span) => ({ look: book.get(span.code) ?? UNKNOWN, band: span.band }));
    const style = codes.length === 0 ? undefined : { background: underWords(codes, codes.at(-1)!.look) };
    const kind = `run${codes.length > 0 ? ' coded' : ''}${run.isChosen ? ' chosen' : ''}`;
    const named = (is: (span: Laid) => boolean) => run.spans.filter(is).map(({ code }) => book.get(code)?.name ?? '').join(', ');
    const starts = isNamed ? named((span) => Math.max(span.start, row.start) === run.start) : '';
    const ends = isNamed ? named((span) => Math.min(span.end, row.end) === run.end) : '';
    return (
      <Fragment key={run.start}>
        {this.caretAt(run.start)}
        {starts !== '' && <span class="said">{words.text.starts(starts)}</span>}
        <span class={kind} data-at={run.start} style={style}>{run.text}</span>
        {ends !== '' && <span class="said">{words.text.ends(ends)}</span>}
      </Fragment>
    );
  }

  private caretAt(point: number): ComponentChild {
    const { focus, chosen, hasGrips, row } = this.props;
    const isFocus = point === focus;
    const isEdge = hasGrips && chosen !== null && ((point === chosen.start && point < row.end) || (point === chosen.end && point > row.start));
    if (!isFocus && !isEdge) return null;
    const grip = isEdge ? (point === chosen.start ? 'start' : 'end') : undefined;
    return <span class={`caret${isFocus ? '' : ' other'}${isEdge ? ' grip' : ''}`} data-focus={isFocus ? '' : undefined} data-grip={grip} />;
  }
}

function Speaker({ row, onTime }: RowProps) {
  const { speaker, seconds } = row.turn!;
  return (
    <>
      {speaker !== null && <strong class="speaker">{speaker}</strong>}{' '}
      {seconds !== null && onTime !== null && (
        <button type="button" class="time" tabIndex={-1} aria-label={words.text.time(clock(seconds))} onClick={() => onTime(seconds)}>
          {clock(seconds)}
        </button>
      )}{' '}
    </>
  );
}

function Stripes({ row, laid, book }: RowProps) {
  return (
    <div class="stripes" aria-hidden="true">
      {laid.filter(({ lane }) => lane < MOST_LANES).map((span) => {
        const look = book.get(span.code) ?? UNKNOWN;
        const kind = `stripe lane-${span.lane}${span.start < row.start ? ' from-above' : ''}${span.end > row.end ? ' goes-below' : ''}`;
        const style = { background: stripe(look), borderColor: lineColour(look.colour) };
        return (
          <span
            key={span.id} class={kind} style={style} data-span={span.id}
            data-start={Math.max(span.start, row.start)} data-end={Math.min(span.end, row.end)}
          />
        );
      })}
    </div>
  );
}

/** The codes by name below the row: on paper, where nothing can be pointed at. */
function Names({ laid, book }: RowProps) {
  const names = [...new Set(laid.map(({ code }) => book.get(code)?.name ?? ''))].filter(Boolean);
  return <p class="names" aria-hidden="true">{words.text.codesHere(names.join('; '))}</p>;
}

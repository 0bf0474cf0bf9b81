/** One row cut where something begins or ends, so that each piece looks the same from end to end. */
import type { Row } from './rows';
import type { Span } from './spans';

export interface Run<S extends Cut = Span> {
  start: number;
  end: number;
  text: string;
  /** What lies under it, in the order given. */
  spans: readonly S[];
  isChosen: boolean;
}

interface Cut {
  start: number;
  end: number;
}

/** `chosen` is cut out too, also when it is only a caret. Together the runs are the row's text, whole. */
export function runsOf<S extends Cut>(row: Row, spans: readonly S[], chosen: Cut | null): Run<S>[] {
  const cuts = new Set([row.start, row.end]);
  const within = (point: number) => point > row.start && point < row.end;
  for (const { start, end } of chosen === null ? spans : [...spans, chosen]) {
    if (within(start)) cuts.add(start);
    if (within(end)) cuts.add(end);
  }
  const places = [...cuts].sort((one, other) => one - other);
  const runs: Run<S>[] = [];
  for (let n = 1; n < places.length; n += 1) {
    const start = places[n - 1]!;
    const end = places[n]!;
    runs.push({
      start,
      end,
      text: row.points.slice(start - row.start, end - row.start),
      spans: spans.filter((span) => span.start < end && span.end > start),
      isChosen: chosen !== null && chosen.start < end && chosen.end > start,
    });
  }
  return runs;
}

/** One place's messages as a screen sees them. Rows turn into views only where somebody looks. */
import type { MessageView, Place, TalkView, Wants } from '../inside/model';
import type { Id } from '../protocol';
import type { Folded, Row } from './feed-fold';
import { NO_FOLDS, quietUntil, type Folds } from './folds';

/** As far as clocks may be apart (SPEC.md section 4). */
const AHEAD_S = 600;
const WANTS: readonly (Wants | null)[] = [null, 'listen', 'been-there', 'ideas'];

/** A message that is on its way. */
export interface WaitingRow {
  row: Row;
  /** The id its row keeps, whatever its hash becomes. */
  id: Id;
}

export interface Around {
  folded: Folded;
  me: Id;
  /** Position up to which this person had read when the page was opened; -1 for none, null when not kept. */
  readTo: Readonly<Record<Place, number | null>>;
  /** Rows that were written here keep the id they had while waiting. */
  rowId(hash: Id): Id;
  waiting: readonly WaitingRow[];
  isReady: boolean;
  isCaughtUp: boolean;
  /** Waiting acts on rows: heard and taken back at once on this screen. */
  pendingHears: ReadonlyMap<Id, boolean>;
  pendingTakeBacks: ReadonlySet<Id>;
  /** What was folded by a host or by two. */
  folds: Folds;
  now: number;
}

/** Of these, what a room's own messages do not say. */
export type Outside = Omit<Around, 'folded' | 'isReady' | 'isCaughtUp' | 'me'>;

export const NOTHING_OUTSIDE: Outside = {
  readTo: { room: null, everyday: null }, rowId: (hash) => hash, waiting: [], pendingHears: new Map(), pendingTakeBacks: new Set(),
  folds: NO_FOLDS, now: 0,
};

class Talk implements TalkView {
  readonly count: number;
  readonly firstNew: number | null;
  readonly isReady: boolean;
  readonly isCaughtUp: boolean;
  private readonly rows: readonly Row[];
  private readonly waiting: readonly WaitingRow[];
  private readonly made = new Map<number, MessageView>();
  private places: Map<string, number> | null = null;
  private readonly readTo: number | null;

  constructor(
    place: Place,
    private readonly around: Around,
  ) {
    this.rows = around.folded.rows[place];
    this.waiting = around.waiting.filter(({ row }) => row.place === place);
    this.count = this.rows.length + this.waiting.length;
    this.isReady = around.isReady;
    this.isCaughtUp = around.isCaughtUp;
    this.readTo = around.readTo[place];
    this.firstNew = this.findNew();
  }

  private findNew(): number | null {
    const { readTo } = this;
    const { me } = this.around;
    if (readTo === null) return null;
    let first: number | null = null;
    for (let i = this.rows.length - 1; i >= 0; i--) {
      const row = this.rows[i];
      if (row === undefined || row.position <= readTo) break;
      if (row.author !== me && !row.isMissing) first = i;
    }
    return first;
  }

  idAt(index: number): string {
    const row = this.rows[index];
    if (row !== undefined) return this.around.rowId(row.hash);
    return this.waiting[index - this.rows.length]?.id ?? '';
  }

  at(index: number): MessageView | null {
    const known = this.made.get(index);
    if (known !== undefined) return known;
    const row = this.rows[index] ?? this.waiting[index - this.rows.length]?.row;
    if (row === undefined) return null;
    const made = this.view(row, this.idAt(index), index >= this.rows.length);
    this.made.set(index, made);
    return made;
  }

  indexOf(id: string): number {
    if (this.places === null) {
      this.places = new Map();
      for (let i = 0; i < this.count; i++) this.places.set(this.idAt(i), i);
    }
    return this.places.get(id) ?? -1;
  }

  private view(row: Row, id: string, isWaiting: boolean): MessageView {
    const { folded, me, rowId } = this.around;
    const { readTo } = this;
    const gone = folded.isTakenBack(row.hash, row.author) || this.around.pendingTakeBacks.has(row.hash);
    const mine = row.author === me;
    const isFolded = this.around.folds.messages.has(row.hash);
    const state = isWaiting && !gone ? 'waiting' : row.isMissing ? 'missing' : gone ? 'taken-back' : isFolded ? 'folded' : 'sent';
    const isShut = gone || (isFolded && !mine);
    return {
      id,
      author: row.author,
      place: row.place,
      time: this.timeOf(row),
      text: isShut ? '' : row.text,
      note: isShut ? null : row.note,
      spoken: isShut ? null : row.ms,
      wants: isShut ? null : (WANTS[row.want] ?? null),
      replyTo: row.reply === null ? null : rowId(row.reply),
      heardBy: this.heardBy(row.hash),
      mine,
      state,
      quietUntil: this.quietUntil(row),
      isNew: readTo !== null && row.position > readTo && row.author !== me && !isWaiting,
    };
  }

  /** What a device with a wrong date wrote is not of tomorrow: then it stands where the site took it. */
  private timeOf({ hash, time }: Row): number {
    const { folded, now } = this.around;
    return time > now + AHEAD_S ? Math.min(time, folded.held.get(hash)?.at ?? time) : time;
  }

  private quietUntil({ hash, author }: Row): number | null {
    const { folded, folds, now } = this.around;
    const read = folds.quiets.length === 0 ? undefined : folded.held.get(hash);
    return read === undefined ? null : quietUntil(folds, { author, position: read.position, at: read.at }, now);
  }

  private heardBy(hash: Id): Id[] {
    const { folded, me, pendingHears } = this.around;
    const heard = folded.heardBy(hash);
    const pending = pendingHears.get(hash);
    if (pending === undefined) return heard;
    const others = heard.filter((id) => id !== me);
    return pending ? [...others, me] : others;
  }
}

export function talkView(place: Place, around: Around): TalkView {
  return new Talk(place, around);
}

export const NO_TALK: TalkView = {
  count: 0,
  idAt: () => '',
  at: () => null,
  indexOf: () => -1,
  firstNew: null,
  isReady: false,
  isCaughtUp: false,
};

/** What the server says, as it says it. Times are seconds since 1970, positions code points. */
import type { Code } from '../core/codes';
import type { Role, Turn } from '../core/rows';
import type { Span } from '../core/spans';

export interface Coder {
  id: string;
  name: string;
}

export interface DocumentLine {
  id: string;
  title: string;
  participant: string | null;
  group: string | null;
  words: number;
  /** 0 to 1: the share of the participants' words that bear a code. */
  coded: number;
  stage: string;
  locked: boolean;
  participant_words?: number;
  coded_words?: number;
}

export interface Overview {
  study: { id: string; name: string };
  me: { id: string; name: string; role: 'lead' | 'coder' | 'reader'; blind: boolean };
  coders: Coder[];
  groups: { id: string; letter: string; name: string }[];
  participants: { id: string; code: string; group: string | null; withdrawn: boolean }[];
  documents: DocumentLine[];
}

export type WireTurn = [start: number, end: number, speaker: string | null, role: Role, seconds: number | null];
export type WireSpan = [id: string, code: string, start: number, end: number, author: string, at: number, document?: string];

export interface WireDocument {
  id: string;
  title: string;
  text: string;
  length: number;
  version: number;
  turns: WireTurn[];
  recording: { url: string; media_type: string } | null;
}

export interface WireChanges {
  spans?: WireSpan[];
  spans_gone?: string[];
  codes?: boolean;
  memos?: boolean;
}

/** One act that the ledger holds, as the live stream and undo tell it. */
export interface Told {
  entry: number;
  by: string;
  label: string;
  changes: WireChanges;
}

export type Version = number | string;

export interface Memo {
  id: string;
  about_kind: MemoAbout;
  about_id: string;
  title: string;
  text: string;
  author: string;
  /** Opaque; differs whenever the words do. */
  version: Version;
}
export type MemoAbout = 'study' | 'document' | 'code' | 'span';

export interface Hit {
  document: string;
  start: number;
  end: number;
  before: string;
  match: string;
  after: string;
}

export interface Extract {
  id: string;
  document: string;
  title: string;
  start: number;
  end: number;
  text: string;
  author_id: string;
}

export interface BinLine {
  kind: string;
  /** What it is, as people say it. */
  word: string;
  id: string;
  name: string;
}

export const spanOf = ([id, code, start, end, author, at]: WireSpan): Span => ({ id, code, start, end, author, at });
export const turnOf = ([start, end, speaker, role, seconds]: WireTurn): Turn => ({ start, end, speaker, role, seconds });

/** Codes as the server lists them; what an older server leaves out is empty. */
export const codeOf = (code: Partial<Code> & { id: string; name: string }): Code => ({
  parent: null, definition: '', include: '', exclude: '', example: '', colour: '#6f7fa3', pattern: 'solid',
  kind: 'code', position: 0, count: 0, ...code,
});

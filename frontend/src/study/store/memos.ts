/** Memos about one thing. What is typed is saved by itself, one saving after the other; nobody's words are written over. */
import { studyWords as words } from '../../words/study';
import { newId, Refused } from './api';
import type { Desk } from './desk';
import type { Memo, MemoAbout, Version } from './shapes';
import { send, sentenceOf } from './verbs';

export interface About {
  kind: MemoAbout;
  id: string;
}

export interface Draft {
  id: string;
  about: About;
  text: string;
  /** The version of what the server has; empty before it has any. */
  version: Version;
  saved: string;
  author: string;
  /** What somebody else wrote meanwhile. */
  theirs: Memo | null;
}

const PAUSE_MS = 700;

export class Memos {
  about: About | null = null;
  /** Also those of other things, until they are saved. */
  private all: readonly Draft[] = [];
  isReady = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly going = new Set<string>();

  constructor(private readonly desk: Desk) {
    addEventListener('pagehide', () => this.saveNow());
    desk.bell.listen(['memos'], () => void this.read());
  }

  get drafts(): readonly Draft[] {
    return this.all.filter(({ about }) => isSame(about, this.about));
  }

  /** Shows the memos about this; what was typed about the last thing is saved first. */
  async open(about: About): Promise<void> {
    this.saveNow();
    if (!isSame(about, this.about)) {
      this.about = about;
      this.isReady = false;
      this.desk.bell.ring('memo');
    }
    await this.read();
  }

  /** Memos as the server has them, except those being written here. */
  async read(): Promise<void> {
    const { about } = this;
    if (about === null) return;
    let memos: Memo[];
    try {
      ({ memos } = await this.desk.api.get<{ memos: Memo[] }>(`memos?about=${about.kind}:${about.id}`));
    } catch (why) {
      this.desk.setTrouble(sentenceOf(why));
      return;
    }
    if (this.about !== about) return;
    const unsaved = this.all.filter((draft) => draft.text !== draft.saved || this.going.has(draft.id));
    const others = memos.filter(({ id }) => !unsaved.some((draft) => draft.id === id)).map((memo) => draftOf(memo, about));
    this.all = [...others, ...unsaved];
    this.isReady = true;
    this.desk.bell.ring('memo');
  }

  /** Something was typed; `id` null for a memo that is only beginning. Answers with its id. */
  write(id: string | null, text: string): string {
    const known = id ?? newId();
    const draft = this.all.find((one) => one.id === known);
    const next = draft ?? { id: known, version: '', saved: '', author: this.desk.me, theirs: null, about: this.about! };
    this.put({ ...next, text });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), PAUSE_MS);
    return known;
  }

  saveNow(): void {
    clearTimeout(this.timer);
    for (const draft of this.all) if (draft.text !== draft.saved && draft.theirs === null) void this.save(draft.id);
  }

  /** After two people wrote: `text` is what stands from now on. */
  settle(draft: Draft, text: string): void {
    this.put({ ...draft, text, version: draft.theirs?.version ?? draft.version, saved: draft.theirs?.text ?? draft.saved, theirs: null });
    this.saveNow();
  }

  async remove(draft: Draft): Promise<void> {
    this.all = this.all.filter(({ id }) => id !== draft.id);
    this.desk.setWritten('memo', this.all.some(({ text, saved }) => text !== saved));
    this.desk.bell.ring('memo');
    if (draft.version === '') return;
    const sending = { asking: 'DELETE', path: `memos/${draft.id}`, body: {} } as const;
    await send(this.desk, [], sending, { label: words.acts.binMemo, back: null, on: null });
  }

  private async save(id: string): Promise<void> {
    const draft = this.all.find((one) => one.id === id);
    if (draft === undefined || !this.desk.mayCode) return;
    if (this.going.has(id) && this.desk.outbox.state !== 'away') return;
    this.going.add(id);
    const { text, version, about } = draft;
    const isFirst = version === '';
    const body = isFirst ? { id, about_kind: about.kind, about_id: about.id, title: '', text } : { text, version };
    try {
      const sending = { asking: isFirst ? 'POST' : 'PATCH', path: isFirst ? 'memos' : `memos/${id}`, body, slot: `memo ${id}` } as const;
      const answer = await this.desk.outbox.send<{ memo?: Memo } & Partial<Memo>>(sending);
      this.going.delete(id);
      this.desk.acts.did({ label: words.acts.memo, back: null, on: null });
      this.desk.bell.ring('acts');
      const stored = answer.memo ?? answer;
      this.took(id, stored.text ?? text, stored.version ?? version);
    } catch (why) {
      this.going.delete(id);
      this.refusedWith(id, why);
    }
  }

  private took(id: string, saved: string, version: Version): void {
    const draft = this.all.find((one) => one.id === id);
    if (draft === undefined) return;
    this.put({ ...draft, saved, version });
    if (draft.text !== saved) void this.save(id);
  }

  private refusedWith(id: string, why: unknown): void {
    const draft = this.all.find((one) => one.id === id);
    const theirs = why instanceof Refused && why.code === 'changed_meanwhile' ? (why.more['memo'] as Memo | undefined) : undefined;
    if (draft !== undefined && theirs !== undefined) this.put({ ...draft, theirs });
    else this.desk.setTrouble(sentenceOf(why));
    this.desk.say(theirs === undefined ? sentenceOf(why) : words.memo.changedMeanwhile);
  }

  private put(draft: Draft): void {
    const isKnown = this.all.some(({ id }) => id === draft.id);
    this.all = isKnown ? this.all.map((one) => (one.id === draft.id ? draft : one)) : [...this.all, draft];
    this.desk.setWritten('memo', this.all.some(({ text, saved }) => text !== saved));
    this.desk.bell.ring('memo');
  }
}

const isSame = (one: About, other: About | null) => one.kind === other?.kind && one.id === other.id;

const draftOf = ({ id, text, version, author }: Memo, about: About): Draft => ({
  id, about, text, version, saved: text, author, theirs: null,
});

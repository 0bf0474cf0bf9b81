/** Memos on what one is at: this passage, this code, this transcript, the study. Saved while one writes, and it says so. */
import { useEffect, useState } from 'preact/hooks';
import { studyWords as words } from '../../words/study';
import type { Desk } from '../store/desk';
import type { About, Draft, Memos } from '../store/memos';
import type { MemoAbout } from '../store/shapes';
import { spansHere } from './doing';
import { Button } from './parts';
import { useDesk, useStage } from './stage';

const text = words.memo;
const KINDS: readonly MemoAbout[] = ['span', 'code', 'document', 'study'];

/** What there is to write about just now. */
function subjects(desk: Desk, about: About | null): Partial<Record<MemoAbout, string>> {
  const span = about?.kind === 'span' && desk.sheet?.spans.get(about.id) ? about.id : spansHere(desk).at(-1)?.id;
  return {
    ...(span !== undefined && { span }),
    ...(desk.panel.shows === 'code' && { code: desk.panel.code }),
    ...(desk.sheet !== null && { document: desk.sheet.id }),
    ...(desk.overview !== null && { study: desk.overview.study.id }),
  };
}

export function MemoPanel() {
  const { memos } = useStage();
  const desk = useDesk('memo', 'chosen', 'text', 'panel', 'overview', 'saving');
  const found = subjects(desk, memos.about);
  const kinds = KINDS.filter((kind) => found[kind] !== undefined);
  // A panel or a transcript that was just opened brings its own memo along.
  useEffect(() => {
    const kind: MemoAbout = desk.panel.shows === 'code' ? 'code' : 'document';
    const id = found[kind];
    if (id !== undefined) void memos.open({ kind, id });
  }, [desk.sheet?.id, desk.panel]);
  if (kinds.length === 0 || memos.about === null) return null;
  const { about } = memos;
  return (
    <section class="memo" aria-labelledby="memo-name">
      <h2 id="memo-name">{text.title}</h2>
      <div class="row-of kinds" role="group" aria-label={text.about}>
        {kinds.map((kind) => (
          <Button key={kind} kind="quiet" pressed={about.kind === kind} onPress={() => void memos.open({ kind, id: found[kind]! })}>
            {text.short[kind]}
          </Button>
        ))}
      </div>
      <Drafts key={`${about.kind}${about.id}`} desk={desk} memos={memos} about={about} />
    </section>
  );
}

function Drafts({ desk, memos, about }: { desk: Desk; memos: Memos; about: About }) {
  const [isAdding, setAdding] = useState(false);
  const label = text.label(text.kinds[about.kind]);
  const { drafts } = memos;
  if (!memos.isReady && drafts.length === 0) return <p class="soft">{words.opening}</p>;
  const hasNone = drafts.length === 0;
  if (hasNone && !desk.mayCode) return <p class="soft">{text.nothing}</p>;
  return (
    <>
      {drafts.map((draft) => <Written key={draft.id} desk={desk} memos={memos} draft={draft} label={label} />)}
      {(hasNone || isAdding) && <Fresh memos={memos} label={label} onBegun={() => setAdding(false)} />}
      {!hasNone && !isAdding && desk.mayCode && <Button kind="link" onPress={() => setAdding(true)}>{text.another}</Button>}
    </>
  );
}

/** An empty memo; with its first letter it becomes one, under the same fingers. */
function Fresh({ memos, label, onBegun }: { memos: Memos; label: string; onBegun: () => void }) {
  return (
    <textarea
      rows={3} aria-label={label}
      onInput={(event) => {
        const { value } = event.currentTarget;
        const id = memos.write(null, value);
        onBegun();
        queueMicrotask(() => {
          const begun = document.getElementById(`memo-${id}`) as HTMLTextAreaElement | null;
          begun?.focus();
          begun?.setSelectionRange(value.length, value.length);
        });
      }}
    />
  );
}

interface WrittenProps {
  desk: Desk;
  memos: Memos;
  draft: Draft;
  label: string;
}

function Written({ desk, memos, draft, label }: WrittenProps) {
  const nameOf = (id: string) => desk.overview?.coders.find((coder) => coder.id === id)?.name ?? words.someone;
  const isOthers = draft.author !== desk.me;
  const state = draft.text === draft.saved ? 'saved' : desk.outbox.state === 'away' ? 'away' : 'saving';
  return (
    <div class="memo-one">
      {isOthers && <p class="soft">{text.by(nameOf(draft.author))}</p>}
      <textarea
        id={`memo-${draft.id}`} rows={3} aria-label={label} value={draft.text} readOnly={!desk.mayCode}
        onInput={(event) => void memos.write(draft.id, event.currentTarget.value)}
        onBlur={() => memos.saveNow()}
      />
      {draft.theirs !== null && <Both memos={memos} draft={draft} name={nameOf(draft.theirs.author)} />}
      <div class="row-of">
        <span class="soft state">{draft.theirs === null ? text.states[state] : text.changedMeanwhile}</span>
        {desk.mayCode && <Button kind="quiet" onPress={() => void memos.remove(draft)} name={text.remove}>{words.codes.bin}</Button>}
      </div>
    </div>
  );
}

/** Two people wrote the same memo: nobody's words go without being asked. */
function Both({ memos, draft, name }: { memos: Memos; draft: Draft; name: string }) {
  const theirs = draft.theirs!.text;
  return (
    <div class="both">
      <p class="soft">{text.theirs(name)}</p>
      <blockquote>{theirs}</blockquote>
      <div class="row-of">
        <Button onPress={() => memos.settle(draft, `${theirs}\n\n${draft.text}`)}>{text.keepBoth}</Button>
        <Button onPress={() => memos.settle(draft, draft.text)}>{text.keepMine}</Button>
        <Button onPress={() => memos.settle(draft, theirs)}>{text.keepTheirs}</Button>
      </div>
    </div>
  );
}

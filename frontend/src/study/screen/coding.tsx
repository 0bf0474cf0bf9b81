/** The coding screen: transcripts on the left, the text in the middle, codes and memos on the right. */
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { studyWords as words } from '../../words/study';
import type { Desk, Sheet } from '../store/desk';
import type { Memos } from '../store/memos';
import { CodeSheet } from './code-sheet';
import { Codes } from './codes';
import { onPageKey } from './doing';
import { Here } from './here';
import { Listen, listening } from './listen';
import { MemoPanel } from './memo';
import { Button } from './parts';
import { Bin } from './passages';
import { KeysSheet, ViewSheet } from './sheets';
import { StageContext, useDesk, useStage, type Open, type Part, type Stage, type Ways } from './stage';
import { Text } from './text';
import { Top } from './top';
import { Transcripts } from './transcripts';

export function Coding({ desk, memos, ways }: { desk: Desk; memos: Memos; ways: Ways }) {
  const [open, setOpen] = useState<Open>(null);
  const [part, setPart] = useState<Part>('text');
  const stage = useMemo<Stage>(() => ({ desk, memos, ways, open, setOpen, part, setPart }), [desk, open, part]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => onPageKey(stage, event);
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [stage]);
  return (
    <StageContext.Provider value={stage}>
      <Top />
      <main class={`parts shows-${part}`}>
        <nav class="transcripts" aria-label={words.parts.transcripts}><Transcripts /></nav>
        <Middle />
        <section class="right" aria-label={words.parts.right}>
          <RightColumn />
        </section>
      </main>
      <PartDoors />
      {open === 'keys' && <KeysSheet />}
      {open === 'view' && <ViewSheet />}
      <Announcer />
    </StageContext.Provider>
  );
}

function Middle() {
  const desk = useDesk('text', 'view', 'overview');
  const { sheet, view } = desk;
  // With the drawing itself: whoever sees the text can press a key, and it is heard.
  useLayoutEffect(() => {
    document.title = words.title(sheet?.title ?? desk.overview?.study.name ?? '');
    if (sheet !== null && (document.activeElement === document.body || document.activeElement === null)) {
      document.querySelector<HTMLElement>('.reader')?.focus({ preventScroll: true });
    }
  }, [sheet?.id]);
  useLayoutEffect(() => {
    if (view.theme === 'device') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = view.theme;
  }, [view.theme]);
  return (
    <section class="middle" id="text" aria-label={words.parts.text}>
      <h2>{sheet?.title ?? (desk.overview?.documents.length === 0 ? words.transcripts.none : words.opening)}</h2>
      {view.isReading && (
        <p class="reading-line">
          <span class="soft">{words.text.reading}</span> <Button onPress={() => desk.setView({ isReading: false })}>{words.text.stopReading}</Button>
        </p>
      )}
      {sheet !== null && <Heard key={sheet.id} sheet={sheet} />}
      <p class="said" id="reader-hint">{words.text.hint}</p>
      <Here />
    </section>
  );
}

/** The text, and the recording that it follows where there is one. */
function Heard({ sheet }: { sheet: Sheet }) {
  const [heard, setHeard] = useState<number | null>(null);
  const [follows, setFollows] = useState(true);
  const { recording, rows } = sheet;
  const spoken = heard === null ? -1 : rows.list.findLastIndex(({ turn }) => turn !== null && turn.seconds !== null && turn.seconds <= heard);
  const turn = rows.list[spoken]?.turn ?? null;
  const row = turn === null ? undefined : rows.list.find((one) => one.turn === turn);
  return (
    <>
      {recording !== null && <Listen url={recording.url} onHeard={setHeard} follows={follows} onFollow={setFollows} />}
      <Text sheet={sheet} heard={heard} follow={follows ? (row?.index ?? null) : null} onTime={recording === null ? null : (seconds) => listening.from(seconds)} />
    </>
  );
}

function RightColumn() {
  const { panel } = useDesk('panel');
  return (
    <>
      <section class="codes">
        {panel.shows === 'codes' && <Codes />}
        {panel.shows === 'code' && <CodeSheet id={panel.code} />}
        {panel.shows === 'bin' && <Bin />}
      </section>
      <MemoPanel />
    </>
  );
}

/** On a small screen: one part at a time. */
function PartDoors() {
  const { part, setPart } = useStage();
  const parts: readonly Part[] = ['transcripts', 'text', 'codes'];
  return (
    <nav class="part-doors" aria-label={words.parts.choose}>
      {parts.map((one) => (
        <button key={one} type="button" aria-pressed={part === one} onClick={() => setPart(one)}>{words.parts[one]}</button>
      ))}
    </nav>
  );
}

function Announcer() {
  const desk = useDesk('said');
  return <div class="said" aria-live="polite">{desk.said}</div>;
}

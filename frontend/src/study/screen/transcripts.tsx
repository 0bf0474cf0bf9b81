/** The left column: transcripts by group, how much of each is coded, and the way to what is not. */
import { studyWords as words } from '../../words/study';
import { goTo, nextUncoded } from '../store/going';
import type { DocumentLine, Overview } from '../store/shapes';
import { Button } from './parts';
import { Search } from './search';
import { focusText, useDesk, useStage } from './stage';

const text = words.transcripts;

interface Shelf {
  id: string;
  title: string;
  lines: { key: string; document: DocumentLine | null; label: string; name: string }[];
}

/** Groups in order of their letter, each with its transcripts and with who withdrew. */
function shelves({ groups, participants, documents }: Overview): Shelf[] {
  const codeOf = new Map(participants.map(({ id, code }) => [id, code]));
  const several = new Map<string, number>();
  for (const { participant } of documents) if (participant) several.set(participant, (several.get(participant) ?? 0) + 1);
  const labelOf = ({ participant, title }: DocumentLine): string => {
    const code = participant === null ? undefined : codeOf.get(participant);
    return code === undefined ? title : several.get(participant!)! > 1 ? `${code} ${title}` : code;
  };
  const shelf = (id: string | null, title: string): Shelf => {
    const mine = documents.filter(({ group }) => group === id).map((document) => ({ key: document.id, document, label: labelOf(document), name: document.title }));
    const gone = participants
      .filter((one) => one.group === id && one.withdrawn && !documents.some(({ participant }) => participant === one.id))
      .map((one) => ({ key: one.id, document: null, label: one.code, name: one.code }));
    const lines = [...mine, ...gone].sort((one, other) => one.label.localeCompare(other.label, undefined, { numeric: true }));
    return { id: id ?? '', title, lines };
  };
  const named = [...groups].sort((one, other) => one.letter.localeCompare(other.letter)).map(({ id, letter }) => shelf(id, text.group(letter)));
  return [...named, shelf(null, text.noGroup)].filter(({ lines }) => lines.length > 0);
}

/** Whole percent; only what is wholly coded says 100, and only what is not at all says 0. */
const percentOf = ({ coded }: DocumentLine): number =>
  coded >= 1 ? 100 : coded <= 0 ? 0 : Math.min(99, Math.max(1, Math.round(coded * 100)));

export function Transcripts() {
  const { open, setPart } = useStage();
  const desk = useDesk('overview', 'text');
  const { overview } = desk;
  if (overview === null) return <p class="soft">{words.opening}</p>;
  const next = () => {
    setPart('text');
    void nextUncoded(desk).then(focusText);
  };
  return (
    <>
      {open === 'search' && <Search />}
      <h2>{words.parts.transcripts}</h2>
      {overview.documents.length === 0 && <p class="soft">{text.none}</p>}
      {shelves(overview).map((shelf) => (
        <section key={shelf.id}>
          <h3>{shelf.title}</h3>
          <ul class="plain">
            {shelf.lines.map((line) =>
              line.document === null ? (
                <li key={line.key} class="line gone">{line.label} {text.withdrew}</li>
              ) : (
                <li key={line.key}><Line document={line.document} label={line.label} isOpen={desk.sheet?.id === line.key} /></li>
              ),
            )}
          </ul>
        </section>
      ))}
      {overview.documents.length > 0 && <p class="next"><Button kind="sea" onPress={next}>{text.next}</Button></p>}
    </>
  );
}

function Line({ document, label, isOpen }: { document: DocumentLine; label: string; isOpen: boolean }) {
  const { desk, setPart } = useStage();
  const percent = percentOf(document);
  const share = text.share(percent, document.coded_words ?? null, document.participant_words ?? document.words);
  return (
    <a
      class="line" href={`#${document.id}`} aria-current={isOpen ? 'true' : undefined} title={`${document.title}. ${share}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        setPart('text');
        void goTo(desk, { document: document.id, at: null }).then(focusText);
      }}
    >
      <b>{label}</b> <span class="share">{percent === 100 ? text.codedHundred : text.coded(percent)}</span>
      <span class="said">{`. ${document.title}. ${share}`}</span>
    </a>
  );
}

/** All passages of a code, to go to and to split it by; and the bin. */
import { useEffect, useState } from 'preact/hooks';
import type { Code } from '../core/codes';
import { studyWords as words } from '../../words/study';
import { extractsOf, readBin, restore, splitCode } from '../store/codebook';
import type { Desk } from '../store/desk';
import { goTo } from '../store/going';
import type { BinLine, Extract } from '../store/shapes';
import { sentenceOf } from '../store/verbs';
import { Button, Field, onEscape } from './parts';
import { backToCodes, focusText, useDesk, useStage } from './stage';

const text = words.sheet;
const LONGEST = 140;

export function Passages({ desk, code }: { desk: Desk; code: Code }) {
  const { setPart } = useStage();
  const [extracts, setExtracts] = useState<readonly Extract[] | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    extractsOf(desk, code).then(setExtracts, (why) => desk.setTrouble(sentenceOf(why)));
  }, [code.id, code.count]);
  if (extracts === null) return null;
  const open = (one: Extract) => {
    setPart('text');
    void goTo(desk, { document: one.document, at: one }).then(focusText);
  };
  return (
    <section>
      <h3>{text.passages}</h3>
      {extracts.length === 0 && <p class="soft">{text.noPassages}</p>}
      <ul class="plain extracts">
        {extracts.map((one) => (
          <li key={one.id}>
            {desk.mayCode && <Tick extract={one} chosen={chosen} setChosen={setChosen} />}
            <Button kind="link" onPress={() => open(one)} name={`${one.title}: ${one.text}`}>
              <b>{one.title}</b> {shortened(one.text)}
            </Button>
          </li>
        ))}
      </ul>
      {desk.mayCode && chosen.size > 0 && <Split desk={desk} code={code} chosen={chosen} />}
    </section>
  );
}

interface TickProps {
  extract: Extract;
  chosen: ReadonlySet<string>;
  setChosen: (chosen: ReadonlySet<string>) => void;
}

function Tick({ extract, chosen, setChosen }: TickProps) {
  const toggle = (on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(extract.id);
    else next.delete(extract.id);
    setChosen(next);
  };
  return (
    <input
      type="checkbox" aria-label={`${text.split}: ${shortened(extract.text)}`} checked={chosen.has(extract.id)}
      onChange={(event) => toggle(event.currentTarget.checked)}
    />
  );
}

const shortened = (said: string): string => (said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said);

function Split({ desk, code, chosen }: { desk: Desk; code: Code; chosen: ReadonlySet<string> }) {
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return desk.setTrouble(text.splitFirst);
        void splitCode(desk, code, [...chosen], name);
      }}
    >
      <Field label={text.splitName} value={name} onInput={setName} />
      <Button submit kind="sea">{text.splitDo}</Button>
    </form>
  );
}

export function Bin() {
  const desk = useDesk('codes');
  const [lines, setLines] = useState<readonly BinLine[] | null>(null);
  useEffect(() => {
    readBin(desk).then(setLines, (why) => desk.setTrouble(sentenceOf(why)));
  }, [desk.book]);
  return (
    <div onKeyDown={onEscape(() => backToCodes(desk))}>
      <Button kind="link" onPress={() => backToCodes(desk)}>{text.back}</Button>
      <h2>{words.bin.title}</h2>
      {lines?.length === 0 && <p class="soft">{words.bin.empty}</p>}
      <ul class="plain">
        {lines?.map((line) => (
          <li key={line.id} class="row-of">
            <span>{line.name} <span class="soft small">{line.word}</span></span>
            {desk.mayCode && <Button kind="quiet" onPress={() => void restore(desk, line)} name={words.bin.restore(line.name)}>{words.bin.restoreDo}</Button>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The strip under the transcript: what is chosen, which codes are there, and what can be done with it. */
import type { Span } from '../core/spans';
import { isCaret } from '../core/moving';
import { studyWords as words } from '../../words/study';
import { chosenWords, codeChosen, inVivo, mayTouch, uncode } from '../store/coding';
import type { Desk } from '../store/desk';
import { keepEnds, letGo, spansHere, startResizing } from './doing';
import { stripe } from './look';
import { Button } from './parts';
import { Picker } from './picker';
import { focusText, useDesk, useStage } from './stage';

const text = words.here;
const MOST_SHOWN = 6;

export function Here() {
  const { open } = useStage();
  const desk = useDesk('chosen', 'spans', 'codes', 'overview', 'text');
  if (desk.sheet === null || desk.view.isReading) return null;
  const spans = spansHere(desk);
  return (
    <section class="here" aria-label={text.name}>
      {open === 'picker' && <Picker />}
      {desk.resizing !== null ? <Resizing desk={desk} /> : <Choosing desk={desk} />}
      {desk.resizing === null && spans.length > 0 && <Passages desk={desk} spans={spans} />}
    </section>
  );
}

function Choosing({ desk }: { desk: Desk }) {
  const { setOpen } = useStage();
  const at = chosenWords(desk);
  const last = desk.book.get(desk.lately[0] ?? '');
  if (at === null) {
    const isOnCode = desk.chosen !== null && isCaret(desk.chosen) && spansHere(desk).length > 0;
    return isOnCode ? null : <p class="soft"><span class="with-keys">{text.nothing}</span><span class="with-touch">{text.nothingTouch}</span></p>;
  }
  return (
    <div class="row-of">
      <span class="soft count">{text.count(wordsIn(desk, at.start, at.end))}</span>
      {desk.mayCode && (
        <>
          <Button kind="main" onPress={() => setOpen('picker')}>{text.code}</Button>
          <Button about={text.inVivoAbout} onPress={() => done(inVivo(desk))}>{text.inVivo}</Button>
          {last !== null && <Button onPress={() => done(codeChosen(desk, last))}>{text.again(last.name)}</Button>}
        </>
      )}
    </div>
  );
}

const done = (doing: Promise<void>) => {
  void doing;
  focusText();
};

function wordsIn(desk: Desk, start: number, end: number): number {
  const { rows, units } = desk.sheet!;
  let count = 0;
  for (let row = rows.at(start); row <= rows.at(end); row += 1) {
    count += units.words(row).filter((word) => word.start < end && word.end > start).length;
  }
  return count;
}

function Resizing({ desk }: { desk: Desk }) {
  const span = desk.sheet!.spans.get(desk.resizing!);
  return (
    <div class="row-of">
      <span class="soft count">{text.resizing(desk.book.get(span?.code ?? '')?.name ?? '')}</span>
      <Button kind="main" onPress={() => keepEnds(desk)}>{text.keep}</Button>
      <Button onPress={() => letGo(desk)}>{text.drop}</Button>
    </div>
  );
}

function Passages({ desk, spans }: { desk: Desk; spans: readonly Span[] }) {
  return (
    <ul class="passages" aria-label={text.codes}>
      {spans.slice(0, MOST_SHOWN).map((span) => (
        <Passage key={span.id} desk={desk} span={span} />
      ))}
      {spans.length > MOST_SHOWN && <li class="soft">{text.spare(spans.length - MOST_SHOWN)}</li>}
    </ul>
  );
}

function Passage({ desk, span }: { desk: Desk; span: Span }) {
  const { memos, setPart } = useStage();
  const code = desk.book.get(span.code);
  if (code === null) return null;
  const { name } = code;
  const by = span.author === desk.me ? null : (desk.overview?.coders.find(({ id }) => id === span.author)?.name ?? words.someone);
  const show = () => {
    desk.setPanel({ shows: 'code', code: code.id });
    setPart('codes');
  };
  const memo = () => {
    setPart('codes');
    void memos.open({ kind: 'span', id: span.id }).then(() => document.querySelector<HTMLElement>('.memo textarea')?.focus());
  };
  return (
    <li class="passage">
      <span class="swatch" style={{ background: stripe(code) }} aria-hidden="true" />
      <Button kind="link" onPress={show} name={text.show(name)}>{name}</Button>
      {by !== null && <span class="soft">{text.by(by)}</span>}
      <span class="do">
        <Button kind="quiet" onPress={memo} name={text.memoName(name)}>{text.memo}</Button>
        {mayTouch(desk, span) && (
          <>
            <Button kind="quiet" also="move-ends" onPress={() => startResizing(desk, span)} name={text.resizeName(name)}>{text.resize}</Button>
            <Button kind="quiet" also="take-off" onPress={() => done(uncode(desk, span))} name={text.removeName(name)}>{text.remove}</Button>
          </>
        )}
      </span>
    </li>
  );
}

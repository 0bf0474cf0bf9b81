/** The top of the screen: whose study, whether all is saved, undo, search, and the ways out. */
import { studyWords as words } from '../../words/study';
import { redo, undo } from '../store/coding';
import { openSearch } from './doing';
import { Button } from './parts';
import { useDesk, useStage } from './stage';

const text = words.top;

export function Top() {
  const stage = useStage();
  const desk = useDesk('overview', 'acts', 'saving');
  const { next } = desk.acts;
  const isOpen = stage.open === 'search';
  return (
    <header class="top">
      <a class="skip" href="#text" onClick={toText}>{words.skip}</a>
      <h1 class="study-name"><a href={stage.ways.home}>{words.study(desk.overview?.study.name ?? '')}</a></h1>
      <span class="saving" role="status">{words.saving[desk.saving]}</span>
      {desk.mayCode && (
        <>
          <Button onPress={() => void undo(desk)} about={next.undo ?? undefined}>{text.undo}</Button>
          <Button onPress={() => void redo(desk)} about={next.redo ?? undefined}>{text.redo}</Button>
        </>
      )}
      <Button expanded={isOpen} onPress={() => (isOpen ? stage.setOpen(null) : openSearch(stage))}>{text.search}</Button>
      <Button onPress={() => stage.setOpen('view')}>{text.view}</Button>
      <Button onPress={() => stage.setOpen('keys')}>{text.keys}</Button>
      <a class="button main" href={stage.ways.report}>{text.report}</a>
      <Trouble />
    </header>
  );
}

/** What went wrong, whichever part of the screen is in sight; it stays until something goes well, or it is put away. */
function Trouble() {
  const desk = useDesk('trouble');
  return (
    <div class={desk.trouble === null ? 'trouble quiet' : 'trouble'}>
      <div role="alert">{desk.trouble !== null && <p class="error">{desk.trouble}</p>}</div>
      {desk.remedy !== null && <Button kind="sea" onPress={desk.remedy.run}>{desk.remedy.face}</Button>}
      {desk.trouble !== null && <Button kind="quiet" onPress={() => desk.setTrouble(null)}>{words.trouble.seen}</Button>}
    </div>
  );
}

function toText(event: Event) {
  event.preventDefault();
  document.querySelector<HTMLElement>('.reader')?.focus();
}

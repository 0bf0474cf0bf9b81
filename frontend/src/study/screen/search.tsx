/** Full-text search over the study; what is found opens in its place. */
import { useState } from 'preact/hooks';
import { studyWords as words } from '../../words/study';
import { goTo, searchFor, type Found } from '../store/going';
import type { Hit } from '../store/shapes';
import { sentenceOf } from '../store/verbs';
import { Button, Field, onEscape } from './parts';
import { focusText, useStage } from './stage';

const text = words.search;

export function Search() {
  const { desk, setOpen, setPart } = useStage();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const look = async () => {
    if (query.trim() === '') return;
    try {
      const next = await searchFor(desk, query);
      setFound(next);
      setTrouble(null);
      desk.say(next.hits.length === 0 ? text.none : text.some(next.hits.length, next.more));
    } catch (why) {
      setTrouble(sentenceOf(why));
    }
  };
  const close = () => {
    setOpen(null);
    focusText();
  };
  const open = (hit: Hit) => {
    setPart('text');
    void goTo(desk, { document: hit.document, at: hit }).then(focusText);
  };
  return (
    <section class="search" aria-label={text.title} onKeyDown={onEscape(close)}>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <Field label={text.label} value={query} onInput={setQuery} hint={text.hint} />
        <div class="row-of">
          <Button submit kind="sea">{text.go}</Button>
          <Button kind="quiet" onPress={close}>{text.close}</Button>
        </div>
      </form>
      {trouble !== null && <p class="error">{trouble}</p>}
      {found !== null && <p class="soft">{found.hits.length === 0 ? text.none : text.some(found.hits.length, found.more)}</p>}
      <ul class="plain hits">
        {found?.hits.map((hit) => (
          <li key={`${hit.document}${hit.start}`}>
            <button type="button" class="hit" onClick={() => open(hit)}>
              <b>{desk.overview?.documents.find(({ id }) => id === hit.document)?.title}</b> {hit.before}<mark>{hit.match}</mark>{hit.after}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

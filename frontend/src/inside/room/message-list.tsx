/** The talk of one place, newest at the end. Only what is in sight is drawn. */
import { useEffect, useLayoutEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { useWatched } from '../../ui/hooks';
import { Button } from '../../ui/parts';
import { day, dayNumber } from '../../ui/when';
import { words } from '../../words/en';
import { useBoat, useNow } from '../afloat';
import type { GroupView, MessageView, Place, TalkView } from '../model';
import { Announcer } from './announcer';
import { jump } from './jump';
import { Message } from './message';
import { Standing } from './standing';

const text = words.room;

interface Props {
  place: Place;
  group: GroupView;
  onReply: (message: MessageView) => void;
  /** Grows with each message sent here, to bring the end into sight. */
  sent: number;
}

/** The reader's place, kept through every drawing. */
function useStanding(talk: TalkView, key: string): Standing {
  const [, redraw] = useReducer<number, void>((n) => n + 1, 0);
  const standing = useMemo(() => new Standing(key, () => redraw()), [key]);
  standing.take(talk);
  useLayoutEffect(() => standing.settle());
  useLayoutEffect(() => {
    const box = standing.scroller;
    if (!box) return undefined;
    const watcher = new ResizeObserver(() => standing.grown());
    watcher.observe(box);
    if (box.firstElementChild) watcher.observe(box.firstElementChild);
    const show = () => standing.shown();
    box.addEventListener('shown', show);
    return () => {
      watcher.disconnect();
      box.removeEventListener('shown', show);
    };
  }, [standing]);
  return standing;
}

export function MessageList({ place, group, onReply, sent }: Props) {
  const boat = useBoat();
  const talk = useWatched(boat.talk(place));
  const standing = useStanding(talk, `${group.id}/${place}`);
  const { from, to, above, below } = standing.range();
  const { offer } = standing;

  useEffect(() => boat.open(place, from, to), [place, from, to, talk.count]);
  useEffect(() => {
    if (sent > 0) standing.toEnd();
  }, [sent]);
  useEffect(() => {
    if (jump.to === null || !talk.isReady || talk.indexOf(jump.to) < 0) return;
    standing.jumpTo(jump.to);
    jump.to = null;
  }, [talk, standing]);
  useSeen(place, standing);

  return (
    <div class="talk">
      <Announcer place={place} group={group} />
      <div
        class="scroller"
        ref={(element) => void (standing.scroller = element)}
        onScroll={() => standing.scrolled()}
        onPointerDown={() => standing.touched()}
        onWheel={() => standing.touched()}
        onKeyDown={(event) => {
          standing.touched();
          moveByPage(event);
        }}
        role={talk.count > 0 ? 'feed' : 'region'}
        aria-label={text.list(group.talk?.name ?? (place === 'room' ? text.room : text.everyday))}
        aria-busy={!talk.isReady}
        tabIndex={0}
      >
        <div class="talk-rows">
          <div style={{ height: `${above}px` }} />
          {talk.isReady && talk.count === 0 && <p class="empty">{group.talk ? words.talks.empty : place === 'room' ? text.empty : text.emptyEveryday}</p>}
          <Rows talk={talk} group={group} from={from} to={to} onReply={onReply} onJump={(id) => standing.jumpTo(id)} />
          <div style={{ height: `${below}px` }} />
        </div>
      </div>
      {offer === 'newest' && <p class="to-newest"><Button onPress={() => standing.toEnd()}>{text.toNewest}</Button></p>}
      {offer === 'first-new' && <p class="to-newest"><Button onPress={() => standing.toFirstNew()}>{text.toFirstNew}</Button></p>}
    </div>
  );
}

interface RowsProps {
  talk: TalkView;
  group: GroupView;
  from: number;
  to: number;
  onReply: (message: MessageView) => void;
  onJump: (id: string) => void;
}

/** Rows in sight, with the days between them. Folded notes open one at a time. */
function Rows({ talk, group, from, to, onReply, onJump }: RowsProps) {
  const [openNote, setOpenNote] = useState<string | null>(null);
  const now = useNow();
  const rows = [];
  for (let row = from; row < to; row++) {
    const message = talk.at(row);
    const id = talk.idAt(row);
    rows.push(
      <div key={id} data-row={id} class="talk-row">
        {message && startsDay(talk, row, message) && <p class="day">{day(message.time, now)}</p>}
        {row === talk.firstNew && <p class="new-line"><span>{text.newLine}</span></p>}
        {message ? (
          <Message
            message={message}
            group={group}
            talk={talk}
            now={now}
            position={{ at: row + 1, of: talk.count }}
            noteOpen={openNote === id}
            onNote={() => setOpenNote(openNote === id ? null : id)}
            onReply={() => onReply(message)}
            onJump={onJump}
          />
        ) : (
          <p class="unopened">{words.opening}</p>
        )}
      </div>,
    );
  }
  return <>{rows}</>;
}

function startsDay(talk: TalkView, row: number, message: MessageView): boolean {
  if (row === 0) return true;
  const before = talk.at(row - 1);
  return before !== null && dayNumber(before.time) !== dayNumber(message.time);
}

/** Page Up and Page Down go from message to message, as screen readers expect of a feed. */
function moveByPage(event: KeyboardEvent) {
  const step = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0;
  const scroller = event.currentTarget as HTMLElement;
  if (!step || event.target === scroller) return;
  const all = [...scroller.querySelectorAll<HTMLElement>('article')];
  const next = all[all.findIndex((one) => one.contains(event.target as Node)) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

const LOOK_EVERY_MS = 1500;

/** One's own reading place moves only while the page is really in sight. */
function useSeen(place: Place, standing: Standing) {
  const boat = useBoat();
  useEffect(() => {
    const timer = setInterval(() => {
      const id = document.visibilityState === 'visible' ? standing.lowest() : null;
      if (id) boat.seen(place, id);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [place, standing]);
}

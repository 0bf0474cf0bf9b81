/** One message: who, when, what would help, the words, who hears it, and what one can do. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Button, TroubleLine } from '../../ui/parts';
import { clock, when } from '../../ui/when';
import { part } from '../../part';
import { words } from '../../words/en';
import { nameOf, useBoat } from '../afloat';
import type { GroupView, MessageView, TalkView } from '../model';
import { useMute } from '../pages/mute';
import { cover, inShort } from './cover';
import { MorePanel } from './more-panel';

const text = words.room;

interface Props {
  message: MessageView;
  group: GroupView;
  talk: TalkView;
  now: number;
  position: { at: number; of: number };
  noteOpen: boolean;
  onNote: () => void;
  onReply: () => void;
  onJump: (id: string) => void;
}

export function Message(props: Props) {
  const { message, group, now, position } = props;
  const id = useId();
  const mute = useMute();
  const [shownOnce, setShownOnce] = useState(false);
  const name = message.mine ? words.you : nameOf(group, message.author, words.someoneGone);
  const hidden = mute.hides(message) && !shownOnce;
  return (
    <article
      class={`message ${message.mine ? 'mine' : ''}`}
      aria-labelledby={`${id}-who`}
      aria-posinset={position.at}
      aria-setsize={position.of}
      tabIndex={-1}
    >
      <p class="who" id={`${id}-who`}>
        <strong>{name}</strong> <span class="time">{clock(message.time)}</span>
        {message.wants && message.state !== 'taken-back' && !hidden && <span class="chip">{words.options[message.wants]}</span>}
      </p>
      {hidden ? (
        <p class="set-apart">
          {text.muted} <Button about={text.describe(name, when(message.time, now))} onPress={() => setShownOnce(true)}>{text.showMuted}</Button>
        </p>
      ) : (
        <Said {...props} name={name} />
      )}
    </article>
  );
}

/** What is left of a message in each state; only one that is really here can be answered. */
function Said(props: Props & { name: string }) {
  const { message, name } = props;
  if (message.state === 'missing') return <p class="set-apart">{text.missing}</p>;
  if (message.state === 'taken-back' || message.state === 'folded') {
    return (
      <>
        <p class="set-apart">{gone(message, name)}</p>
        {message.state === 'folded' && message.mine && <p class="bubble">{message.text}</p>}
        {!message.mine && <Actions {...props} moreOnly />}
      </>
    );
  }
  return (
    <>
      {message.replyTo && <ReplyTo {...props} />}
      <Body {...props} name={name} />
      <HeardBy {...props} />
      {message.state === 'waiting' ? <StillWaiting {...props} /> : <Actions {...props} />}
    </>
  );
}

function gone({ state, mine }: MessageView, name: string): string {
  if (state === 'folded') return mine ? text.foldedMine : text.foldedByHost;
  return mine ? text.takenBackMine : text.takenBack(name);
}

function Body({ message, name, now, noteOpen, onNote }: Props & { name: string }) {
  const { quietUntil } = message;
  const about = text.describe(name, when(message.time, now));
  const Voice = message.spoken === null ? null : part.get()?.SpokenMessage;
  const open = cover(message, now) === null || message.mine || noteOpen;
  return (
    <>
      {quietUntil !== null && (
        <p class="set-apart note">
          <span>{text.quiet(when(quietUntil, now))}</span>
          {!message.mine && message.note === null && <Button expanded={noteOpen} onPress={onNote}>{noteOpen ? text.foldAgain : text.read}</Button>}
        </p>
      )}
      {message.note !== null && (
        <p class="set-apart note">
          <span>{text.about(message.note)}</span>
          {!message.mine && (
            <Button name={noteOpen ? undefined : text.readName(message.note)} expanded={noteOpen} onPress={onNote}>
              {noteOpen ? text.foldAgain : text.read}
            </Button>
          )}
        </p>
      )}
      {open && <p class="bubble">{message.text}</p>}
      {open && Voice && <Voice message={message} about={about} />}
    </>
  );
}

/** The message this one answers: named, shortened, and folded if it has a note. */
function ReplyTo({ message, group, talk, now, onJump }: Props) {
  const mute = useMute();
  const id = message.replyTo!;
  const at = talk.indexOf(id);
  const to = at < 0 ? null : talk.at(at);
  if (!to || to.state === 'taken-back' || to.state === 'missing' || (to.state === 'folded' && !to.mine)) return <p class="reply-to">{text.replyGone}</p>;
  const name = to.mine ? words.you : nameOf(group, to.author, words.someoneGone);
  const inside = mute.hides(to) ? '' : inShort(to, 90, now);
  return (
    <p class="reply-to">
      <Button kind="link" onPress={() => onJump(id)}>{text.replyTo(name)}</Button> <span class="shortened">{inside}</span>
    </p>
  );
}

function HeardBy({ message, group }: Props) {
  const others = message.heardBy.filter((id) => id !== group.me).map((id) => nameOf(group, id, words.someoneGone));
  const names = others.length < message.heardBy.length ? [words.you, ...others] : others;
  return <p class="heard">{names.length > 0 && text.hearsYou(names, message.mine)}</p>;
}

const SOON_MS = 1500;

/** Said only when it takes longer than a usual sending. */
function StillWaiting({ message, name, now }: Props & { name: string }) {
  const boat = useBoat();
  const doing = useDoing();
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), SOON_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return <p class="actions" />;
  const about = text.describe(name, when(message.time, now));
  const takeBack = () => void doing.run(() => boat.takeBack(message.id));
  return (
    <>
      <p class="actions">
        <span class="waiting">{text.waiting}</span>
        <Button kind="link" onPress={() => boat.sendAgain()}>{text.sendAgain}</Button>
        <Button kind="link" about={about} busy={doing.busy} onPress={takeBack}>{text.panel.takeBack}</Button>
      </p>
      <TroubleLine text={doing.trouble} />
    </>
  );
}

/** What one can do. Of words that are not shown any more only *More* is left: one may worry all the same. */
function Actions(props: Props & { name: string; moreOnly?: boolean }) {
  const { message, group, name, now, onReply, moreOnly } = props;
  const boat = useBoat();
  const doing = useDoing();
  const [more, setMore] = useState(false);
  const about = text.describe(name, when(message.time, now));
  const iHost = group.members.some((one) => one.isMe && one.isHost);
  const iHear = message.heardBy.includes(group.me);
  const moreButton = useRef<HTMLParagraphElement>(null);
  function shut() {
    setMore(false);
    moreButton.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus({ preventScroll: true });
  }
  const hear = () => void doing.run(() => (iHear ? boat.unhear(message.id) : boat.hear(message.id)));
  return (
    <>
      <p class="actions" ref={moreButton}>
        {!message.mine && !moreOnly && <Button kind="link" about={about} pressed={iHear} onPress={hear}>{text.hear}</Button>}
        {!moreOnly && <Button kind="link" about={about} onPress={onReply}>{text.reply}</Button>}
        <Button kind="link" about={about} expanded={more} onPress={() => setMore(!more)}>{text.more}</Button>
      </p>
      <TroubleLine text={doing.trouble} />
      {more && <MorePanel message={message} name={name} about={about} iHost={iHost} inTalk={group.talk !== undefined} onDone={shut} />}
    </>
  );
}

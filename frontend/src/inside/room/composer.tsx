/** The box to write in. What is written is kept as it is typed; nothing here ever blocks a word. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, Field, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { part } from '../../part';
import { nameOf, present, useBoat, useGroup, useNow } from '../afloat';
import { NO_DRAFT, type Draft, type MessageView, type Place, type Wants } from '../model';
import type { Nudge } from '../nudge';
import { pressing } from '../pressing';
import type { Ready } from './speak';
import { inShort } from './cover';
import { remaining } from './remaining';

const text = words.room.box;
const LONGEST = 3500; // letters; even the widest ones fit into one sealed message
const LONGEST_BESIDE = 400; // beside what was spoken
const SHOW_LEFT = 300;
const WANTS: readonly Wants[] = ['listen', 'been-there', 'ideas'];

interface Props {
  place: Place;
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** The message that is being answered, when it is here. */
  replyingTo: MessageView | null;
  onSent: () => void;
}

/** Once the rules are here (part.ts), when something that has been sent speaks of danger. */
function onceKnown(see: () => void): void {
  const stop = part.watch(() => {
    stop();
    see();
  });
}

/**
 * Sends, with at most one nudge for a message, and none before what speaks of danger. Words never wait for the rules:
 * where they are not here yet, what speaks of danger brings help as soon as they are.
 */
function useSending({ place, draft, onChange, onSent }: Props) {
  const [ready, setReady] = useState<Ready | null>(null);
  const [isEmpty, setEmpty] = useState(false);
  const longest = ready === null ? LONGEST : LONGEST_BESIDE;
  const boat = useBoat();
  const settings = useWatched(boat.settings);
  const group = useGroup();
  const nudgesOff = group.nudgeOff.length * 2 > present(group).length ? 'all' : settings.nudgesOff;
  const doing = useDoing();
  const [shown, show] = useState<Nudge | null>(null);
  const nudged = useRef(false);
  const latest = useRef(draft);
  latest.current = draft;

  async function sendNow(after: Nudge | null = null) {
    const said = { place, text: draft.text.trim(), note: draft.note.trim() || null, wants: draft.wants, replyTo: draft.replyTo };
    if (!(await doing.run(() => (ready === null ? boat.say(said) : ready.say(said))))) return;
    setReady(null);
    nudged.current = false;
    show(after);
    onChange(remaining(latest.current, draft));
    onSent();
  }
  const showDanger = (late: Nudge | null) => {
    if (late?.kind === 'danger') show(late);
  };
  function send() {
    setEmpty(ready !== null && !draft.text.trim());
    if (!draft.text.trim() || draft.text.length > longest) return;
    const judge = () => part.get()?.nudge.judge(draft.text, { hasNote: draft.note.trim() !== '', nudgesOff }) ?? null;
    if (part.get() === null) onceKnown(() => showDanger(judge()));
    const found = judge();
    if (found?.kind === 'danger') void sendNow(found);
    else if (found && !nudged.current) {
      nudged.current = true;
      show(found);
    } else void sendNow();
  }
  const silence = (kind: Nudge['kind']) => {
    void doing.run(() => boat.saveSettings({ nudgesOff: [...settings.nudgesOff, kind] }));
    show(null);
  };
  const hear = (next: Ready | null) => {
    setEmpty(false);
    setReady(next);
  };
  return { doing, shown, show, send, sendNow, silence, ready, hear, isEmpty, longest };
}

const AFTER_CLICK_MS = 80;

/** Whether one is writing. A press elsewhere is let through first, so that nothing moves away from under a finger. */
function useInside() {
  const [inside, setInside] = useState(false);
  const form = useRef<HTMLElement | null>(null);
  const look = () => setTimeout(() => setInside(!!form.current?.contains(document.activeElement)), AFTER_CLICK_MS);
  const onFocusIn = (event: FocusEvent) => {
    // A button is no place to write in: what appears while writing would move it away from under the finger.
    if (!inside && !(event.target as Element).matches('textarea, input')) return;
    form.current = event.currentTarget as HTMLElement;
    setInside(true);
  };
  function onFocusOut() {
    if (pressing.now) addEventListener('pointerup', look, { once: true });
    else look();
  }
  useEffect(() => () => removeEventListener('pointerup', look), []);
  return { inside, onFocusIn, onFocusOut };
}

export function Composer(props: Props) {
  const { draft, onChange, replyingTo } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const { doing, shown, show, send, sendNow, silence, ready, hear, isEmpty, longest } = useSending(props);
  const { isVoiceOff } = useGroup();
  const { inside, onFocusIn, onFocusOut } = useInside();
  const [noteOpen, setNoteOpen] = useState(draft.note !== '');
  useEffect(() => {
    if (draft === NO_DRAFT) setNoteOpen(false);
  }, [draft]);
  const withNote = noteOpen || draft.note !== '';
  const Panel = part.get()?.nudge.Panel;
  const Speak = isVoiceOff ? null : part.get()?.Speak;
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const again = (note = false) => {
    show(null);
    if (note) setNoteOpen(true);
    box.current?.focus();
  };
  return (
    <form
      class={`composer ${inside ? 'writing' : ''} ${inside && draft.text ? 'full' : ''}`}
      noValidate
      onFocusIn={onFocusIn}
      onFocusOut={onFocusOut}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && shown) again();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {shown && Panel && (
        <Panel nudge={shown} onAgain={again} onAsIs={() => void sendNow()} onSilence={() => silence(shown.kind)} />
      )}
      {replyingTo && <Answering message={replyingTo} onDrop={() => change({ replyTo: null })} />}
      {withNote && <Field label={text.noteLabel} hint={text.noteHint} value={draft.note} onInput={(note) => change({ note })} />}
      {Speak && <Speak ready={ready} onReady={hear} />}
      <TroubleLine text={isEmpty && !draft.text.trim() ? text.besideEmpty : doing.trouble} />
      <Box box={box} draft={draft} change={change} send={send} busy={doing.busy} isSpoken={ready !== null} longest={longest} />
      {(inside || draft.text !== '') && <Under draft={draft} change={change} withNote={withNote} setNoteOpen={setNoteOpen} />}
    </form>
  );
}

interface BoxProps {
  box: { current: HTMLTextAreaElement | null };
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  send: () => void;
  busy: boolean;
  /** These words stand beside what was spoken. */
  isSpoken: boolean;
  longest: number;
}

function Box({ box, draft, change, send, busy, isSpoken, longest }: BoxProps) {
  const [noPicture, setNoPicture] = useState(false);
  const left = longest - draft.text.length;
  const nearlyFull = left < (isSpoken ? 100 : SHOW_LEFT);
  return (
    <>
      <div role="status">{noPicture && <p class="kind">{text.noPictures}</p>}</div>
      <label class="box-label" for="say">{isSpoken ? text.beside : text.label}</label>
      {isSpoken && <p class="hint" id="say-beside">{text.besideHint}</p>}
      <div
        class="box"
        onMouseDown={(event) => {
          // A phone's keyboard stays up for the next line: the press on Send is not to take the focus from the box.
          if (document.activeElement === box.current && event.target !== box.current) event.preventDefault();
        }}
      >
        <textarea
          id="say"
          ref={box}
          rows={2}
          value={draft.text}
          aria-describedby={nearlyFull ? 'say-left' : isSpoken ? 'say-beside' : undefined}
          onInput={(event) => {
            setNoPicture(false);
            change({ text: event.currentTarget.value });
          }}
          onPaste={(event) => setNoPicture(hasPicture(event.clipboardData))}
          onDrop={(event) => {
            if (!hasPicture(event.dataTransfer)) return;
            event.preventDefault();
            setNoPicture(true);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          }}
        />
        <Button kind="main" submit busy={busy}>{text.send}</Button>
      </div>
      {nearlyFull && <Left left={left} tooLong={isSpoken ? text.besideLong : words.troubles.of('too_long')} />}
    </>
  );
}

function hasPicture(data: DataTransfer | null): boolean {
  return data !== null && data.files.length > 0;
}

function Left({ left, tooLong }: { left: number; tooLong: string }) {
  return <p id="say-left" class={left < 0 ? 'error' : 'hint'}>{left < 0 ? tooLong : text.left(left)}</p>;
}

/** Whom the message answers, and what they said would help. */
function Answering({ message, onDrop }: { message: MessageView; onDrop: () => void }) {
  const group = useGroup();
  const now = useNow();
  const name = message.mine ? words.you : nameOf(group, message.author, words.someoneGone);
  return (
    <p class="answering">
      <span class="shortened">{words.room.replyTo(name)} {inShort(message, 60, now)}</span>
      {message.wants && <span class="chip">{words.options[message.wants]}</span>}
      <Button kind="link" onPress={onDrop}>{text.dropReply}</Button>
    </p>
  );
}

interface UnderProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  withNote: boolean;
  setNoteOpen: (open: boolean) => void;
}

/** The links under the box; they appear only while writing. */
function Under({ draft, change, withNote, setNoteOpen }: UnderProps) {
  function toggleNote() {
    if (withNote) change({ note: '' });
    setNoteOpen(!withNote);
  }
  return (
    <p class="under-box" role="group" aria-label={text.help}>
      <span aria-hidden="true">{text.help}</span>
      {WANTS.map((wants) => (
        <Button key={wants} kind="link" pressed={draft.wants === wants} onPress={() => change({ wants: draft.wants === wants ? null : wants })}>
          {words.options[wants]}
        </Button>
      ))}
      <Button kind="link" onPress={toggleNote}>{withNote ? text.dropNote : text.addNote}</Button>
      <span class="keys">{text.keys}</span>
    </p>
  );
}

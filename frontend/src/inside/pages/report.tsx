/** Raise a concern: pick what it is about, say a word if one likes, and see who looks at it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Choice, Field, Form, Tick, TroubleLine } from '../../ui/parts';
import { when } from '../../ui/when';
import { words } from '../../words/en';
import { speaking } from '../../words/en/speaking';
import { listed, nameOf, useGroup, useNow, useWholeBoat } from '../afloat';
import type { GroupView, InTalk, MessageView, TalkView } from '../model';
import { cover } from '../room/cover';
import { pathTo } from '../route';

const text = words.deciding.report;

/** What can be picked: some of the same place around it, by others, and really here. */
const AROUND = 4;

interface Pickable {
  id: string;
  author: string;
  time: number;
  /** Null where it is not shown. */
  said: string | null;
  /** The sound itself does not go along. */
  isSpoken?: boolean;
}

const pickable = (message: MessageView, now: number): Pickable => {
  const { id, author, time, text: said, state } = message;
  if (state === 'taken-back' || state === 'folded') return { id, author, time, said: null };
  return { id, author, time, said: cover(message, now) ?? said, isSpoken: message.spoken !== null };
};

function near(talk: TalkView, id: string, now: number): Pickable[] {
  const at = talk.indexOf(id);
  if (at < 0) return [];
  const rows = [];
  for (let i = Math.max(0, at - AROUND); i <= Math.min(talk.count - 1, at + AROUND); i++) {
    const message = talk.at(i);
    if (message && !message.mine && message.state !== 'missing' && message.state !== 'waiting') rows.push(pickable(message, now));
  }
  return rows;
}

/** The talk of two in which it was said; null for the group's own places. */
function useTalkOf(id: string): InTalk | null {
  const boat = useWholeBoat();
  const lines = useWatched(boat.oneToOne);
  const looked = useWatched(boat.talksLooked);
  return useMemo(() => {
    const talk = boat.talkOf(id);
    return talk === null ? null : boat.inTalk(talk);
  }, [id, lines, looked]);
}

/** Around a message in either room or in a talk; or one that was taken back, of which only that is known. */
function usePickable(id: string, talk: InTalk | null): Pickable[] {
  const boat = useWholeBoat();
  const now = useNow();
  const [taken, setTaken] = useState<Pickable[]>([]);
  const room = near(useWatched((talk ?? boat).talk('room')), id, now);
  const everyday = near(useWatched(boat.talk('everyday')), id, now);
  useEffect(() => {
    const show = (all: readonly Omit<Pickable, 'said'>[]) => setTaken(all.filter((one) => one.id === id).map((one) => ({ ...one, said: null })));
    boat.takenBack().then(show, () => undefined);
  }, [id]);
  const found = [...room, ...everyday];
  return found.length > 0 ? found : taken;
}

export function Report({ id }: { id: string }) {
  const boat = useWholeBoat();
  const { ring } = useWatched(boat.site);
  const group = useGroup();
  const doing = useDoing();
  const talk = useTalkOf(id);
  const rows = usePickable(id, talk);
  const [picked, setPicked] = useState<readonly string[]>([id]);
  const [said, setSaid] = useState('');
  const [wanted, setWanted] = useState<'two' | 'contact' | null>(null);
  const [sent, setSent] = useState(false);
  const authors = [...new Set(rows.filter((row) => picked.includes(row.id)).map(({ author }) => author))];
  const two = (talk ?? boat).whoDecides(authors);
  const { hasContact } = boat.deciding();
  const to = wanted === 'contact' && hasContact ? 'contact' : two.length > 0 ? 'two' : hasContact ? 'contact' : null;
  const send = async () => {
    if (picked.length > 0 && (await doing.run(() => (talk ?? boat).report({ messages: picked, words: said, toContact: to === 'contact' })))) setSent(true);
  };
  const isTooMuch = doing.code === 'too_long';
  if (sent) return <Page title={text.title} back="lastDoor"><p role="status">{text.sent}</p><p><a href={pathTo('concerns')}>{text.toList}</a></p></Page>;
  if (rows.length === 0) return <Page title={text.title} back="lastDoor"><p>{text.nothing}</p><p><a href="/concern">{text.elsewhere}</a></p></Page>;
  return (
    <Page title={text.title} back="lastDoor">
      <Form onSend={() => void send()}>
        <p>{text.lead} {talk !== null && text.leadAlone}</p>
        <Picking group={group} rows={rows} picked={picked} onPick={setPicked} />
        {rows.some((row) => row.isSpoken && picked.includes(row.id)) && <p class="hint">{speaking.picked(talk !== null)}</p>}
        <Field label={text.words} rows={3} value={said} onInput={setSaid} hint={talk === null ? text.guess : text.guessAlone} />
        <Who names={listed(two.map((one) => nameOf(group, one, words.someoneGone)))} hasContact={hasContact} to={to} onChoose={setWanted} />
        <TroubleLine text={picked.length === 0 ? text.pickMissing : isTooMuch ? text.tooMuch : doing.trouble} />
        {isTooMuch && <p><a href="/concern">{text.elsewhere}</a></p>}
        {to !== null && <Button kind="main" submit busy={doing.busy}>{text.send}</Button>}
      </Form>
      <Card tone="dusk"><p>{text.danger(ring.emergency)}</p></Card>
    </Page>
  );
}

interface PickingProps {
  group: GroupView;
  rows: readonly Pickable[];
  picked: readonly string[];
  onPick: (picked: readonly string[]) => void;
}

function Picking({ group, rows, picked, onPick }: PickingProps) {
  const now = useNow();
  return (
    <fieldset class="choice">
      <legend>{text.pick}</legend>
      {rows.map(({ id, author, time, said }) => {
        const name = nameOf(group, author, words.someoneGone);
        const label = said === null ? text.taken(name, when(time, now)) : `${name}: ${said.slice(0, 160)}`;
        return <Tick key={id} label={label} on={picked.includes(id)} onTick={(on) => onPick(on ? [...picked, id] : picked.filter((one) => one !== id))} />;
      })}
    </fieldset>
  );
}

interface WhoProps {
  names: string;
  hasContact: boolean;
  to: 'two' | 'contact' | null;
  onChoose: (to: 'two' | 'contact') => void;
}

function Who({ names, hasContact, to, onChoose }: WhoProps) {
  const boat = useWholeBoat();
  const [reads, setReads] = useState(true);
  useEffect(() => void (hasContact && boat.contactReads().then(setReads, () => undefined)), [hasContact]);
  const two = names === '' ? [] : [{ value: 'two' as const, label: text.two(names) }];
  const outside = hasContact ? [{ value: 'contact' as const, label: text.contact, ...(!reads && { hint: text.nobodyReads }) }] : [];
  return (
    <>
      {names === '' && <p>{text.tooFew}</p>}
      {names === '' && !hasContact && <p><a href="/concern">{text.elsewhere}</a></p>}
      {two.length + outside.length > 0 && <Choice legend={text.who} options={[...two, ...outside]} value={to} onChoose={onChoose} />}
    </>
  );
}

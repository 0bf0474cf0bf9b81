/** Concerns: those for me to look at, those I raised and what became of them, and what was folded of mine. */
import { useEffect, useState } from 'preact/hooks';
import { useDoing } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, Lines, TroubleLine, Way } from '../../ui/parts';
import { when } from '../../ui/when';
import { words } from '../../words/en';
import { go, listed, nameOf, useGroup, useNow, useWholeBoat } from '../afloat';
import type { FoldedView, OutsideState, SentReportView } from '../model';
import { pathTo } from '../route';
import { PutAway } from './put-away';

const text = words.deciding.concerns;
const FORTNIGHT = 14 * 86_400;

function useName() {
  const group = useGroup();
  return (id: string) => nameOf(group, id, words.someoneGone);
}

export function Concerns() {
  const boat = useWholeBoat();
  useGroup();
  const { reports, folded } = boat.deciding();
  const now = useNow();
  return (
    <Page title={text.title} back="members">
      {reports.length > 0 && (
        <Card title={text.forMe}>
          {reports.map(({ id, at, isAnswered }) => (
            <p key={id}>{text.forMeLine(when(at, now))} {isAnswered && text.answered} <Way to={pathTo('concern', id)} kind="sea">{text.open}</Way></p>
          ))}
        </Card>
      )}
      {folded.map((one) => <Folded key={one.id} folded={one} />)}
      <Sent />
      <Taken />
      <p>{text.lead}</p>
      <p><a href={pathTo('deciders')}>{words.deciding.deciders.link}</a></p>
      <p><a href={pathTo('outsideKey')}>{words.checking.outsideKey.link}</a></p>
      <p>{text.outside} <a href="/concern">{text.outsideLink}</a></p>
    </Page>
  );
}

/** One's own words, back to be sent again in another way. */
function Folded({ folded: { id, by, place, text: said, words: note } }: { folded: FoldedView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const name = useName()(by);
  const again = async () => {
    boat.saveDraft(place, { ...boat.draft(place), text: said });
    if (await doing.run(() => boat.putAway(id))) go(place);
  };
  return (
    <Card title={text.folded} tone="sand">
      <p>{text.foldedLine(name)}</p>
      {note !== '' && <p class="soft">{text.foldedSays(name)}</p>}
      {note !== '' && <Lines text={note} />}
      <p class="soft">{text.foldedWords}</p>
      <div class="bubble"><Lines text={said} /></div>
      <TroubleLine text={doing.trouble} />
      <p class="row">
        <Button kind="sea" busy={doing.busy} onPress={() => void again()}>{text.again}</Button>
        <PutAway note={id} />
      </p>
    </Card>
  );
}

/** What came from outside is asked for once, when the page is opened. */
function useOutside(): ReadonlyMap<string, OutsideState> {
  const boat = useWholeBoat();
  const [states, setStates] = useState<ReadonlyMap<string, OutsideState>>(new Map());
  useEffect(() => void boat.outsideStates().then(setStates, () => undefined), []);
  return states;
}

export function Sent() {
  const boat = useWholeBoat();
  const states = useOutside();
  const { sent } = boat.deciding();
  if (sent.length === 0) return null;
  return (
    <Card title={text.mine}>
      {sent.map((one) => <SentLine key={one.id} sent={one} outside={states.get(one.id) ?? null} />)}
    </Card>
  );
}

function SentLine({ sent: { at, to, isAppeal, readBy, answers }, outside }: { sent: SentReportView; outside: OutsideState | null }) {
  const name = useName();
  const now = useNow();
  const whom = to.length === 0 ? text.outsidePerson : listed(to.map(name));
  const isAnswered = answers.length > 0 || (outside !== null && outside.answeredAt !== null);
  const read = readBy.length > 0 ? text.read(listed(readBy.map(name))) : outside?.readAt ? text.readOutside(when(outside.readAt, now)) : text.notYet;
  return (
    <div class="sent">
      <p><strong>{isAppeal ? text.appealLine(when(at, now)) : text.mineLine(whom, when(at, now))}</strong></p>
      <p>{read}</p>
      {answers.map((answer) => (
        <div key={answer.note}>
          <p class="soft">{text.says(name(answer.by))}</p>
          <Lines text={answer.words} />
          <PutAway note={answer.note} />
        </div>
      ))}
      {outside !== null && outside.words !== '' && <Lines text={outside.words} />}
      {!isAnswered && at + FORTNIGHT < now && <p>{text.fortnight}</p>}
    </div>
  );
}

/** What was taken back is not shown, and can be reported for seven days. */
function Taken() {
  const boat = useWholeBoat();
  const name = useName();
  const now = useNow();
  const [taken, setTaken] = useState<readonly { id: string; author: string; time: number }[]>([]);
  useEffect(() => void boat.takenBack().then(setTaken, () => undefined), []);
  if (taken.length === 0) return null;
  return (
    <Card title={text.taken}>
      <p class="hint">{text.takenHint}</p>
      {taken.map(({ id, author, time }) => (
        <p key={id}>{text.takenLine(name(author), when(time, now))} <a href={pathTo('report', id)}>{words.deciding.report.title}</a></p>
      ))}
    </Card>
  );
}

/** The room and the everyday room: the same walls, another talk. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, TroubleLine } from '../../ui/parts';
import { part } from '../../part';
import { words } from '../../words/en';
import { listed, nameOf, newHere, useBoat, useGroup, usePutOff, useWholeBoat } from '../afloat';
import { type Draft, type GroupView, type Place } from '../model';
import { pathTo } from '../route';
import { Composer } from './composer';
import { MessageList } from './message-list';
import { topOf } from './top';

const text = words.room;

/** `about`: what stands at the top of a talk with one other member, in place of what concerns the whole group. */
export function Room({ place, about }: { place: Place; about?: ComponentChildren }) {
  const group = useGroup();
  const boat = useBoat();
  const talk = useWatched(boat.talk(place));
  const [draft, setDraft] = useState<Draft>(() => boat.draft(place));
  const [sent, setSent] = useState(0);
  const returned = useWatched(boat.returned);
  const here = useWatched(part);
  const [cameBack, setCameBack] = useState(false);
  useEffect(() => {
    const kept = boat.draft(place);
    if (kept.text !== draft.text) setCameBack(true);
    setDraft(kept);
  }, [returned]);
  const change = (next: Draft) => {
    setDraft(next);
    boat.saveDraft(place, next);
  };
  const at = draft.replyTo === null ? -1 : talk.indexOf(draft.replyTo);
  const where = group.talk ? { title: group.talk.name, here: 'members' as const } : { title: place === 'room' ? text.room : text.everyday, here: place };
  return (
    <Page {...where} tall>
      {about ?? (
        <>
          <p class="about-room">
            <a href={pathTo('whoSees')}>{text.who}</a>
            <span><a href={pathTo('today')}>{text.nextMeeting}</a>: {here ? <here.NextLine /> : '…'}</span>
          </p>
          <AtTheTop group={group} />
        </>
      )}
      <MessageList
        place={place}
        group={group}
        sent={sent}
        onReply={(message) => {
          change({ ...draft, replyTo: message.id });
          document.getElementById('say')?.focus();
        }}
      />
      <div role="status">{(cameBack || draft.soundGone) && draft.text !== '' && <p class="kind">{draft.soundGone ? words.soundGone : words.cameBack}</p>}</div>
      {(group.talk?.state ?? 'on') === 'on' && (
        <Composer
          place={place}
          draft={draft}
          onChange={change}
          replyingTo={at < 0 ? null : talk.at(at)}
          onSent={() => {
            setCameBack(false);
            setSent(sent + 1);
          }}
        />
      )}
    </Page>
  );
}

/** Newcomers, a changed agreement, a missing code: one at a time, and none of them blocks anything. */
function AtTheTop({ group }: { group: GroupView }) {
  const boat = useBoat();
  const doing = useDoing();
  const { isOff, later } = usePutOff(group.agreement.version);
  const affirm = () => void doing.run(() => boat.affirm(group.agreement.version));
  const { joining, changed: isChanged } = topOf(group, isOff);
  if (joining) {
    const name = (id: string) => nameOf(group, id, words.someoneGone);
    const fresh = group.joining.filter((id) => !group.newPhones.some(({ who }) => who === id));
    const joiningNow = words.group.joiningNow;
    return (
      <div class="at-the-top beside">
        {group.newPhones.map(({ who, by }) => <p key={who}>{joiningNow.newPhone(name(who), listed(by.map(name)), by.length > 1)}</p>)}
        {isChanged && <p>{words.group.agreement.changed}</p>}
        <p>{fresh.length > 0 && joiningNow.one(listed(fresh.map(name)), fresh.length > 1)} <a href={pathTo('agreement')}>{joiningNow.read}</a></p>
        <TroubleLine text={doing.trouble} />
        <Button kind="sea" busy={doing.busy} onPress={affirm}>{joiningNow.agree}</Button>
      </div>
    );
  }
  if (isChanged) {
    const changed = words.group.agreement;
    return (
      <div class="at-the-top beside">
        <p>{changed.changed} <a href={pathTo('agreement')}>{changed.title}</a></p>
        <TroubleLine text={doing.trouble} />
        <Button kind="sea" busy={doing.busy} onPress={affirm}>{changed.agree}</Button>
        <Button onPress={later}>{changed.later}</Button>
      </div>
    );
  }
  return newHere.isSo ? <AskLine /> : <CodeLine />;
}

/** Asked once, right after joining, with the words of the locked screen (ETHOS P4); then it waits on Today for an answer. */
function AskLine() {
  const boat = useWholeBoat();
  const said = useWatched(boat.askTelling);
  const doing = useDoing();
  if (said === null) return <CodeLine />;
  const ask = words.telling;
  return (
    <div class="at-the-top beside">
      <p>{ask.ask} {ask.askMore} “{said}”. <a href={pathTo('howTold')}>{ask.askLook}</a></p>
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void doing.run(() => boat.saveWish({}))}>{ask.askNot}</Button>
    </div>
  );
}

/** One line, put away until the next visit by one press. */
function CodeLine() {
  const wanted = useWatched(useBoat().codeWanted);
  const { isOff, later } = usePutOff('code');
  if (!wanted || isOff) return null;
  const today = words.today;
  return (
    <div class="at-the-top beside">
      <p>{today.code}. <a href={pathTo('recovery')}>{today.makeCode}</a></p>
      <Button onPress={later}>{words.group.agreement.later}</Button>
    </div>
  );
}

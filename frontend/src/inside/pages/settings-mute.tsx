/** Muted words, people and talks, and hints while writing. Nobody else can tell. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, Card, Field, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { speaking } from '../../words/en/speaking';
import { listed, nameOf, present, useWholeBoat } from '../afloat';
import type { GroupView } from '../model';
import { WhenNobodyAnswers } from './settings-answer';
import type { SettingsPart } from './settings-part';

const text = words.settings.mute;

export function SeeingLess({ settings, save }: SettingsPart) {
  const group = useWatched(useWholeBoat().group);
  const [list, setList] = useState(settings.mutedWords.join('\n'));
  const [kept, setKept] = useState(false);
  const keep = () => save({ mutedWords: list.split('\n').map((word) => word.trim()).filter(Boolean) });
  const name = (id: string) => (group ? nameOf(group, id, words.someoneGone) : words.someoneGone);
  return (
    <>
      <Card title={text.title}>
        <Field label={text.words} hint={text.wordsHint} rows={3} value={list} onInput={(next) => (setList(next), setKept(false))} onBlur={keep} />
        <p class="row">
          <Button onPress={() => (keep(), setKept(true))}>{words.save}</Button>
          <span role="status">{kept && words.saved}</span>
        </p>
        <h3>{text.people}</h3>
        {settings.mutedPeople.length === 0 && <p class="soft">{text.nobody}</p>}
        {settings.mutedPeople.map((id) => (
          <p key={id}>
            <Button onPress={() => save({ mutedPeople: settings.mutedPeople.filter((other) => other !== id) })}>{text.unmute(name(id))}</Button>
          </p>
        ))}
        <h3>{text.threads}</h3>
        <p class="soft">{settings.mutedThreads.length === 0 ? text.nothing : text.threadCount(settings.mutedThreads.length)}</p>
        {settings.mutedThreads.length > 0 && <Button onPress={() => save({ mutedThreads: [] })}>{text.unmuteAll}</Button>}
      </Card>
      {group?.isMember && <WhenNobodyAnswers group={group} />}
      <Nudges settings={settings} save={save} />
      {group?.isMember && <Voice group={group} />}
    </>
  );
}

interface VoteProps {
  group: GroupView;
  /** Who says that it should be off. */
  off: readonly string[];
  isOff: boolean;
  vote: Readonly<Record<'isOn' | 'isOff' | 'off' | 'back', string> & { by: (names: string) => string }>;
  choose: (value: 'on' | 'off') => Promise<void>;
}

/** Each member's own say; more than half settle it, and anyone may think again. */
function Vote({ group, off, isOff, vote, choose }: VoteProps) {
  const doing = useDoing();
  const names = off.map((id) => (id === group.me ? words.you.toLowerCase() : nameOf(group, id, words.someoneGone)));
  const mine = off.includes(group.me);
  return (
    <>
      <p>{isOff ? vote.isOff : vote.isOn}</p>
      {names.length > 0 && <p class="soft">{vote.by(listed(names))}</p>}
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void doing.run(() => choose(mine ? 'on' : 'off'))}>{mine ? vote.back : vote.off}</Button>
    </>
  );
}

function Nudges({ settings, save }: SettingsPart) {
  const nudges = words.settings.nudges;
  const boat = useWholeBoat();
  const group = useWatched(boat.group);
  const off = settings.nudgesOff.map((kind) => nudges.kinds[kind]);
  return (
    <Card title={nudges.title}>
      <p>{nudges.lead}</p>
      <p>{off.length ? `${nudges.off} ${off.join(', ')}.` : nudges.none}</p>
      {off.length > 0 && <p><Button onPress={() => save({ nudgesOff: [] })}>{nudges.on}</Button></p>}
      {group?.isMember && (
        <>
          <h3>{nudges.vote.title}</h3>
          <Vote group={group} off={group.nudgeOff} isOff={group.nudgeOff.length * 2 > present(group).length} vote={nudges.vote} choose={boat.chooseNudge} />
        </>
      )}
    </Card>
  );
}

function Voice({ group }: { group: GroupView }) {
  const { vote } = speaking;
  const boat = useWholeBoat();
  return (
    <Card title={vote.title}>
      <p>{vote.lead}</p>
      <h3>{vote.whole}</h3>
      <Vote group={group} off={group.voiceOff} isOff={group.isVoiceOff} vote={vote} choose={boat.chooseVoice} />
    </Card>
  );
}

/** Muted words, people and talks, and hints while writing. Nobody else can tell. */
import { useState } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, Card, Field, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { listed, nameOf, present, useWholeBoat } from '../afloat';
import type { GroupView } from '../model';
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
      <Nudges settings={settings} save={save} />
    </>
  );
}

/** Each member's own say; more than half settle it, and anyone may think again. */
function Vote({ group }: { group: GroupView }) {
  const vote = words.settings.nudges.vote;
  const boat = useWholeBoat();
  const doing = useDoing();
  const names = group.nudgeOff.map((id) => (id === group.me ? words.you.toLowerCase() : nameOf(group, id, words.someoneGone)));
  const isOff = group.nudgeOff.length * 2 > present(group).length;
  const mine = group.nudgeOff.includes(group.me);
  return (
    <>
      <h3>{vote.title}</h3>
      <p>{isOff ? vote.isOff : vote.isOn}</p>
      {names.length > 0 && <p class="soft">{vote.by(listed(names))}</p>}
      <TroubleLine text={doing.trouble} />
      <Button busy={doing.busy} onPress={() => void doing.run(() => boat.chooseNudge(mine ? 'on' : 'off'))}>{mine ? vote.back : vote.off}</Button>
    </>
  );
}

function Nudges({ settings, save }: SettingsPart) {
  const nudges = words.settings.nudges;
  const group = useWatched(useWholeBoat().group);
  const off = settings.nudgesOff.map((kind) => nudges.kinds[kind]);
  return (
    <Card title={nudges.title}>
      <p>{nudges.lead}</p>
      <p>{off.length ? `${nudges.off} ${off.join(', ')}.` : nudges.none}</p>
      {off.length > 0 && <p><Button onPress={() => save({ nudgesOff: [] })}>{nudges.on}</Button></p>}
      {group?.isMember && <Vote group={group} />}
    </Card>
  );
}

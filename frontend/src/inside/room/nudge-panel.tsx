/** A hint about one's own words, seen by nobody else. After words that speak of danger: help, and nothing to correct. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useWatched } from '../../ui/hooks';
import { Button } from '../../ui/parts';
import { words } from '../../words/en';
import { useBoat } from '../afloat';
import type { Nudge } from '../nudge';
import { telOf } from '../ring';

const text = words.room.nudge;

interface Props {
  nudge: Nudge;
  /** Back to the words; with `note`, to give them a content note. */
  onAgain: (note?: boolean) => void;
  onAsIs: () => void;
  onSilence: () => void;
}

export function NudgePanel({ nudge, onAgain, onAsIs, onSilence }: Props) {
  const { ring } = useWatched(useBoat().site);
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => panel.current?.focus(), [nudge]);
  if (nudge.kind === 'danger') {
    return (
      <div class="nudge help" role="alert" tabIndex={-1} ref={panel}>
        <p><strong>{text.danger(ring.emergency)}</strong></p>
        <p>{text.dangerMore}</p>
        <p>{ring.night ? text.dangerNight(ring.night.name, ring.night.number) : <a href="/help">{words.help}</a>}</p>
        <p class="row">
          <a class="button dusk" href={telOf(ring.emergency)}>{words.worried.ring(ring.emergency)}</a>
          <Button onPress={() => onAgain()}>{text.dangerClose}</Button>
        </p>
      </div>
    );
  }
  const sentence = text.says[nudge.kind];
  return (
    <div class="nudge" role="group" aria-label={sentence} tabIndex={-1} ref={panel}>
      <p>{sentence}</p>
      <p class="hint">{text.private}</p>
      <p class="row">
        <Button kind="sea" onPress={() => onAgain()}>{text.edit}</Button>
        <Button onPress={onAsIs}>{text.asIs}</Button>
        {nudge.kind === 'vivid' && <Button onPress={() => onAgain(true)}>{text.addNote}</Button>}
        <Button kind="link" onPress={onSilence}>{text.off}</Button>
      </p>
    </div>
  );
}

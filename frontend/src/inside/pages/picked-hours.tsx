/** From when until when: an end that is not after the start is asked about, for most who pick one meant another. */
import { useState } from 'preact/hooks';
import { Tick } from '../../ui/parts';
import { words } from '../../words/en';
import { isAfterMidnight } from './meeting-times';
import { Picked } from './picked';

const text = words.meetings;

interface Hours {
  from: string;
  to: string;
}

/** `isSure` is false while an end stands before its start and nobody has said that it is on the next day. */
export function useNextDay({ from, to }: Hours, isMeant: boolean) {
  const [isNextDay, setNextDay] = useState(isMeant);
  const [isAsked, setAsked] = useState(false);
  const isSure = isNextDay || !isAfterMidnight(from, to);
  return { isNextDay, setNextDay, isSure, isMissing: isAsked && !isSure, ask: () => setAsked(true) };
}

export function PickedHours({ hours: { from, to }, next, onChoose }: { hours: Hours; next: ReturnType<typeof useNextDay>; onChoose: (change: Partial<Hours>) => void }) {
  return (
    <>
      <div class="row">
        <Picked label={text.from} kind="time" value={from} onInput={(value) => onChoose({ from: value })} />
        <Picked label={text.to} kind="time" value={to} onInput={(value) => onChoose({ to: value })} error={next.isMissing ? text.endsBefore : null} />
      </div>
      {isAfterMidnight(from, to) && <Tick label={text.nextDay} on={next.isNextDay} onTick={next.setNextDay} />}
    </>
  );
}

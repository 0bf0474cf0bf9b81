/** The call there is, above whatever page is open: it rings, it goes on, it is over. */
import { useEffect } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Button, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { listed, useWholeBoat } from '../afloat';
import type { CallView } from '../reach-views';
import { ringTone } from '../../sound/tone';
import { Ask } from './reach-parts';

const text = words.reach.call;

function said(call: CallView, name: string): string {
  const { stage, many, isMine, isTest, why } = call;
  if (stage === 'rung') return isTest ? text.test : many ? text.rungMany(name) : text.rung(name);
  if (stage === 'ringing') return many ? text.ringingAll : text.ringing(name);
  if (stage === 'joining') return text.joining(name);
  if (stage === 'talking') return text.talking(name);
  if (stage === 'quiet') return text.quiet(name);
  if (why === 'nobody') return many && isMine ? text.nobodyAll : text.nobody(name);
  return why === 'line' ? text.line : text.over;
}

export function Calling() {
  const call = useWatched(useWholeBoat().call);
  const rings = call?.stage === 'rung' && call.isAloud;
  useEffect(() => (rings ? ringTone() : undefined), [rings]);
  return call && <Call call={call} />;
}

function Call({ call }: { call: CallView }) {
  const boat = useWholeBoat();
  const doing = useDoing();
  const name = listed(call.names.map((known) => known || words.someoneGone));
  const { stage, isTest, isMuted, isMicGone } = call;
  const isOn = stage === 'talking' || stage === 'quiet';
  return (
    <section class="calling" aria-label={text.name}>
      <p role={stage === 'rung' ? 'alert' : 'status'}><strong>{said(call, name)}</strong> {isOn && isMuted && !isMicGone && <span class="soft">{text.muted}</span>}</p>
      {stage === 'ended' && call.why === 'nobody' && call.isLeft && <p class="soft">{text.left(name)}</p>}
      {isOn && isMicGone && <p role="alert">{text.micGone}</p>}
      <TroubleLine text={doing.trouble} />
      <p class="row">
        {stage === 'rung' && isTest && <Button kind="sea" busy={doing.busy} onPress={() => void doing.run(() => boat.itCame())}>{text.came}</Button>}
        {stage === 'rung' && !isTest && <Button kind="sea" busy={doing.busy} onPress={() => void doing.run(() => boat.answer())}>{text.answer}</Button>}
        {stage === 'rung' && <Button onPress={() => boat.notNow()}>{text.notNow}</Button>}
        {isOn && !isMicGone && <Button pressed={isMuted} onPress={() => boat.mute(!isMuted)}>{text.mute}</Button>}
        {(isOn || stage === 'joining') && <Button kind="sea" onPress={() => boat.hangUp()}>{text.hangUp}</Button>}
        {stage === 'ringing' && <Button onPress={() => boat.hangUp()}>{text.stop}</Button>}
        {stage === 'ended' && call.why === 'nobody' && <Later call={call} />}
        {stage === 'ended' && <Button onPress={() => boat.notNow()}>{text.close}</Button>}
      </p>
    </section>
  );
}

/** Who did not come to the phone can be asked to ring: else they never learn that somebody wanted them. */
function Later({ call: { group, who, isMine } }: { call: CallView }) {
  const open = useWatched(useWholeBoat().group);
  const [one, ...others] = who;
  return isMine && one !== undefined && others.length === 0 && open?.id === group ? <Ask id={one} /> : null;
}

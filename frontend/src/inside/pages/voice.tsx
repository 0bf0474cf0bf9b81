/** The group's meeting by voice: before one comes in, and once one is. */
import { useEffect } from 'preact/hooks';
import { useDoing, useWatched } from '../../ui/hooks';
import { Page } from '../../ui/page';
import { Button, Card, TroubleLine } from '../../ui/parts';
import { words } from '../../words/en';
import { voice as text } from '../../words/en/voice';
import { useWholeBoat } from '../afloat';
import type { GatheringView } from '../gathering-views';
import { whoIsIn } from '../voice-lines';
import { VoiceInside } from './voice-inside';
import { said } from './voice-trouble';

export function VoicePage() {
  const view = useWatched(useWholeBoat().gathering());
  const isIn = view.stage === 'in';
  // What was pressed is gone with the page before: who reads with ears or keys begins again at the top.
  useEffect(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('#page h1')?.focus({ preventScroll: true });
  }, [isIn]);
  return (
    <Page title={text.title} back={isIn ? undefined : 'meetings'}>
      {isIn ? <VoiceInside view={view} /> : <Before view={view} />}
    </Page>
  );
}

function Before({ view }: { view: GatheringView }) {
  const boat = useWholeBoat();
  const mine = useWatched(boat.myGathering);
  const { hasNoRelay } = useWatched(boat.reach());
  const doing = useDoing();
  const isElsewhere = mine !== null && mine.group !== view.group && (mine.stage === 'in' || mine.stage === 'coming');
  if (!view.canMeet) return <p role="status">{hasNoRelay ? text.noRelay : text.notKnown}</p>;
  return (
    <>
      {view.stage === 'out' && <Out why={view.why} />}
      <p>{whoIsIn(view.voices)}</p>
      {isElsewhere ? <p role="status">{text.otherGroup(mine.groupName)}</p> : <ComeIn view={view} doing={doing} />}
      <How />
    </>
  );
}

function Out({ why }: { why: GatheringView['why'] }) {
  const boat = useWholeBoat();
  return (
    <Card tone="sand">
      <p role="status">{text.out[why]}</p>
      <p><Button onPress={() => boat.leaveVoice()}>{words.close}</Button></p>
    </Card>
  );
}

/** Two ways, as good as each other; the one in which nobody has to say anything comes first. */
function ComeIn({ view, doing }: { view: GatheringView; doing: ReturnType<typeof useDoing> }) {
  const boat = useWholeBoat();
  const come = (withMic: boolean) => void doing.run(() => boat.comeByVoice(withMic));
  if (view.stage === 'coming') {
    return (
      <>
        <p role="status"><strong>{text.coming}</strong> <span class="soft">{text.mayAsk}</span></p>
        <p><Button onPress={() => boat.leaveVoice()}>{words.cancel}</Button></p>
      </>
    );
  }
  if (view.isFull && !view.isElsewhere) return <p role="status">{text.full}</p>;
  return (
    <>
      {view.isElsewhere && <p>{text.elsewhere}</p>}
      <Card title={text.home.title} tone="sand"><p>{text.home.more}</p></Card>
      <p class="voice-ways">
        <Button kind="sea" busy={doing.busy} onPress={() => come(false)}>{text.listen}</Button>
        <Button kind="sea" busy={doing.busy} onPress={() => come(true)}>{text.withMic}</Button>
      </p>
      <TroubleLine text={said(doing)} />
    </>
  );
}

function How() {
  const { title, ...sentences } = text.how;
  return (
    <Card title={title}>
      {Object.entries(sentences).map(([what, sentence]) => <p key={what}>{sentence}</p>)}
    </Card>
  );
}

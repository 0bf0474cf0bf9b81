/** The ways to a meeting by voice, and the line above every other page while one is in it. */
import type { ComponentChildren } from 'preact';
import { useWatched } from '../../ui/hooks';
import { Button, Card, Way } from '../../ui/parts';
import { words } from '../../words/en';
import { voice as text } from '../../words/en/voice';
import { go, useWholeBoat } from '../afloat';
import type { GatheringView } from '../gathering-views';
import type { DayView, MeetingView } from '../meeting-views';
import { parseRoute, pathTo } from '../route';
import { caption, me, whoIsIn } from '../voice-lines';

/** One place for what stands above every page: a call, and a meeting. */
export function Above({ children }: { children: ComponentChildren }) {
  return <div class="above">{children}</div>;
}

export function VoiceBar() {
  const boat = useWholeBoat();
  const mine = useWatched(boat.myGathering);
  const group = useWatched(boat.group);
  if (mine === null || mine.stage === 'none' || mine.stage === 'on') return null;
  const isThisGroup = mine.group === group?.id;
  if (isThisGroup && parseRoute(location.hash).screen === 'voice') return null;
  return <Bar view={mine} isThisGroup={isThisGroup} />;
}

function Bar({ view, isThisGroup }: { view: GatheringView; isThisGroup: boolean }) {
  const boat = useWholeBoat();
  const where = isThisGroup ? '' : view.groupName;
  const isOpen = view.stage === 'in' && (me(view)?.isOpen ?? false);
  const back = () => {
    boat.goTo(view.group);
    go('voice');
  };
  const line = view.stage === 'out' ? text.out[view.why] : view.stage === 'coming' ? text.coming : text.bar.is(where);
  return (
    <section class="calling voice-bar" aria-label={text.bar.name}>
      <p><strong role="status">{line}</strong> {view.stage === 'in' && <span class="soft">{isOpen ? text.bar.open : caption(view.voices)}</span>}</p>
      <p class="row">
        {view.stage !== 'out' && (isThisGroup ? <Way to={pathTo('voice')} kind="sea">{text.bar.back}</Way> : <Button kind="sea" onPress={back}>{text.bar.back}</Button>)}
        {isOpen && <Button onPress={() => boat.openMic(false)}>{text.bar.close}</Button>}
        <Button onPress={() => boat.leaveVoice()}>{view.stage === 'out' ? words.close : view.stage === 'coming' ? words.cancel : text.leave}</Button>
      </p>
    </section>
  );
}

/** On the first screen, only while one is on and I am not in it. */
export function VoiceToday() {
  const view = useWatched(useWholeBoat().gathering());
  if (view.stage !== 'on') return null;
  return (
    <Card title={text.today.title} tone="sea">
      <p>{whoIsIn(view.voices)}</p>
      {view.isFull && !view.isElsewhere ? <p class="soft">{text.today.full}</p> : <Way to={pathTo('voice')} kind="sea">{text.today.come}</Way>}
    </Card>
  );
}

/** Beside what is planned: a way to one that is on, or to begin one. Nothing where the site has no relay. */
export function VoiceWay({ isMain = false }: { isMain?: boolean }) {
  const { canMeet, stage } = useWatched(useWholeBoat().gathering());
  if (!canMeet || stage === 'in' || stage === 'coming') return null;
  return (
    <div class="no-print">
      <p><Way to={pathTo('voice')} kind={isMain ? 'sea' : 'plain'}>{stage === 'on' ? text.comeInTo : text.begin}</Way></p>
      {!isMain && stage !== 'on' && <p class="hint">{text.beginMore}</p>}
    </div>
  );
}

export const isByVoice = ({ place }: Pick<MeetingView, 'place'>): boolean => place === text.plan.place;

/** So long before it begins there is a way to it. */
const EARLY_S = 30 * 60;

/** For the next meeting, where it is planned to be held by voice: from a while before it begins, until somebody has. */
export function VoiceNow({ meeting, day, now }: { meeting: MeetingView; day: DayView; now: number }) {
  const { stage } = useWatched(useWholeBoat().gathering());
  const isNow = day.start - EARLY_S <= now && now < day.end;
  return isByVoice(meeting) && isNow && stage !== 'on' ? <VoiceWay isMain /> : null;
}

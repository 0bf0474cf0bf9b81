/**
 * Where a touched note leads. The note says nothing of what it is about, to nobody (P41): only here, where things are
 * opened, it is known what waits. One room or one talk in which alone something is new is gone to, or one person at
 * the door; all else stands on Today, which is drawn from the start.
 */
import { useEffect, useState } from 'preact/hooks';
import { useWatched } from '../ui/hooks';
import { goInstead, useBoat } from './afloat';
import type { CircleView, GroupView } from './model';
import type { ScreenName } from './screens';
import type { TalkLine } from './views';

/** The service worker opens it (service-worker.ts). It is no screen of its own: what is unknown there is Today. */
export const WAITING = '#/what-waits';
/** Whoever has read Today for so long is not taken elsewhere. */
const WITHIN_MS = 8_000;

export interface Waiting {
  group: Pick<GroupView, 'id' | 'isNew' | 'knocks' | 'removals' | 'returns' | 'asks'>;
  talks: readonly Pick<TalkLine, 'id'>[];
  circles: readonly Pick<CircleView, 'id' | 'isNew'>[];
}

/** The one place to go to, a room, a talk or somebody at the door; Today where several things wait, and null while nothing is known to. */
export function whereTo({ group, talks, circles }: Waiting): [ScreenName, string?] | null {
  const asked = [group.removals, group.returns, group.asks].some(({ length }) => length > 0);
  const elsewhere = circles.some(({ id, isNew }) => isNew && id !== group.id);
  const places = (['room', 'everyday'] as const).filter((place) => group.isNew[place]).map((place): [ScreenName, string?] => [place]);
  const doors = group.knocks.map(({ id }): [ScreenName, string?] => ['door', id]);
  const all = [...places, ...doors, ...talks.map(({ id }): [ScreenName, string?] => ['talk', id])];
  if (asked || elsewhere || all.length > 1) return ['today'];
  return all[0] ?? null;
}

/** On Today: goes on from there where a note led here. */
export function useWhatWaits(group: GroupView): void {
  const boat = useBoat();
  const talks = useWatched(boat.newTalks);
  const circles = useWatched(boat.circles);
  const { isCaughtUp } = useWatched(boat.talk('room'));
  const [isLate, setLate] = useState(false);
  const isLed = location.hash === WAITING;
  useEffect(() => {
    setLate(false);
    const timer = isLed ? setTimeout(() => setLate(true), WITHIN_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isLed]);
  useEffect(() => {
    // Whoever has gone on by themselves meanwhile is not taken away from there.
    if (!isLed || location.hash !== WAITING) return;
    const to: [ScreenName, string?] | null = isLate ? ['today'] : isCaughtUp ? whereTo({ group, talks, circles }) : null;
    if (to !== null) goInstead(...to);
  }, [isLed, group, talks, circles, isCaughtUp, isLate]);
}

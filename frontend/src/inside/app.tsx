/** Which screen is drawn: by where one is, and by whether one is out, waiting, or in. */
import { useEffect, useState } from 'preact/hooks';
import { useWatched } from '../ui/hooks';
import { words } from '../words/en';
import { bringQuietly, type FirstScreen, type ScreenOf } from '../part';
import { AfloatContext, useBoat, type Afloat } from './afloat';
import type { GroupView, Session } from './model';
import { ComeIn } from './pages/come-in';
import { Later } from './pages/later';
import { NoGroup, Today } from './pages/today';
import { WhoSees } from './pages/who-sees';
import { Worried } from './pages/worried';
import { Room } from './room/room';
import { parseRoute, type Route } from './route';
import { SCREENS, type ScreenName } from './screens';

export function App(afloat: Afloat) {
  return (
    <AfloatContext.Provider value={afloat}>
      <Screen />
    </AfloatContext.Provider>
  );
}

function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const moved = () => {
      setRoute(parseRoute(location.hash));
      scrollTo(0, 0);
    };
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  return route;
}

/** Screens of somebody who is in, whether or not in a group. */
const WITHOUT_GROUP: ReadonlySet<ScreenName> = new Set(['settings', 'delete', 'recovery', 'waysIn', 'known']);

/** The screen that is really drawn, by who asks for it; null for somebody who is in no group. */
function screenFor(wanted: ScreenName, session: Session, isWaiting: boolean, group: GroupView | null): ScreenName | null {
  if (session.kind === 'closing') return 'closing';
  if (SCREENS[wanted].for === 'anyone' && wanted !== 'closing') return wanted;
  if (session.kind !== 'in') return SCREENS[wanted].for === 'out' ? wanted : 'comeIn';
  if (WITHOUT_GROUP.has(wanted)) return wanted;
  if (isWaiting && (wanted === 'waiting' || !group)) return 'waiting';
  if (!group) return null;
  if (!group.isMember) return wanted === 'agreement' ? 'agreement' : 'removed';
  return SCREENS[wanted].for === 'in' && wanted !== 'removed' ? wanted : 'today';
}

const first: Readonly<Record<FirstScreen, ScreenOf>> = {
  comeIn: ComeIn,
  today: Today,
  room: () => <Room place="room" />,
  everyday: () => <Room place="everyday" />,
  whoSees: WhoSees,
  worried: Worried,
};

const isFirst = (screen: ScreenName): screen is FirstScreen => screen in first;

function Screen() {
  const boat = useBoat();
  const route = useRoute();
  const session = useWatched(boat.session);
  const group = useWatched(boat.group);
  const waiting = useWatched(boat.waiting);
  const talk = useWatched(boat.talk('room'));
  const isReadable = session.kind === 'in' && (group === null || talk.isReady);
  useEffect(() => void (isReadable && bringQuietly()), [isReadable]);

  if (session.kind === 'starting') return <p class="starting" role="status">{words.opening}</p>;
  const screen = screenFor(route.screen, session, waiting !== null, group);
  if (screen === null) return <NoGroup />;
  const id = route.id ?? '';
  // A group's screen begins anew in another group; those outside it go on while their own verb brings somebody in.
  const key = SCREENS[screen].for === 'in' && !WITHOUT_GROUP.has(screen) ? `${group?.id}/${screen}/${id}` : screen;
  if (!isFirst(screen)) return <Later key={key} screen={screen} id={id} />;
  const Drawn = first[screen];
  return <Drawn key={key} id={id} />;
}

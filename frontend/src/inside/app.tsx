/** Which screen is drawn: by where one is, and by whether one is out, waiting, or in. */
import { useEffect, useState } from 'preact/hooks';
import { useWatched } from '../ui/hooks';
import { words } from '../words/en';
import { AfloatContext, useBoat, type Afloat } from './afloat';
import { Agreement } from './pages/agreement';
import { Closing } from './pages/closing';
import { ComeIn, ComeInWithCode } from './pages/come-in';
import { Door } from './pages/door';
import { Invite } from './pages/invite';
import { Join } from './pages/join';
import { Members } from './pages/members';
import { Break, Delete, Leave, Removed } from './pages/parting';
import { Recovery } from './pages/recovery';
import { Removal, Remove } from './pages/removal';
import { SafeguardingPage } from './pages/safeguarding';
import { Settings } from './pages/settings';
import { Start } from './pages/start';
import { NoGroup, Today } from './pages/today';
import { Waiting } from './pages/waiting';
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

function Screen() {
  const boat = useBoat();
  const route = useRoute();
  const session = useWatched(boat.session);
  const group = useWatched(boat.group);
  const waiting = useWatched(boat.waiting);
  const { screen } = route;

  if (session.kind === 'starting') return <p class="starting" role="status">{words.opening}</p>;
  if (session.kind === 'closing') return <Closing until={session.until} />;
  if (SCREENS[screen].for === 'anyone' && screen !== 'closing') return screen === 'start' ? <Start /> : <Join />;
  if (session.kind !== 'in') return screen === 'code' ? <ComeInWithCode /> : <ComeIn />;
  if (screen === 'settings') return <Settings />;
  if (screen === 'delete') return <Delete />;
  if (screen === 'recovery') return <Recovery />;
  if (waiting && (screen === 'waiting' || !group)) return <Waiting waiting={waiting} />;
  if (!group) return <NoGroup />;
  if (!group.isMember) return screen === 'agreement' ? <Agreement key={group.id} /> : <Removed />;
  return <GroupScreen key={`${group.id}/${screen}/${route.id ?? ''}`} route={route} />;
}

const plain: Partial<Record<ScreenName, () => preact.JSX.Element>> = {
  room: () => <Room place="room" />,
  everyday: () => <Room place="everyday" />,
  whoSees: WhoSees,
  members: Members,
  agreement: Agreement,
  safeguarding: SafeguardingPage,
  invite: Invite,
  break: Break,
  leave: Leave,
};

const about: Partial<Record<ScreenName, (props: { id: string }) => preact.JSX.Element>> = {
  door: Door,
  remove: Remove,
  removal: Removal,
  worried: Worried,
};

/** Anything that has no screen of its own here is the first one. */
function GroupScreen({ route }: { route: Route }) {
  const About = about[route.screen];
  if (About && route.id !== null) return <About id={route.id} />;
  const Plain = plain[route.screen] ?? Today;
  return <Plain />;
}

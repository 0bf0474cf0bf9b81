/** Every page: two places at the top that never move, four doors, and the page between. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useAfloat } from '../inside/afloat';
import { pathTo } from '../inside/route';
import { part } from '../part';
import type { ScreenName } from '../inside/screens';
import { words } from '../words/en';
import { useWatched } from './hooks';
import { Icon, type IconName } from './icons';
import { NoticeLines } from './notice-lines';

/** The door gone through last: where Back leads from a screen that several lead to. */
let lastDoor: ScreenName = 'today';

interface PageProps {
  title: ComponentChildren;
  /** A way back, for screens that are not one of the four places. */
  back?: ScreenName | 'lastDoor' | undefined;
  /** Rooms fill the height themselves and scroll inside. */
  tall?: boolean;
  here?: ScreenName;
  children: ComponentChildren;
}

export function Page({ title, back, tall, here, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const more = useWatched(part);
  if (here) lastDoor = here;
  // Before it is seen: who types at once must not have the place taken from under their hands.
  useLayoutEffect(() => {
    scrollTo(0, 0); // a page is read from its top, wherever the one before it was left
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div class={tall ? 'page tall' : 'page'}>
      <Top />
      <Doors here={here} />
      {more && <more.Calling />}
      <main id="page">
        {back && <a class="back" href={pathTo(back === 'lastDoor' ? lastDoor : back)}>{words.back}</a>}
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        <NoticeLines />
        {children}
      </main>
    </div>
  );
}

function toMain(event: Event) {
  event.preventDefault();
  document.querySelector<HTMLElement>('#page h1')?.focus();
}

/** Help on the left, leaving on the right, on every page. */
function Top() {
  const { exit } = useAfloat();
  const leave = (event: Event) => {
    event.preventDefault();
    exit();
  };
  return (
    <header class="top">
      <a class="skip" href="/api/leave" onClick={leave}>{words.skipExit}</a>
      <a class="skip" href="#page" onClick={toMain}>{words.skip}</a>
      <a class="button dusk" href="/help">{words.help}</a>
      <button type="button" class="button plain" onClick={exit}>{words.exit}</button>
    </header>
  );
}

const DOORS: readonly { screen: ScreenName; icon: IconName; face: string; rest?: string }[] = [
  { screen: 'today', icon: 'today', face: words.doors.today },
  { screen: 'room', icon: 'room', face: words.doors.room },
  { screen: 'everyday', icon: 'everyday', face: words.doors.everyday, rest: words.doors.everydayRest },
  { screen: 'members', icon: 'members', face: words.doors.members },
];

/** Only for someone who is in a group: there is nothing behind the doors for anyone else. */
function Doors({ here }: { here: ScreenName | undefined }) {
  const group = useWatched(useAfloat().boat.group);
  const session = useWatched(useAfloat().boat.session);
  const talks = useWatched(useAfloat().boat.newTalks);
  if (!group?.isMember || session.kind !== 'in') return null;
  const isNew = (screen: ScreenName) => (screen === 'members' ? talks.length > 0 : (screen === 'room' || screen === 'everyday') && group.isNew[screen]);
  return (
    <nav class="doors" aria-label={words.doorsName}>
      {DOORS.map(({ screen, icon, face, rest }) => (
        <a key={screen} href={pathTo(screen)} aria-current={screen === here ? 'page' : undefined} aria-description={isNew(screen) ? words.today.hasNew : undefined}>
          <Icon name={icon} />
          <span>
            {face}
            {rest && <span class="rest">{rest}</span>}
          </span>
          {isNew(screen) && <span class="new" aria-hidden="true">{words.today.hasNew}</span>}
        </a>
      ))}
    </nav>
  );
}

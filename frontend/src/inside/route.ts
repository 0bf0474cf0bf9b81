/** Where in the app we are: a small part of the address that never reaches the server. */
import { SCREENS, type ScreenName } from './screens';

export interface Route {
  screen: ScreenName;
  /** The thing the screen is about: a knock, a member, a message. */
  id: string | null;
}

const FIRST: Route = { screen: 'today', id: null };
const byPath = new Map((Object.keys(SCREENS) as ScreenName[]).map((name) => [SCREENS[name].path, name]));

/** The route in a fragment such as `#/door/abc` (or `#start`, as pages outside write it); anything unknown is the first screen. */
export function parseRoute(hash: string): Route {
  const match = /^#\/?([a-z-]+)(?:\/([A-Za-z0-9_-]{1,100}))?$/.exec(hash);
  const screen = match && byPath.get(match[1]!);
  if (!match || !screen) return FIRST;
  const id = match[2] ?? null;
  return SCREENS[screen].about === (id !== null) ? { screen, id } : FIRST;
}

/** The fragment for a screen; `id` only for screens that are about something. */
export function pathTo(screen: ScreenName, id?: string): string {
  return `#/${SCREENS[screen].path}${id === undefined ? '' : `/${id}`}`;
}

/** The secret of an invitation in a fragment `#join.<secret>`, else null. Empty when a link lost its end. */
export function joinSecret(hash: string): string | null {
  return hash === '#join' || hash.startsWith('#join.') ? hash.slice('#join.'.length) : null;
}

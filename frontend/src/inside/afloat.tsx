/** What every screen has at hand: the boat, the time, and the way to another screen. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { useWatched } from '../ui/hooks';
import type { Boat, GroupView, MemberView, WholeBoat } from './model';
import { pathTo } from './route';
import type { ScreenName } from './screens';

export interface Afloat {
  boat: Boat;
  /** The secret of an invitation that was opened in this page; in memory only. */
  secret: string | null;
  exit: () => void;
}

export const AfloatContext = createContext<Afloat | null>(null);

export function useAfloat(): Afloat {
  const afloat = useContext(AfloatContext);
  if (!afloat) throw new Error('a screen outside the app');
  return afloat;
}

export const useBoat = () => useAfloat().boat;

/** For screens of the part that is fetched afterwards: it has brought its verbs aboard before any of them is drawn. */
export const useWholeBoat = () => useAfloat().boat as WholeBoat;

/** The open group, for screens that are only drawn inside one. */
export function useGroup(): GroupView {
  const group = useWatched(useBoat().group);
  if (!group) throw new Error('a group’s screen without a group');
  return group;
}

export function go(screen: ScreenName, id?: string): void {
  location.hash = pathTo(screen, id);
}

/** Goes there without leaving this screen behind the Back button. */
export function goInstead(screen: ScreenName, id?: string): void {
  location.replace(pathTo(screen, id));
}

/** Seconds since 1970, told again every half minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Math.floor(Date.now() / 1000));
  useEffect(() => {
    const timer = setInterval(() => setNow(Math.floor(Date.now() / 1000)), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export const present = (group: GroupView): MemberView[] => group.members.filter((member) => !member.isGone);

export function nameOf(group: GroupView, id: string, gone: string): string {
  return group.members.find((member) => member.id === id)?.name ?? gone;
}

/** "Ana, Ben and Dee". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]!}`;
}

/** Somebody came through an opened door in this visit: what everyone is asked once, right after joining, is asked now. */
export const newHere = { isSo: false };

/** What was put off by one press: nothing asks twice in one visit. */
const putOff = new Set<string>();

export function usePutOff(what: string) {
  const [, redraw] = useState(0);
  const later = () => {
    putOff.add(what);
    redraw(putOff.size);
  };
  return { isOff: putOff.has(what), later };
}

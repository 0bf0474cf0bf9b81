/** Opens the inside in a page: the way out first, then the store, then the screens. */
import '../ui/inside.css';
import { render } from 'preact';
import { watchKeyboard } from './keyboard';
import { applyLook } from './look';
import { App } from './app';
import { exitThrough, listenForShift } from './exit';
import type { Boat, OpenBoat } from './model';
import { BuiltIn, CannotOpen, isBuiltIn } from './pages/cannot-open';
import { joinSecret, pathTo } from './route';

/** Reads an invitation's secret and takes it out of the address before anything else happens. */
export function takeSecret(): { secret: string | null; link: string } {
  const link = location.href;
  const secret = joinSecret(location.hash);
  if (secret !== null) history.replaceState(null, '', `${location.pathname}${pathTo('join')}`);
  return { secret, link };
}

export async function startInside(root: HTMLElement, open: OpenBoat): Promise<void> {
  const show = (page: preact.JSX.Element) => {
    if (root.querySelector('.slow')) root.replaceChildren(); // what stood here before there was a program
    render(page, root);
  };
  let { secret, link } = takeSecret();
  let boat: Boat | null = null;
  const exit = () => exitThrough(() => boat?.exitNow() ?? { to: '/api/leave', kept: null });
  watchKeyboard();
  listenForShift(() => boat?.settings.get().exitByShift ?? true, exit);

  if (secret !== null && isBuiltIn(navigator.userAgent)) {
    await new Promise<void>((stay) => show(<BuiltIn link={link} exit={exit} onStay={stay} />));
  }
  try {
    boat = await open();
  } catch (error) {
    show(<CannotOpen error={error} exit={exit} />);
    return;
  }
  const opened = boat;
  const look = () => applyLook(opened.settings.get());
  look();
  opened.settings.watch(look);
  const draw = () => show(<App boat={opened} secret={secret} exit={exit} />);
  // A second invitation opened in the same window arrives as a change of the address.
  addEventListener('hashchange', () => {
    const next = takeSecret();
    if (next.secret === null) return;
    secret = next.secret;
    draw();
    dispatchEvent(new HashChangeEvent('hashchange'));
  });
  draw();
}

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
  let { secret, link } = takeSecret();
  let boat: Boat | null = null;
  const exit = () => exitThrough(() => boat?.exitNow() ?? '/api/leave');
  watchKeyboard();
  listenForShift(() => boat?.settings.get().exitByShift ?? true, exit);

  if (secret !== null && isBuiltIn(navigator.userAgent)) {
    await new Promise<void>((stay) => render(<BuiltIn link={link} exit={exit} onStay={stay} />, root));
  }
  try {
    boat = await open();
  } catch (error) {
    render(<CannotOpen error={error} exit={exit} />, root);
    return;
  }
  const opened = boat;
  const look = () => applyLook(opened.settings.get());
  look();
  opened.settings.watch(look);
  const draw = () => render(<App boat={opened} secret={secret} exit={exit} />, root);
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

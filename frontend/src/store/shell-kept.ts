/**
 * On one's own device the shell is kept, so that what was opened there can be read without a connection (ETHOS P2).
 * On a shared one nothing is: there is no service worker.
 */
import type { Core } from './core';
import { SERVICE_WORKER, scriptAddress } from './trusted';

const SCOPE = '/in/';
const LOOK_MS = 3_600_000;

/** Keeps the shell from now on, once somebody is in on a device of their own. Without a service worker: nothing. */
export function keepShell(core: Core): void {
  const { serviceWorker } = navigator;
  if ((serviceWorker as typeof serviceWorker | undefined) === undefined) return;
  let registered = false;
  const look = () => {
    if (core.device.cell.get() !== 'mine') registered = false;
    if (registered || core.device.cell.get() !== 'mine' || core.session.get().kind !== 'in') return;
    registered = true;
    void serviceWorker.register(scriptAddress(SERVICE_WORKER), { scope: SCOPE }).then(lookForNewer, () => undefined);
  };
  core.session.watch(look);
  core.device.cell.watch(look);
  look();
  const before = serviceWorker.controller;
  // Another build is here whole: whoever opens the page anew has all of it.
  if (before !== null) serviceWorker.addEventListener('controllerchange', () => core.hold.notices.set('reload_needed', true));
}

/** A page that stays open for days asks now and then, when somebody looks at it. */
function lookForNewer(registration: ServiceWorkerRegistration): void {
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < LOOK_MS) return;
    looked = Date.now();
    void registration.update().catch(() => undefined);
  });
}

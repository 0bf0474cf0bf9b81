/** What a browser has for its owner beside what is stored: somebody who keeps the shell, and an address for pushes. */
const SCOPE = '/in/';
/** As the service worker names what it keeps. */
const KEPT = 'shell-';

export async function shellKeeper(): Promise<ServiceWorkerRegistration | null> {
  const { serviceWorker } = navigator;
  if ((serviceWorker as typeof serviceWorker | undefined) === undefined) return null;
  return (await serviceWorker.getRegistration(SCOPE)) ?? null;
}

export async function pushesHere(): Promise<PushSubscription | null> {
  return (await (await shellKeeper())?.pushManager?.getSubscription()) ?? null;
}

/** Were they asked for under this key of the site's? A browser that does not say is believed. */
export function isUnder(pushes: PushSubscription, key: Uint8Array): boolean {
  const given = (pushes.options as PushSubscriptionOptions | undefined)?.applicationServerKey;
  if (given == null) return true;
  const bytes = new Uint8Array(given);
  return bytes.length === key.length && bytes.every((byte, at) => byte === key[at]);
}

/** Nothing is shown on this screen any more; answers with the address that was. */
export async function endPushes(): Promise<string | null> {
  const pushes = await pushesHere();
  await pushes?.unsubscribe();
  return pushes?.endpoint ?? null;
}

/** Takes the shell off this device, and whoever answers with it: nothing says that anybody was here. */
export async function dropShell(): Promise<void> {
  const keeper = await shellKeeper();
  if (keeper !== null) {
    await endPushes().catch(() => null);
    await keeper.unregister();
  }
  if (typeof caches === 'undefined') return;
  for (const name of await caches.keys()) if (name.startsWith(KEPT)) await caches.delete(name);
}

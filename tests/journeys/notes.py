"""Notes on a screen that is locked: a browser that would be told, a push that comes to it, and the touch on the note.

The browser of these tests shows no notifications and has no push service of its own. What stands in for them is the
page's question to the person, the subscription (of the push service beside us, which opens what it gets as a browser
would) and the drawing of the note; the service worker, and the push that Chromium delivers to it, are the real ones.
"""

from __future__ import annotations

import json

from playwright.sync_api import Page, Worker

from tests.fixtures.servers import Served
from tests.fixtures.telling import PushService, Subscription
from tests.journeys.devices import PATIENCE_MS
from tests.journeys.people import Person

# What stands on a locked screen.
TOLD_WORDS = "A parcel for you"
# Longer than the site believes that somebody looks who has not said so again.
UNSEEN_S = 100
BROWSER = """({ endpoint, key, secret }) => {
  const plain = (text) => atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = (text) => Uint8Array.from(plain(text), (letter) => letter.charCodeAt(0)).buffer;
  const subscription = {
    endpoint,
    getKey: (name) => bytes(name === 'auth' ? secret : key),
    unsubscribe: async () => localStorage.removeItem('asked'),
  };
  Notification.requestPermission = async () => 'granted';
  PushManager.prototype.subscribe = async () => { localStorage.setItem('asked', 'yes'); return subscription; };
  PushManager.prototype.getSubscription = async () => (localStorage.getItem('asked') ? subscription : null);
}"""
DRAW = """(most) => {
  self.drawn = new Promise((done, no) => {
    setTimeout(no, most, new Error('Nothing was drawn.'));
    registration.showNotification = async (title, { tag, renotify }) => done([title, tag, renotify]);
  });
}"""
READY = """async (most) => {
  const late = new Promise((_, no) => setTimeout(no, most, new Error('The shell is not kept.')));
  await Promise.race([navigator.serviceWorker.ready, late]);
}"""
# A touch on the note: a page that is open is taken there; where none is, a new one would open there.
TOUCHED = """async () => {
  const led = new Promise((done) => { clients.openWindow = async (to) => done(to); });
  const pressed = new ExtendableEvent('notificationclick');
  pressed.notification = { close() {} };
  self.dispatchEvent(pressed);
  const [open] = await clients.matchAll({ type: 'window' });
  return open === undefined ? await led : '';
}"""


def keeper(page: Page) -> Worker:
    """The page's service worker, once it has kept the shell and would answer."""
    page.evaluate(READY, PATIENCE_MS)
    return next(worker for worker in page.context.service_workers if worker.url.endswith("/in/sw.js"))


def can_be_told(person: Person, device: Subscription) -> None:
    """Their browser would ask the push service beside us, now and whenever it opens the page."""
    script = f"({BROWSER})({json.dumps(device.body)})"
    person.page.context.add_init_script(script)
    person.page.evaluate(script)


def ahead_of(site: Served) -> float:
    """Seconds by which the site's clock was moved."""
    clock = site.data / "clock"
    return float(clock.read_text()) if clock.exists() else 0


def arrived(site: Served, service: PushService, device: Subscription, nth: int = 1) -> str:
    """The push with that number to the device.

    The site's clock goes on until nobody is taken to be looking any more, and then little by little: whoever is slow to
    tell must not find that Ben's session is over as well.
    """
    ahead = ahead_of(site) + UNSEEN_S
    for step in range(60):
        if len(service.told(device)) >= nth:
            break
        service.came.clear()
        site.move_clock(seconds=ahead + 10 * step)
        service.came.wait(1)
    read = service.told(device)
    assert len(read) == nth
    return read[-1].decode()


def push(page: Page, worker: Worker, origin: str, read: str) -> list[str | bool]:
    """Chromium gives the push to the service worker; what it draws: the words, the tag, and whether it is heard."""
    worker.evaluate(DRAW, PATIENCE_MS)
    deliver(page, worker, origin, read)
    drawn: list[str | bool] = worker.evaluate("() => self.drawn")
    return drawn


def deliver(page: Page, worker: Worker, origin: str, read: str) -> None:
    """The same, where nothing is drawn: the page is before somebody."""
    devtools = page.context.new_cdp_session(page)
    listed: list[dict[str, str]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda event: listed.extend(event["registrations"]))
    devtools.send("ServiceWorker.enable")
    for _once_more in range(1_000):
        if listed:
            break
        worker.evaluate("() => null")
    number = listed[0]["registrationId"]
    devtools.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": number, "data": read})


def touch(worker: Worker) -> str:
    """Somebody touches the note: where a page opens; empty where one is open that is taken there."""
    led: str = worker.evaluate(TOUCHED)
    return led

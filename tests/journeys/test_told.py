"""Told and offline: a push reaches a closed page and opens the room; what was opened reads without a connection.

The browser of these tests shows no notifications and has no push service of its own. What stands in for them is the
page's question to the person, the subscription (of the push service beside us, which opens what it gets as a browser
would) and the drawing of the note; the service worker, and the push that Chromium delivers to it, are the real ones.
"""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Worker, expect

from sameboat.client import Member
from sameboat.client.meetings import Words, plan_meeting
from tests.cast import ANA
from tests.fixtures.servers import Served
from tests.fixtures.telling import PushService, Subscription
from tests.journeys.devices import PATIENCE_MS, Devices
from tests.journeys.kitchen import AGREEMENT, Kitchen, make_group
from tests.journeys.people import Person
from tests.journeys.sentences import said

UNSENT = "Half of a sentence"
TOLD = "Something said while nobody was looking."
WORDS = "A parcel for you"
TEA = "Tea and talk"
# What is opened once, and read again without a connection.
OPENED = (("#/today", TEA), ("#/meetings", TEA), ("#/agreement", AGREEMENT.splitlines()[1]), ("#/members", "Ana"))
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
PRESS = """() => {
  const pressed = new ExtendableEvent('notificationclick');
  pressed.notification = { close() {} };
  self.dispatchEvent(pressed);
}"""


@pytest.fixture
def kitchen(serve: Callable[..., Served], devices: Devices, push_service: PushService) -> Iterator[Kitchen]:
    """Ana and Ben, on a site that tells people by the push service beside us, in words of its own."""
    site = serve(START_MODE="open", PUSH_TEST_TO=push_service.origin, TOLD_WORDS=WORDS)
    make_group(site.origin, ("Ana", "Ben"))
    kitchen = Kitchen(site, devices, ("Ana", "Ben"))
    yield kitchen
    kitchen.empty()


def keeper(page: Page) -> Worker:
    """The page's service worker, once it has kept the shell and would answer."""
    page.evaluate(READY, PATIENCE_MS)
    return next(worker for worker in page.context.service_workers if worker.url.endswith("/in/sw.js"))


def asks_to_be_told(ben: Person, device: Subscription) -> None:
    """Ben is asked with the words that a locked screen would show, and says yes."""
    ben.page.context.add_init_script(f"({BROWSER})({json.dumps(device.body)})")
    ben.page.reload()
    ben.sees_heading(said("telling.ask"))
    ben.sees(WORDS)
    ben.follow(said("telling.askLook"))
    ben.press(said("telling.here.on"))
    ben.sees(said("telling.here.isOn"))
    ben.clean()


def arrived(kitchen: Kitchen, service: PushService, device: Subscription) -> str:
    """What comes to the device, however far the site's clock has to go until it is told."""
    for step in range(1, 60):
        kitchen.site.move_clock(seconds=120 * step)
        if service.came.wait(1):
            break
    [read] = service.told(device)
    return read.decode()


def push(page: Page, worker: Worker, origin: str, read: str) -> list[str]:
    """Chromium gives the push to the service worker; what it would draw."""
    devtools = page.context.new_cdp_session(page)
    listed: list[dict[str, str]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda event: listed.extend(event["registrations"]))
    devtools.send("ServiceWorker.enable")
    worker.evaluate(DRAW, PATIENCE_MS)
    for _once_more in range(1_000):
        if listed:
            break
        worker.evaluate("() => null")
    number = listed[0]["registrationId"]
    devtools.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": number, "data": read})
    drawn: list[str | bool] = worker.evaluate("() => self.drawn")
    return drawn


def another_build(site: Served) -> None:
    """From its next start the site is another release: the same files under another build's name."""
    keeper_of_it = site.data / "assets" / "inside" / "sw.js"
    script = keeper_of_it.read_text(encoding="utf-8")
    keeper_of_it.write_text(re.sub('BUILD = "[^"]+"', 'BUILD = "another"', script, count=1), encoding="utf-8")


def opens_the_newer_build_once(ben: Person, before: list[str]) -> None:
    """The page that stands open is asked to, and loses nothing that was being written; two builds are kept."""
    ben.write("Say something", UNSENT)
    ben.page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration('/in/')).update(); }")
    ben.sees(said("notices.reload_needed.text"))
    with ben.page.expect_event("domcontentloaded"):
        ben.press(said("notices.reload_needed.act"))
    expect(ben.field("Say something")).to_have_value(UNSENT)
    expect(ben.page.get_by_text(said("notices.reload_needed.text"))).to_have_count(0)
    after: list[str] = ben.page.evaluate("() => caches.keys()")
    assert len(after) == 2 and after[:1] == before


def test_told_on_a_closed_page_and_read_without_a_connection(kitchen, push_service):
    ana = Member.come_in(kitchen.origin, ANA.sign_in, ANA.passphrase)
    plan_meeting(ana.talk, Words(TEA), start="2036-01-01T19:00", end="2036-01-01T20:00", zone="Europe/London")
    device = push_service.subscribe()
    ben = kitchen.come_in("Ben")
    worker = keeper(ben.page)
    asks_to_be_told(ben, device)
    ben.page.goto("about:blank")
    ana.say(TOLD)
    read = arrived(kitchen, push_service, device)
    assert push(ben.page, worker, kitchen.origin, read) == [WORDS, "w", True]
    for place, words in OPENED:
        ben.open(place)
        ben.sees(words)
    worker.evaluate(PRESS)
    expect(ben.page).to_have_url(re.compile("#/room$"))
    ben.reads(TOLD)
    kitchen.site.stop()
    for _twice in range(2):
        ben.page.reload()
        ben.reads(TOLD)
        ben.sees(said("notices.away.text"))
    for place, words in OPENED:
        ben.open(place)
        ben.sees(words)
    ben.open("#/room")
    another_build(kitchen.site)
    before = ben.page.evaluate("() => caches.keys()")
    kitchen.site.start()
    opens_the_newer_build_once(ben, before)
    ben.follow(said("doors.members"))
    ben.press(said("group.members.links.out"))
    expect(ben.button("Come in")).to_be_visible()
    assert ben.page.evaluate("() => localStorage.getItem('asked')") is None

"""Told and offline: a push reaches a closed page and opens the room, and a reminder of a meeting reaches it as well;
what was opened reads without a connection."""

import datetime
import re
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from sameboat.client import Member
from sameboat.client.meetings import Words, plan_meeting
from tests.cast import ANA
from tests.fixtures.servers import Served
from tests.fixtures.telling import PushService, Subscription
from tests.journeys.devices import Devices
from tests.journeys.kitchen import AGREEMENT, Kitchen, make_group
from tests.journeys.notes import arrived, can_be_told, keeper, push, touch
from tests.journeys.people import Person
from tests.journeys.sentences import said

UNSENT = "Half of a sentence"
TOLD = "Something said while nobody was looking."
WORDS = "A parcel for you"
TEA, WALK = "Tea and talk", "A walk"
LONDON, HOUR = ZoneInfo("Europe/London"), datetime.timedelta(hours=1)
# What is opened once, and read again without a connection.
OPENED = (("#/today", TEA), ("#/meetings", TEA), ("#/agreement", AGREEMENT.splitlines()[1]), ("#/members", "Ana"))


@pytest.fixture
def kitchen(serve: Callable[..., Served], devices: Devices, push_service: PushService) -> Iterator[Kitchen]:
    """Ana and Ben, on a site that tells people by the push service beside us, in words of its own."""
    site = serve(START_MODE="open", PUSH_TEST_TO=push_service.origin, TOLD_WORDS=WORDS)
    make_group(site.origin, ("Ana", "Ben"))
    kitchen = Kitchen(site, devices, ("Ana", "Ben"))
    yield kitchen
    kitchen.empty()


def asks_to_be_told(ben: Person, device: Subscription) -> None:
    """Ben is asked with the words that a locked screen would show, and says yes."""
    can_be_told(ben, device)
    ben.page.reload()
    ben.sees_heading(said("telling.ask"))
    ben.sees(WORDS)
    ben.follow(said("telling.askLook"))
    ben.press(said("telling.here.on"))
    ben.sees(said("telling.here.isOn"))
    ben.clean()


def only_meetings_are_told_of(ben: Person) -> None:
    """Ben wants to hear of no room and no talk, and to be reminded two hours before."""
    ben.open("#/how-you-are-told")
    for place in ("talks", "group"):
        tick = ben.page.get_by_role("checkbox", name=said(f"telling.of.{place}"), exact=True)
        tick.click()
        expect(tick).not_to_be_checked()
    ben.open("#/meetings")
    ben.tick(said("meetings.twoHoursBefore"))
    ben.sees(said("meetings.calendar.saved"))
    expect(ben.page.get_by_text(said("meetings.noWay"))).to_have_count(0)


def plan(ana: Member, title: str, ahead: datetime.timedelta) -> None:
    """A meeting of an hour, so far from now."""
    begins = datetime.datetime.now(datetime.UTC) + ahead
    start, end = (moment.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M") for moment in (begins, begins + HOUR))
    plan_meeting(ana.talk, Words(title), start=start, end=end, zone=LONDON.key)


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
    plan(ana, TEA, datetime.timedelta(days=10))
    device = push_service.subscribe()
    ben = kitchen.come_in("Ben")
    worker = keeper(ben.page)
    asks_to_be_told(ben, device)
    ben.page.goto("about:blank")
    ana.say(TOLD)
    read = arrived(kitchen.site, push_service, device)
    assert push(ben.page, worker, kitchen.origin, read) == [WORDS, "w", True]
    for place, words in OPENED:
        ben.open(place)
        ben.sees(words)
    assert touch(worker) == ""
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


def test_a_reminder_comes_to_a_closed_page_with_the_same_words(kitchen, push_service):
    """Nothing is told of what is planned; once it is two hours ahead it is, and then it stands first on Today."""
    ana = Member.come_in(kitchen.origin, ANA.sign_in, ANA.passphrase)
    device = push_service.subscribe()
    ben = kitchen.come_in("Ben")
    worker = keeper(ben.page)
    asks_to_be_told(ben, device)
    only_meetings_are_told_of(ben)
    ben.page.goto("about:blank")
    plan(ana, WALK, 2 * HOUR + datetime.timedelta(minutes=2))
    read = arrived(kitchen.site, push_service, device)
    assert push(ben.page, worker, kitchen.origin, read) == [WORDS, "w", True]
    ben.page.goto(f"{kitchen.origin}{touch(worker)}")
    expect(ben.page).not_to_have_url(re.compile("#/what-waits$"))
    ben.follow(said("doors.today"))
    expect(ben.page.locator(".card.sea").get_by_text(WALK)).to_be_visible()

"""Speak instead: Ana speaks for a moment, with a line of words; Ben listens, and it can be taken back."""

import re

from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.people import Person
from tests.journeys.sentences import said
from tests.journeys.test_sealed import asked_since, assert_nowhere, on_disk

WORDS = "How the bus was: spoken-9f21c7"
# What every sound that a browser records begins with: nobody but a member may find it.
OPUS = "OpusHead"
REFUSES = """() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
}"""
SECOND = re.compile(r"0:(0[1-9]|[1-5]\d)")


def test_ana_speaks_and_ben_listens_p1(kitchen, devices):
    first = len(devices.asked)
    ana, ben = kitchen.come_in("Ana").enter(), kitchen.come_in("Ben", size=DESK).enter()
    a_microphone_that_is_refused(ana)
    ana_records(ana)
    ana.press(said("speaking.throwAway"))
    expect(ana.button(said("speaking.open"))).to_be_focused()
    ana_records(ana)
    listen(ana, said("speaking.listen"))
    ana.press(said("room.box.send"))
    ana.sees(said("room.box.besideEmpty"))
    assert sent(devices, first) == 0
    ana.write(said("room.box.beside"), WORDS)
    ana.clean()
    ana.press(said("room.box.send"))
    ben.reads(WORDS)
    listen(ben, said("speaking.play"))
    slower_and_faster(ben)
    ben.clean()
    assert_nowhere([WORDS, OPUS], asked_since(devices, first))
    assert_nowhere([WORDS, OPUS], on_disk(kitchen.site.data))
    ana.on_message(WORDS, said("room.more"))
    ana.press(said("room.panel.takeBack"))
    ben.sees(said("room.takenBack", "Ana"))
    expect(ben.message(WORDS)).to_have_count(0)


def sent(devices, first: int) -> int:
    return sum(one.method == "POST" and one.path.endswith("/messages") for one in devices.asked[first:])


def a_microphone_that_is_refused(ana: Person) -> None:
    """A browser without windows refuses nobody: for this one press it answers as one that does."""
    ana.page.evaluate(REFUSES)
    ana.press(said("speaking.open"))
    ana.press(said("speaking.start"))
    ana.sees(said("trouble.mic_refused"))
    ana.press(said("speaking.write"))
    ana.page.evaluate("() => delete navigator.mediaDevices.getUserMedia")


def ana_records(ana: Person) -> None:
    ana.press(said("speaking.open"))
    ana.press(said("speaking.start"))
    expect(ana.page.get_by_role("timer")).to_have_text(SECOND)
    ana.press(said("speaking.stop"))
    expect(ana.button(said("speaking.listen"))).to_be_visible()


def listen(one: Person, face: str) -> None:
    """The first time in a page it is said that others may hear it; it sounds once that is pressed."""
    one.press(face)
    one.press(said("speaking.playNow"))
    expect(one.page.locator(".sound")).to_contain_text(SECOND)


def slower_and_faster(ben: Person) -> None:
    """The slowest of the ways in which it can be played, and the fastest; and not so loud."""
    rates = ben.page.get_by_role("group", name=said("speaking.speed"), exact=True).get_by_role("button")
    for rate in (rates.first, rates.last):
        rate.click()
        expect(rate).to_have_attribute("aria-pressed", "true")
    ben.press(said("speaking.quieter"))

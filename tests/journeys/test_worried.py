"""Worried: from any message, one page, with nothing reported by anyone but the person who reads it."""

from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.people import Person
from tests.journeys.sentences import said

HARD = "It was a hard day, and I am very tired."

LEFT = "My sister may ring me. Tea helps."


def test_ben_is_worried_about_ana(kitchen, devices):
    ana, ben = kitchen.come_in("Ana").enter(), kitchen.come_in("Ben", size=DESK).enter()
    ana.say(HARD)
    ben.reads(HARD)
    first = len(devices.asked)
    ben.on_message(HARD, said("room.more"))
    expect(ben.link(said("room.panel.worried", "Ana"))).to_be_visible()
    ben.clean()
    ben.follow(said("room.panel.worried", "Ana"))
    ben.sees_heading(said("worried.title", "Ana"))
    ben.sees(said("worried.danger", "999"))
    ben.sees(said("worried.lines", "Samaritans", "116 123"))
    for sentence in ("where", "noReport", "fixMore", "tellMore", "youMore"):
        ben.sees(said(f"worried.{sentence}"))
    expect(ben.link(said("worried.ring", "999"))).to_have_attribute("href", "tel:999")
    sent = [one for one in devices.asked[first:] if one.method != "GET" and "/records/" not in one.path]
    assert sent == []
    what_ana_left_is_opened(ana, ben)
    ben.follow(said("worried.report"))
    ben.sees_heading(said("deciding.concerns.title"))


def what_ana_left_is_opened(ana: Person, ben: Person) -> None:
    """It comes to the page that Ben has open; Ana is told, and puts that away."""
    ana.open("#/if-somebody-is-worried")
    ana.write(said("worried.left.label"), LEFT)
    ana.press(said("save"))
    ben.press(said("worried.left.open", "Ana"))
    ben.sees(LEFT)
    ana.follow(said("doors.today"))
    ana.sees_heading(said("worried.left.opened", "Ben"))
    ana.press(said("deciding.concerns.putAway"))
    expect(ana.heading(said("worried.left.opened", "Ben"))).to_have_count(0)

"""Worried: from any message, one page, with nothing reported by anyone but the person who reads it."""

from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.sentences import said

HARD = "It was a hard day, and I am very tired."


def test_ben_is_worried_about_ana(kitchen, devices):
    ana, ben = kitchen.come_in("Ana").enter(), kitchen.come_in("Ben", size=DESK).enter()
    ana.say(HARD)
    ben.reads(HARD)
    first = len(devices.asked)
    ben.on_message(HARD, said("room.more"))
    ben.follow(said("room.panel.worried", "Ana"))
    ben.sees_heading(said("worried.title", "Ana"))
    ben.sees(said("worried.danger", "999"))
    ben.sees(said("worried.lines", "Samaritans", "116 123"))
    for sentence in ("where", "noReport", "fixMore", "tellMore", "youMore"):
        ben.sees(said(f"worried.{sentence}"))
    expect(ben.link(said("worried.ring", "999"))).to_have_attribute("href", "tel:999")
    ben.clean()
    sent = [one for one in devices.asked[first:] if one.method != "GET" and "/records/" not in one.path]
    assert sent == []
    ben.follow(said("worried.report"))
    ben.sees_heading(said("deciding.concerns.title"))

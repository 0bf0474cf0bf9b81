"""Two who stay: where everybody else has left, a concern would go to nobody, and whoever lost everything is let in by
the only other one."""

import dataclasses

import pytest
from playwright.sync_api import expect

from tests.cast import BEN
from tests.journeys.devices import DESK
from tests.journeys.people import Person
from tests.journeys.sentences import said

ALONE, MEANWHILE, HERE = "Said to Ben alone.", "Nobody waits for this.", "With a new phone."
ANEW = dataclasses.replace(BEN, sign_in="a-new-lantern")


@pytest.fixture
def ana_and_ben(harbour):
    """The others are gone by now, or go."""
    harbour.goes_home(*(name for name in harbour.here if name not in {"Ana", "Ben"}))
    harbour.leaves(*(name for name in harbour.members if name not in {"Ana", "Ben"}))
    return harbour.come_in("Ana"), harbour.come_in("Ben", size=DESK)


def test_a_concern_needs_two_others(ana_and_ben):
    """Of what was written in a talk: with nobody else here it would go to one person alone, or to nobody."""
    ana, ben = ana_and_ben
    ana.about_member("Ben")
    ana.press(said("talks.with", "Ben"))
    ana.say(ALONE)
    ben.page.get_by_role("link", description="Ana", exact=True).click()
    ben.on_message(ALONE, said("room.more"))
    ben.follow(said("room.panel.concern"))
    ben.sees(said("deciding.report.tooFew"))
    expect(ben.link(said("deciding.report.elsewhere"))).to_have_attribute("href", "/concern")


def test_the_only_other_one_lets_somebody_in_anew_who_lost_everything(harbour, ana_and_ben, devices):
    """In a group of two there is no third who could check it."""
    ana, ben = ana_and_ben
    ana.enter().say(MEANWHILE)
    ben.enter().reads(MEANWHILE)
    harbour.goes_home("Ben")
    again = Person(ANEW, devices.open(DESK), harbour.origin)
    again.knock(ana.invite("Ben, who lost everything"))
    ana.follow(said("doors.today"))
    ana.sees_heading(said("today.knock", BEN.name))
    ana.follow(said("today.openKnock"))
    ana.press(said("returning.door.fold"))
    ana.sees(said("returning.door.two"))
    ana.press(said("returning.door.open", BEN.name))
    ana.sees_heading(said("group.door.opened", BEN.name))
    again.go_through()
    again.enter().say(HERE)
    ana.enter().reads(HERE)
    ana.sees(f"{BEN.name} has a new phone. Ana has checked it is them.")
    expect(again.message(MEANWHILE)).to_have_count(0)
    harbour.stays(again)

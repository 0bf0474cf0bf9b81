"""Wait: told honestly, with a way back out at any time; after a week, "That is not about you"."""

import re

from playwright.sync_api import expect

from tests.cast import EVE
from tests.journeys.devices import DESK
from tests.journeys.people import HELLO, Person
from tests.journeys.sentences import said

ANSWERED = "We are all here."
UNHEARD = "It was a long week."


def test_eve_waits_and_nobody_answers(harbour, open_device):
    ana, ben = harbour.come_in("Ana"), harbour.come_in("Ben", size=DESK)
    eve = Person(EVE, open_device(), harbour.origin)
    eve.knock(ana.invite(EVE.name))
    eve.sees(said("joining.wait.told"))
    unused = ana.invite_another("Somebody")
    ana.follow(said("doors.today"))
    ana.sees_heading(said("today.knock", EVE.name))
    assert ben.heading(said("today.knock", EVE.name)).count() == 0
    for door in ("The room", "Everyday room"):
        # Whatever was said there before is answered by this.
        ben.enter(door).say(ANSWERED)
        ana.enter(door).reads(ANSWERED)
        ana.say(UNHEARD)
    harbour.site.move_clock(days=1.1)
    ben.days_later(1.1)
    what_nobody_answered_is_seen_until_somebody_hears_it(ben)
    ben.follow(said("today.openKnock"))
    ben.sees(HELLO)
    ben.sees(said("group.door.onlyHost"))
    ben_may_know_her_and_the_host_alone_is_told(ben, ana)
    harbour.site.move_clock(days=7.5)
    eve.days_later(7.5)
    eve.sees_heading(said("joining.wait.nobody"))
    eve.clean()
    assert eve.link(said("joining.wait.find")).get_attribute("href") == "/find"
    eve.press(said("joining.wait.withdraw"))
    eve.sees_heading(said("today.noGroup"))
    late = open_device()
    late.goto(unused)
    expect(late.get_by_role("alert")).to_have_text(said("trouble.invitation_over"))


def ben_may_know_her_and_the_host_alone_is_told(ben: Person, ana: Person) -> None:
    """So that nobody meets somebody unprepared; it closes no door."""
    ben.press(said("group.door.mayKnow"))
    ben.sees(said("group.door.mayKnowDone"))
    ben.clean()
    ana.days_later(1.1)
    ana.follow(said("today.openKnock"))
    ana.sees(said("group.door.someoneKnows", "Ben"))
    ana.clean()
    expect(ana.button(said("group.door.open"))).to_be_visible()


def what_nobody_answered_is_seen_until_somebody_hears_it(ben: Person) -> None:
    """Worked out on Ben's own device: it leads there; once heard, Today says the next, until he puts it away."""
    ben.sees(waits_in("room.room"))
    ben.follow(said("unanswered.look"))
    expect(ben.message(UNHEARD)).to_be_in_viewport()
    ben.on_message(UNHEARD, "Hear")
    ben.follow(said("doors.today"))
    ben.sees(waits_in("room.everyday"))
    ben.press(said("unanswered.notNow"))
    expect(ben.heading(said("unanswered.title"))).to_have_count(0)


def waits_in(place: str) -> re.Pattern[str]:
    return re.compile(re.escape(said("unanswered.said", "Ana", "WHEN", said(place))).replace("WHEN", ".*"))

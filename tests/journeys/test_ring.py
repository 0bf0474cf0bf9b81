"""By voice, over the relay alone: Ben says when he may be rung, and Ana rings him; then the three of them meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.fixtures.relays import Relay
from tests.journeys.devices import DESK
from tests.journeys.kitchen import Kitchen
from tests.journeys.lines import falls_silent, hears, only_by_relay, watched
from tests.journeys.people import Person
from tests.journeys.sentences import said

NUMBER = "01632 960 001"
UP = re.compile(re.escape(said("reach.now.until", "Ben", "X")).replace("X", ".+"))


@pytest.fixture(scope="module")
def kitchen(kitchens: Callable[..., Kitchen], relay: Relay) -> Iterator[Kitchen]:
    """Ana, Ben and Dee, on a site that has a relay."""
    made = kitchens("Ana", "Ben", "Dee", **relay.settings)
    yield made
    made.empty()


def test_a_member_who_is_up_for_a_call_is_rung_and_heard_over_the_relay_alone(kitchen, relay):
    ana, ben = watched(kitchen.come_in("Ana")), watched(kitchen.come_in("Ben", size=DESK))
    says_when(ben)
    asks_and_is_given_a_number(ana, ben)
    a_test_ring_comes(ben)
    their_talk_stands_beside_it(ana)
    ana.follow(said("doors.today"))
    ana.sees(UP)
    ana.press(said("reach.ring", "Ben"))
    ana.sees(said("reach.call.ringing", "Ben"))
    ben.sees(said("reach.call.rung", "Ana"))
    ben.press(said("reach.call.answer"))
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        person.sees(said("reach.call.talking", other))
        hears(person)
        only_by_relay(person)
    ana.clean()
    falls_silent(relay, ana)
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        person.sees(said("reach.call.talking", other))
        hears(person)
    ben.press(said("reach.call.hangUp"))
    for person in (ana, ben):
        person.sees(said("reach.call.over"))
        person.press(said("reach.call.close"))
        expect(person.page.locator("audio")).to_have_count(0)
    not_today(ana, ben)


def says_when(ben: Person) -> None:
    ben.follow("Members")
    ben.follow(said("reach.link"))
    ben.sees_heading(said("reach.title"))
    ben.press(said("reach.hours.add"))
    for end in ("from", "to"):
        ben.write(said(f"reach.hours.{end}"), "00:00")
    ben.press(said("save"))
    ben.sees(said("reach.hours.allDay", said("reach.hours.every")))
    ben.clean()


def asks_and_is_given_a_number(ana: Person, ben: Person) -> None:
    """As long as no ring has reached Ben, Ana can ask him; he gives her his number, and takes it back."""
    ana.follow("Members")
    ana.press(said("reach.askThem", "Ben"))
    ana.sees(said("reach.asked"))
    ben.write(said("reach.number.label"), NUMBER)
    ben.field(said("reach.number.whom")).select_option(label="Ana")
    ben.press(said("reach.number.give"))
    ben.sees(said("reach.number.given", NUMBER, "Ana"))
    ana.sees(said("reach.theirs", NUMBER))
    ben.press(said("reach.number.back"))
    expect(ana.page.get_by_text(said("reach.theirs", NUMBER))).to_have_count(0)
    ben.follow(said("doors.today"))
    ben.sees(said("reach.now.asked", "Ana"))
    expect(ben.button(said("reach.ring", "Ana"))).to_be_visible()
    ben.follow(said("reach.link"))


def a_test_ring_comes(ben: Person) -> None:
    ben.press(said("reach.test.ring"))
    ben.sees(said("reach.call.test"))
    ben.press(said("reach.call.came"))
    ben.sees(said("reach.test.done"))


def their_talk_stands_beside_it(ana: Person) -> None:
    """In the talk of the two the way to ring stands above, and what was said is in sight all the same."""
    ana.follow("Members")
    ana.follow("Ben")
    ana.sees(UP)
    expect(ana.message(said("reach.please"))).to_be_in_viewport()


def not_today(ana: Person, ben: Person) -> None:
    """One press, and nobody sees more than that he is not up for it."""
    ben.press(said("reach.today.not"))
    ben.sees(said("reach.today.is"))
    expect(ana.button(said("reach.ring", "Ben"))).to_have_count(0)
    ana.sees(said("reach.now.nobody"))


def test_three_meet_by_voice_one_of_them_to_listen_and_go_round_over_the_relay_alone(kitchen, relay):
    ana, ben, dee = (watched(kitchen.come_in(name, size=DESK)) for name in ("Ana", "Ben", "Dee"))
    ana.follow("Members")
    ana.follow(said("voice.title"))
    ana.press(said("voice.withMic"))
    ana.sees(said("voice.alone"))
    comes_in_from_today(ben, "voice.withMic")
    comes_in_from_today(dee, "voice.listen")
    everyone = (ana, ben, dee)
    for person in everyone:
        there_are(person, 3)
        only_by_relay(person)
    ana.button(said("voice.hold")).hover()
    ana.page.mouse.down()
    ana.sees(said("voice.micOpen"))
    for person in (ben, dee):
        hears(person)
        expect(row(person, "Ana").get_by_text(said("voice.speaking"))).to_be_visible()
    ana.page.mouse.up()
    ana.sees(said("voice.micClosed"))
    for person in (ben, dee):
        expect(row(person, "Ana").get_by_text(said("voice.speaking"))).to_have_count(0)
    dee.press(said("voice.handUp"))
    for person in everyone:
        expect(row(person, "Dee").get_by_text(said("voice.handIsUp"))).to_be_visible()
    they_go_round(ana, ben, dee)
    falls_silent(relay, ana)
    for person in everyone:
        there_are(person, 3)
    ben.press(said("voice.stay"))
    for person in (ana, dee):
        hears(person)
    ana.clean()
    they_leave(ana, ben, dee)


def comes_in_from_today(person: Person, way: str) -> None:
    person.sees_heading(said("voice.today.title"))
    person.follow(said("voice.today.come"))
    person.press(said(way))


def row(person: Person, name: str) -> Locator:
    return person.page.get_by_role("list", name=said("voice.who")).get_by_role("listitem").filter(has_text=name)


def there_are(person: Person, count: int) -> None:
    """So many are in it, and there is a line to each of them."""
    expect(person.page.get_by_role("list", name=said("voice.who")).get_by_role("listitem")).to_have_count(count)
    for what in ("coming", "quiet", "lost"):
        expect(person.page.get_by_text(said(f"voice.line.{what}"), exact=True)).to_have_count(0)


def they_go_round(ana: Person, ben: Person, dee: Person) -> None:
    """In the order in which they came; Dee passes before it is her turn."""
    ben.press(said("voice.round.opening"))
    ben.press(said("voice.round.begin"))
    ana.sees(said("voice.round.mine"))
    dee.sees(said("voice.round.turn", "Ana"))
    dee.press(said("voice.round.pass"))
    ana.press(said("voice.round.finished"))
    ben.press(said("voice.round.finished"))
    for person in (ana, ben, dee):
        person.sees(said("voice.round.over"))


def they_leave(ana: Person, ben: Person, dee: Person) -> None:
    ana.press(said("voice.leave"))
    for person in (ben, dee):
        there_are(person, 2)
    for person in (ben, dee):
        person.press(said("voice.leave"))
    for person in (ana, ben, dee):
        expect(person.page.locator("audio")).to_have_count(0)
        person.follow(said("doors.today"))
        expect(person.heading(said("voice.today.title"))).to_have_count(0)

"""By voice, over the relay alone: whoever is up for it is rung, and one has it; a closed page rings as well; and the
three of them meet."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.fixtures.relays import Relay
from tests.fixtures.telling import PushService, Subscription
from tests.journeys import ringing
from tests.journeys.devices import DESK, PATIENCE_MS, PHONE
from tests.journeys.kitchen import Kitchen
from tests.journeys.lines import WATCHED, falls_silent, hears, only_by_relay
from tests.journeys.notes import TOLD_WORDS, UNSEEN_S, keeper, push, touch
from tests.journeys.people import Person
from tests.journeys.ringing import card, no_call
from tests.journeys.sentences import said
from tests.journeys.test_speak import REFUSES

SIZES = {"Ana": PHONE, "Ben": DESK, "Dee": PHONE}


@pytest.fixture(scope="module")
def people(kitchen: Kitchen) -> Iterator[list[Person]]:
    """Each on a page that keeps every line it makes, and whose clock can be held."""
    everyone = [kitchen.come_in(name, size=size) for name, size in SIZES.items()]
    for person in everyone:
        person.page.context.add_init_script(WATCHED + ringing.HELD)
        person.page.reload()
        person.is_in()
    yield everyone
    kitchen.rests("Dee")


def test_whoever_is_up_for_it_is_rung_and_heard_over_the_relay_alone(kitchen, people, relay, pushes):
    ana, ben, dee = people
    devices = {name: pushes.subscribe() for name in ("Ben", "Dee")}
    ringing.nobody_is_up(ana)
    says_when_and_is_reached(ana, ben, dee, pushes, devices)
    whoever_answers_first_has_it(ana, ben, dee)
    they_talk(relay, ana, ben)
    with ringing.patient(ana, ben, dee):
        nobody_comes_to_the_phone(ana, ben, dee)
        who_is_muted_rings_in_vain(ana, ben, dee, pushes, devices["Dee"])
    with ringing.patient(ana):
        a_closed_page_rings(kitchen, pushes, devices["Ben"], ana, ben)
    a_ring_that_nobody_took_is_found_afterwards(ana, ben)
    not_today(ana, ben, dee)


def says_when_and_is_reached(
    ana: Person, ben: Person, dee: Person, service: PushService, devices: dict[str, Subscription]
) -> None:
    """As long as no ring has reached Ben, Ana can only ask him to ring her; then all see that he is up for it."""
    ringing.says_when(ben)
    ben.clean()
    ana.follow("Members")
    dee.follow("Members")
    ana.press(said("reach.askThem", "Ben"))
    ana.sees(said("reach.asked"))
    ringing.a_number_is_given_and_taken_back(ben, ana, to="Ana")
    ringing.a_number_is_given_and_taken_back(ben, ana, dee, to=said("reach.number.all"))
    ben.follow(said("doors.today"))
    ben.sees(said("reach.now.asked", "Ana"))
    ben.press(said("reach.ring", "Ana"))
    ana.sees(said("reach.call.rung", "Ben"))
    ana.press(said("reach.call.answer"))
    ben.sees(said("reach.call.talking", "Ana"))
    ana.sees(said("reach.call.talking", "Ben"))
    they_hang_up(ana, ben)
    expect(ben.page.get_by_text(said("reach.now.asked", "Ana"))).to_have_count(0)
    ben.follow(said("reach.link"))
    for one in (ben, dee):
        if one is dee:
            ringing.says_when(dee)
        ringing.is_told_of_rings_alone(one, devices[one.who.name])
        ringing.a_test_ring_comes(one, service, devices[one.who.name])
    ringing.would_rather_be_asked(ben, ana)
    their_talk_stands_beside_it(ana)


def their_talk_stands_beside_it(ana: Person) -> None:
    """In the talk of the two the way to ring stands above, and what was said is in sight all the same."""
    ana.follow("Members")
    ana.follow("Ben")
    ana.sees(ringing.up("Ben"))
    expect(ana.message(said("reach.please"))).to_be_in_viewport()


def rings_all(ana: Person) -> None:
    ana.follow(said("doors.today"))
    ana.press(said("reach.now.ringAll"))
    ana.sees(said("reach.call.ringingAll"))


def whoever_answers_first_has_it(ana: Person, ben: Person, dee: Person) -> None:
    """Both are rung. Dee's page stops because it is told so: her clock is held, and nothing is looked for by and by."""
    with ringing.patient(ana, ben, dee):
        rings_all(ana)
        for one in (ben, dee):
            one.sees(said("reach.call.rungMany", "Ana"))
        for one in (ana, ben):
            one.clean()
        ringing.hold(dee, ringing.LOOKING_MS)
        ben.press(said("reach.call.answer"))
        no_call(dee)
        ana.sees(said("reach.call.talking", "Ben"))


def they_talk(relay: Relay, ana: Person, ben: Person) -> None:
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        person.sees(said("reach.call.talking", other))
        hears(person)
        only_by_relay(person)
    ana.clean()
    falls_silent(relay, ana)
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        person.sees(said("reach.call.talking", other))
        hears(person)
    they_hang_up(ben, ana)


def they_hang_up(first: Person, other: Person) -> None:
    first.press(said("reach.call.hangUp"))
    for person in (first, other):
        person.sees(said("reach.call.over"))
        person.press(said("reach.call.close"))
        expect(person.page.locator("audio")).to_have_count(0)


def nobody_comes_to_the_phone(ana: Person, ben: Person, dee: Person) -> None:
    """Not now, by one of those who are rung, by all of them, and by the only one."""
    rings_all(ana)
    dee.press(said("reach.call.notNow"))
    no_call(dee)
    ben.sees(said("reach.call.rungMany", "Ana"))
    ana.sees(said("reach.call.ringingAll"))
    ben.press(said("reach.call.notNow"))
    ana.sees(said("reach.call.nobodyAll"))
    ana.press(said("reach.call.close"))
    ana.press(said("reach.ring", "Dee"))
    dee.sees(said("reach.call.rung", "Ana"))
    dee.press(said("reach.call.notNow"))
    ana.sees(said("reach.call.nobody", "Dee"))
    expect(card(ana).get_by_role("button", name=said("reach.askThem", "Dee"))).to_be_visible()
    ana.clean()
    ana.press(said("reach.call.close"))
    no_call(ana, ben, dee)


def who_is_muted_rings_in_vain(
    ana: Person, ben: Person, dee: Person, service: PushService, device: Subscription
) -> None:
    """Dee has muted Ana, and only her own test ring shows; Ben's microphone is refused, and he is told why."""
    dee.about_member("Ana")
    dee.press(said("group.members.mute", "Ana"))
    expect(dee.button(said("group.members.unmute", "Ana"))).to_be_visible()
    dee.open("#/up-for-contact")
    rings_all(ana)
    ben.sees(said("reach.call.rungMany", "Ana"))
    ringing.a_test_ring_comes(dee, service, device)
    ben.page.evaluate(REFUSES)
    ben.press(said("reach.call.answer"))
    ben.sees(said("trouble.mic_refused"))
    ben.clean()
    ben.press(said("reach.call.close"))
    ben.page.evaluate("() => delete navigator.mediaDevices.getUserMedia")
    ana.press(said("reach.call.stop"))
    no_call(ana, ben, dee)
    dee.about_member("Ana")
    dee.press(said("group.members.unmute", "Ana"))
    expect(dee.button(said("group.members.mute", "Ana"))).to_be_visible()


def a_closed_page_rings(kitchen: Kitchen, service: PushService, device: Subscription, ana: Person, ben: Person) -> None:
    """Ben has left. A note comes that says nothing; he touches it and comes in, and it still rings."""
    worker = keeper(ben.page)
    ben.press("Leave this page now")
    ben.page.wait_for_url("**/elsewhere")
    kitchen.site.move_clock(seconds=UNSEEN_S)
    before = len(service.told(device))
    ana.press(said("reach.ring", "Ben"))
    ana.sees(said("reach.call.ringing", "Ben"))
    service.came.clear()
    if len(service.told(device)) == before:
        assert service.came.wait(PATIENCE_MS / 1000)
    read = service.told(device)[-1].decode()
    assert push(ben.page, worker, kitchen.origin, read) == [TOLD_WORDS, "w", True]
    ben.page.goto(f"{kitchen.origin}{touch(worker)}")
    ben.press("Come in")
    ben.sees(said("reach.call.rung", "Ana"))
    ben.press(said("reach.call.answer"))
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        person.sees(said("reach.call.talking", other))
        hears(person)
    they_hang_up(ana, ben)


def a_ring_that_nobody_took_is_found_afterwards(ana: Person, ben: Person) -> None:
    """Ben is away for as long as it rings. Ana is told that he finds it, and he does."""
    ben.press("Leave this page now")
    ben.page.wait_for_url("**/elsewhere")
    with ana.page.expect_response(lambda one: one.url.endswith("/signals") and one.request.method == "POST"):
        ana.press(said("reach.ring", "Ben"))
    ringing.sleep(ana)
    ana.sees(said("reach.call.nobody", "Ben"))
    ana.sees(said("reach.call.left", "Ben"))
    ana.clean()
    ana.press(said("reach.call.close"))
    ben.open()
    ben.press("Come in")
    rang = ben.heading(re.compile(re.escape(said("reach.rang.title", "Ana", "X")).replace("X", ".+")))
    expect(rang).to_be_visible()
    ben.clean()
    ben.press(said("reach.rang.fine"))
    expect(rang).to_have_count(0)


def not_today(ana: Person, ben: Person, dee: Person) -> None:
    """One press, and nobody sees more than that they are not up for it."""
    for one in (ben, dee):
        one.follow(said("doors.today"))
        one.press(said("reach.today.not"))
        one.follow(said("reach.link"))
        one.sees(said("reach.today.is"))
        expect(ana.button(said("reach.ring", one.who.name))).to_have_count(0)
    ana.sees(said("reach.now.nobody"))


def test_three_meet_by_voice_one_of_them_to_listen_and_go_round_over_the_relay_alone(kitchen, people, relay):
    ana, ben, dee = people
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
    held_by_a_key(ben, ana, dee)
    ana.clean()
    ben.clean()
    they_leave(ana, ben, dee)


def held_by_a_key(ben: Person, *others: Person) -> None:
    """With the space bar for as long as it is down; and open until it is closed."""
    ben.button(said("voice.hold")).focus()
    ben.page.keyboard.down("Space")
    ben.sees(said("voice.micOpen"))
    for person in others:
        hears(person)
    ben.page.keyboard.up("Space")
    ben.sees(said("voice.micClosed"))
    ben.press(said("voice.stay"))
    ben.sees(said("voice.micOpen"))
    ben.press(said("voice.closeMic"))
    ben.sees(said("voice.micClosed"))


def comes_in_from_today(person: Person, way: str) -> None:
    person.follow(said("doors.today"))
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

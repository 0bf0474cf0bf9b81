"""Agreeing: what a group settles among itself. Its agreement, its host, its hints, and that all are in the same room.

The group is in the United States, so that help is what it is there.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.people import SHARED, Person
from tests.journeys.sentences import like, said

TEA = "We put the kettle on before we begin."
WAITS_FOR_NOBODY = "I read it on the bus, and talked on."
TOLD_TO_STOP = "You should stop hurting yourself now."
DANGER = "I am going to end my life tonight."
HARD = "It was a hard day, and I am very tired."


@pytest.fixture(scope="module", autouse=True)
def the_others_rest(table):
    """Ana and Dee are who is wanted at the table next."""
    yield
    table.rests("Ben", "Mo")


@pytest.fixture
def four(table):
    """Dee at a desk that is not her own."""
    ana, ben, mo = (table.come_in(name) for name in ("Ana", "Ben", "Mo"))
    return [ana, ben, table.come_in("Dee", size=DESK, device=SHARED), mo]


@pytest.fixture
def ana_and_ben(table):
    return table.come_in("Ana"), table.come_in("Ben")


def agreement(person: Person) -> Person:
    person.follow("Members")
    person.follow("Agreement")
    person.sees_heading("Agreement")
    return person


def test_a_change_takes_two_and_then_each_agrees_for_themselves(four):
    ana, ben, dee, mo = four
    ben_suggests_tea(ben)
    ana.follow(said("doors.today"))
    ana.sees_heading(said("today.changed", "Ben"))
    ana.follow(said("today.openChanged"))
    ana.sees(TEA)
    ana.clean()
    ana.press(said("group.agreement.yes"))
    ana.sees(said("group.agreement.nobody"))
    mo_puts_it_off_at_the_top_of_the_room(mo)
    ben_agrees_at_the_top_of_the_room(ben)
    expect(ana.page.get_by_text(said("group.agreement.affirmedBy", "Ben"))).to_be_visible()
    for person in (ana, mo):
        agreement(person).press("I agree")
        person.sees(said("group.agreement.agreed"))
    agreement(dee).sees(said("group.agreement.affirmedBy", "Ana, Ben and Mo"))
    dee.sees(TEA)


def ben_suggests_tea(ben: Person) -> None:
    agreement(ben).press(said("group.agreement.change"))
    ben.press(said("starting.agreement.add"))
    ben.write(said("starting.agreement.heading"), "Tea")
    ben.write(said("starting.agreement.clause"), TEA)
    ben.press(said("starting.agreement.done"))
    ben.clean()
    ben.press(said("group.agreement.send"))
    ben.sees_heading(said("group.agreement.proposedMine"))
    ben.sees(said("group.agreement.waitingSecond"))


def mo_puts_it_off_at_the_top_of_the_room(mo: Person) -> None:
    """It stands there, and holds up nobody."""
    changed = mo.page.get_by_text(said("group.agreement.changed"))
    mo.enter().say(WAITS_FOR_NOBODY)
    expect(changed).to_be_visible()
    mo.press(said("group.agreement.later"))
    expect(changed).to_have_count(0)


def ben_agrees_at_the_top_of_the_room(ben: Person) -> None:
    """Dee and Mo came after him, which he has not said yes to yet: both stand together."""
    changed = ben.page.get_by_text(said("group.agreement.changed"))
    ben.enter().reads(WAITS_FOR_NOBODY)
    expect(changed).to_be_visible()
    ben.sees(like("group.joiningNow.one"))
    ben.clean()
    ben.press("I agree")
    expect(changed).to_have_count(0)
    expect(ben.page.get_by_text(like("group.joiningNow.one"))).to_have_count(0)


def test_hints_are_off_once_more_than_half_say_so_and_help_is_not(four):
    ana, ben, dee, mo = four
    for person in (ana, ben, dee):
        person.open("#/settings")
        person.press(said("settings.nudges.vote.off"))
        expect(person.button(said("settings.nudges.vote.back"))).to_be_visible()
    mo.open("#/settings")
    mo.sees(said("settings.nudges.vote.isOff"))
    mo.enter().say(TOLD_TO_STOP)
    mo.say(DANGER)
    mo.sees(said("room.nudge.danger", "911"))
    expect(mo.link(said("worried.ring", "911"))).to_have_attribute("href", "tel:911")
    mo.press(said("room.nudge.dangerClose"))
    for person in (ana, ben, dee):
        person.press(said("settings.nudges.vote.back"))
        expect(person.button(said("settings.nudges.vote.off"))).to_be_visible()
    mo.open("#/settings")
    mo.sees(said("settings.nudges.vote.isOn"))
    mo.enter().write("Say something", TOLD_TO_STOP)
    mo.press("Send")
    mo.sees(said("room.nudge.says.pressure"))
    mo.press(said("room.nudge.asIs"))


def test_help_is_what_it_is_in_their_country(ana_and_ben):
    ana, ben = ana_and_ben
    ana.enter().say(HARD)
    ben.enter().on_message(HARD, said("room.more"))
    ben.follow(said("room.panel.worried", "Ana"))
    ben.sees(said("worried.danger", "911"))
    expect(ben.link(said("worried.ring", "911"))).to_have_attribute("href", "tel:911")
    expect(ben.page.get_by_text("116 123")).to_have_count(0)


def test_the_hosts_task_is_passed_on(ana_and_ben):
    ana, ben = ana_and_ben
    ana.about_member("Ben")
    ana.clean()
    ana.press(said("group.members.passHost", "Ben"))
    expect(ana.member("Ben").locator(".chip")).to_have_text(like("group.members.hostUntil"))
    expect(ana.member("Ana").locator(".chip")).to_have_count(0)
    ben.follow("Members")
    ben.press("Invite someone")
    ben.sees(said("group.invite.lead"))
    ben.about_member("Ana")
    ben.press(said("group.members.passHost", "Ana"))
    expect(ben.member("Ana").locator(".chip")).to_be_visible()
    expect(ana.member("Ben").locator(".chip")).to_have_count(0)


def test_two_read_to_each_other_that_they_are_in_the_same_room(ana_and_ben):
    ana, _ = ana_and_ben
    heard = [reads_aloud(person) for person in ana_and_ben]
    assert heard[0] == heard[1]
    assert len(heard[0]) == 7
    ana.press(said("checking.sameRoom.again"))
    assert reads_aloud(ana) == heard[0]


def reads_aloud(person: Person) -> list[str]:
    """The seven words as they stand on this person's page, reached as a person would."""
    person.follow("Members")
    person.follow(said("checking.sameRoom.link"))
    turns = person.page.get_by_role("list", name=said("checking.sameRoom.wordsName")).get_by_role("listitem")
    expect(turns).to_have_count(7)
    mine = turns.filter(has_text=said("checking.sameRoom.iRead"))
    expect(mine.first).to_be_visible()
    return turns.locator("strong").all_inner_texts()

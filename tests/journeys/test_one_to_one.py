"""Reach: Dee writes to Ben alone, from his name; nobody else reads it, and either can end it."""

from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.sentences import said
from tests.journeys.test_sealed import asked_since, assert_nowhere, on_disk

ALONE, NOTE = "only-for-ben-5b1f0c77", "a-stay-4e81d2"


def test_two_talk_alone_and_one_closes_it_p1_p37(kitchen, devices):
    first = len(devices.asked)
    dee, ben = kitchen.come_in("Dee"), kitchen.come_in("Ben", size=DESK)
    dee.about_member("Ben")
    dee.press(said("talks.with", "Ben"))
    expect(dee.heading("Ben")).to_be_visible()
    dee.clean()
    dee.say(f"Are you up? {ALONE}")
    dee.page.reload()
    dee.reads(ALONE)
    ben.sees(said("talks.new", "Dee"))
    ben.page.get_by_role("link", description="Dee", exact=True).click()
    ben.reads(ALONE)
    ben.on_message(ALONE, "Hear")
    expect(dee.message(ALONE)).to_contain_text("Ben hears you")
    a_concern_says_that_it_is_between_two(ben)
    the_same_sentence_as_in_the_room(dee, ben)
    nobody_else_is_told(kitchen, devices, first)
    ben.press(said("talks.close"))
    ben.sees(said("talks.closeMore", "Dee"))
    ben.clean()
    ben.press(said("talks.closeIt"))
    ben.sees_heading("Members")
    expect(ben.heading(said("talks.title"))).to_have_count(0)
    dee.sees(said("talks.over.closed"))
    expect(dee.field("Say something")).to_have_count(0)
    dee.reads(f"Are you up? {ALONE}")
    kitchen.rests("Dee")


def the_same_sentence_as_in_the_room(dee, ben):
    """An answer to one message, a note that folds, and words taken back: in a talk of two as anywhere."""
    ben.on_message(ALONE, said("room.reply"))
    ben.sees(said("room.replyTo", "Dee"))
    ben.say(f"I am. {ALONE} too.")
    expect(dee.message(f"I am. {ALONE}")).to_contain_text("Are you up?")
    dee.say(f"I was kept in for a night. {ALONE}", note=NOTE)
    expect(ben.button(said("room.readName", NOTE))).to_be_visible()
    expect(ben.message("I was kept in")).to_have_count(0)
    ben.press(said("room.readName", NOTE))
    ben.reads("I was kept in")
    dee.on_message("I was kept in", said("room.more"))
    dee.press("Take back")
    ben.sees(said("room.takenBack", "Dee"))
    expect(ben.message("I was kept in")).to_have_count(0)


def nobody_else_is_told(kitchen, devices, first):
    ana = kitchen.come_in("Ana")
    ana.follow("Members")
    ana.sees_heading("Members")
    expect(ana.heading(said("talks.title"))).to_have_count(0)
    assert_nowhere([ALONE, NOTE], asked_since(devices, first))
    assert_nowhere([ALONE, NOTE], on_disk(kitchen.site.data))


def a_concern_says_that_it_is_between_two(ben):
    ben.on_message(ALONE, said("room.more"))
    ben.follow(said("room.panel.concern"))
    ben.sees_heading(said("deciding.report.title"))
    ben.sees(said("deciding.report.leadAlone"))
    ben.page.go_back()
    ben.reads(ALONE)


def test_where_a_site_has_no_relay_nobody_can_be_rung(table):
    """It says so, and nothing on it rings. A number can be given all the same."""
    ben = table.come_in("Ben")
    ben.follow("Members")
    ben.follow(said("reach.link"))
    ben.sees(said("reach.noRelay"))
    for way in (said("reach.hours.add"), said("reach.test.ring")):
        expect(ben.button(way)).to_have_count(0)
    expect(ben.button(said("reach.number.give"))).to_be_visible()
    ben.follow(said("doors.today"))
    expect(ben.heading(said("reach.now.title"))).to_have_count(0)

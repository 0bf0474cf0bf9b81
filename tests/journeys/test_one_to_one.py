"""Reach: Ana writes to Ben alone, from his name; nobody else reads it, and either can end it."""

from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.sentences import said
from tests.journeys.test_sealed import assert_nowhere, on_disk

ALONE = "only-for-ben-5b1f0c77"


def test_two_talk_alone_and_one_closes_it_p1_p37(kitchen, devices):
    first = len(devices.asked)
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben", size=DESK)
    ana.about_member("Ben")
    ana.press(said("talks.with", "Ben"))
    expect(ana.heading("Ben")).to_be_visible()
    ana.clean()
    ana.say(f"Are you up? {ALONE}")
    ana.page.reload()
    ana.reads(ALONE)
    ben.sees(said("talks.new", "Ana"))
    ben.page.get_by_role("link", description="Ana", exact=True).click()
    ben.reads(ALONE)
    ben.on_message(ALONE, "Hear")
    expect(ana.message(ALONE)).to_contain_text("Ben hears you")
    a_concern_says_that_it_is_between_two(ben)
    ben.say(f"I am. {ALONE} too.")
    ana.reads(f"I am. {ALONE}")
    nobody_else_is_told(kitchen, devices, first)
    ben.press(said("talks.close"))
    ben.sees(said("talks.closeMore", "Ana"))
    ben.clean()
    ben.press(said("talks.closeIt"))
    ben.sees_heading("Members")
    expect(ben.heading(said("talks.title"))).to_have_count(0)
    ana.sees(said("talks.over.closed"))
    expect(ana.field("Say something")).to_have_count(0)
    ana.reads(f"Are you up? {ALONE}")


def nobody_else_is_told(kitchen, devices, first):
    dee = kitchen.come_in("Dee")
    dee.follow("Members")
    dee.sees_heading("Members")
    expect(dee.heading(said("talks.title"))).to_have_count(0)
    assert_nowhere([ALONE], {one.url: one.everything() for one in devices.asked[first:]})
    assert_nowhere([ALONE], on_disk(kitchen.site.data))


def a_concern_says_that_it_is_between_two(ben):
    ben.on_message(ALONE, said("room.more"))
    ben.follow(said("room.panel.concern"))
    ben.sees_heading(said("deciding.report.title"))
    ben.sees(said("deciding.report.leadAlone"))
    ben.page.go_back()
    ben.reads(ALONE)

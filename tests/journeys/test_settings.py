"""Settings that are one's own: how it looks, leaving by Shift, whom to see less of, a copy. Put back afterwards."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.sentences import said

MUTED = "thunderstorm"
LEFT = re.compile(r"\bleft\b")
MINE = "I was out on the hill myself."
UNMARKED, AFTER = "Rain all day, and soup.", "There is some soup left."
HEARD = "There was a thunderstorm over the hill tonight."


def shift_three_times(person):
    person.page.get_by_role("heading", level=1).click()
    for _ in range(3):
        person.page.keyboard.press("Shift")


def untick(person, name):
    person.page.get_by_role("checkbox", name=name, exact=True).uncheck()


def mute(person, words):
    person.open("#/settings")
    person.write(said("settings.mute.words"), words)
    person.field(said("settings.mute.words")).locator("xpath=ancestor::section[1]").get_by_role(
        "button", name=said("save"), exact=True
    ).click()
    person.sees(said("saved"))


def test_what_one_sets_holds_and_can_be_put_back(kitchen):
    ben, ana = kitchen.come_in("Ben"), kitchen.come_in("Ana")
    whole = ben.page.locator("html")
    ben.open("#/settings")
    ben.choose(said("settings.look.dark"))
    expect(whole).to_have_attribute("data-theme", "dark")
    ben.tick(said("settings.look.low"))
    expect(whole).to_have_attribute("data-look", "low")
    untick(ben, said("settings.exit.shift"))
    ben.clean()
    shift_three_times(ben)
    expect(whole).not_to_have_class(LEFT)
    mute(ben, MUTED)
    ana.enter().say(HEARD)
    ben.enter()
    ben.sees(said("room.muted"))
    expect(ben.page.get_by_text(HEARD)).to_have_count(0)
    mute(ben, "")
    ben.choose(said("settings.look.system"))
    untick(ben, said("settings.look.low"))
    ben.tick(said("settings.exit.shift"))
    ben.enter().reads(HEARD)
    a_person_and_a_talk_are_muted_and_heard_again(ben)
    nothing_is_marked_as_new(ben, ana)
    ben_keeps_a_copy(ben, ana)


def a_person_and_a_talk_are_muted_and_heard_again(ben):
    for mute, unmute, none in (
        (said("room.panel.mutePerson", "Ana"), said("settings.mute.unmute", "Ana"), said("settings.mute.nobody")),
        (said("room.panel.muteThread"), said("settings.mute.unmuteAll"), said("settings.mute.nothing")),
    ):
        ben.enter().on_message(HEARD, said("room.more"))
        ben.press(mute)
        expect(ben.page.get_by_text(HEARD)).to_have_count(0)
        ben.page.get_by_role("button", name=said("room.showMuted"), exact=True).last.click()
        ben.reads(HEARD)
        ben.open("#/settings")
        ben.press(unmute)
        ben.sees(none)
    ben.enter().reads(HEARD)


def nothing_is_marked_as_new(ben, ana):
    """Whoever keeps no reading place is told of nothing that is new, and finds it all the same."""
    ben.open("#/settings")
    untick(ben, said("settings.reading.place"))
    ben.enter("Everyday room")
    ana.say(UNMARKED)
    ana.enter("Everyday room").say(AFTER)
    ben.reads(AFTER)
    expect(ben.page.locator(".doors .new")).to_have_count(0)
    ben.enter().reads(UNMARKED)
    expect(ben.page.get_by_text(said("room.newLine"))).to_have_count(0)
    ben.open("#/settings")
    ben.tick(said("settings.reading.place"))


def ben_keeps_a_copy(ben, ana):
    """His own words as they were sent, and nobody else's."""
    ben.enter().say(MINE)
    ana.enter().reads(MINE)
    ben.open("#/settings")
    with ben.page.expect_download() as kept:
        ben.press(said("settings.words.export"))
    ben.sees(said("settings.words.exported"))
    text = Path(kept.value.path()).read_text(encoding="utf-8")
    assert MINE in text
    assert HEARD not in text and "Ana" not in text

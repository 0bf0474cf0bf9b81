"""Settings that are one's own: how it looks, leaving by Shift, words to see less of. Put back afterwards."""

import re

from playwright.sync_api import expect

from tests.journeys.sentences import said

MUTED = "thunderstorm"
LEFT = re.compile(r"\bleft\b")
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

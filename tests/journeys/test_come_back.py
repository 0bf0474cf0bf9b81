"""Come back: after the browser's storage is gone, the passphrase or the recovery code brings everything back."""

import dataclasses

from playwright.sync_api import expect

from tests.journeys.devices import DESK, PATIENCE_MS
from tests.journeys.people import SHARED, Person
from tests.journeys.sentences import said
from tests.journeys.storage import the_app_is_kept

NEW_PASSPHRASE = "mitten saucer lighthouse eleven"
NEWEST_PASSPHRASE = "saucer eleven mitten lighthouse"
WORDS = "I am still here, says Dee."


def test_dee_comes_back_with_passphrase_and_with_code(table, devices, open_device):
    dee = table.come_in("Dee").enter()
    old = dee.who
    dee.say(WORDS)
    a_new_passphrase(dee, old.passphrase, NEW_PASSPHRASE)
    code = a_recovery_code(dee, NEW_PASSPHRASE)
    table.goes_home("Dee")

    again = Person(old, open_device(size=DESK), table.origin)
    again.open()
    again.try_to_come_in(old.passphrase)
    again.sees(said("trouble.wrong_name_or_passphrase"))
    again.clean()
    again.try_to_come_in(NEW_PASSPHRASE)
    again.is_in()
    again.enter().reads(WORDS)

    third = Person(old, open_device(), table.origin)
    a_mistyped_code_says_which_part(third, code)
    third.write("Recovery code", code.lower().replace("-", " "))
    third.press("Come in")
    third.is_in()
    third.enter().reads(WORDS)
    a_new_passphrase(third, code, NEWEST_PASSPHRASE)
    a_device_is_forgotten(third)
    fourth = Person(dataclasses.replace(old, passphrase=NEWEST_PASSPHRASE), devices.open(DESK), table.origin)
    fourth.come_in(device=SHARED)
    fourth.enter().reads(WORDS)
    table.stays(fourth)


def a_recovery_code(dee, passphrase):
    dee.follow("Members")
    dee.follow(said("settings.title"))
    dee.follow(said("ways.title"))
    dee.follow(said("settings.waysIn.code"))
    dee.press(said("coming.made.make"))
    shown, asked = dee.page.locator(".code"), dee.field(said("coming.made.passphrase"))
    expect(shown.or_(asked)).to_be_visible()
    if asked.count():
        dee.write(said("coming.made.passphrase"), passphrase)
        dee.press(said("coming.made.make"))
    groups = shown.inner_text().split()
    assert len(groups) == 7
    dee.press(said("coming.made.done"))
    return "-".join(groups)


def a_mistyped_code_says_which_part(person, code):
    """One wrong letter in the third group: the third group is named."""
    groups = code.split("-")
    groups[2] = ("8" if groups[2][0] != "8" else "9") + groups[2][1:]
    person.open()
    person.follow(said("coming.useCode"))
    person.write("Recovery code", "-".join(groups))
    person.choose(said("coming.device.mine"))
    person.press("Come in")
    person.sees(said("trouble.code_mistyped").replace("{part}", "3"))


def a_new_passphrase(person, typed, new):
    """`typed`: the passphrase or the code of now. The only passphrase is changed as easily as one beside a code."""
    person.follow("Members")
    person.follow(said("settings.title"))
    person.follow(said("ways.title"))
    person.press(said("settings.waysIn.change"))
    person.write(said("ways.proof"), typed)
    person.write(said("settings.waysIn.next"), new)
    person.press(said("settings.waysIn.changeDo"))
    expect(person.page.get_by_text(said("settings.waysIn.changed"))).to_be_visible()


def a_device_is_forgotten(person):
    """It was their own until now: what it needed to open by itself goes with it."""
    person.open("#/settings")
    person.sees(said("settings.device.isMine"))
    the_app_is_kept(person.page, kept=True, most=PATIENCE_MS)
    person.press(said("settings.device.forget"))
    person.press(said("settings.device.forgetYes"))
    person.is_out()
    the_app_is_kept(person.page, kept=False, most=PATIENCE_MS)

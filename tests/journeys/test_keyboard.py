"""By keyboard alone: a group is started, something is said, somebody is heard, and the page is left."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.cast import BEN, CAL
from tests.journeys.devices import DESK
from tests.journeys.people import GROUP, LOOKS_IN, Person
from tests.journeys.sentences import said

MOST_TABS = 60
HEARD = "I made soup, and there is some left."
HAS_FOCUS = "(element) => element === document.activeElement"


def tab_to(page: Page, where: Locator, key: str = "Tab") -> None:
    """Goes there as a person does, with the Tab key; what has the focus is in sight."""
    expect(where).to_be_visible()
    for _each in range(MOST_TABS):
        page.keyboard.press(key)
        if where.evaluate(HAS_FOCUS):
            expect(where).to_be_in_viewport()
            return
    raise AssertionError(f"the Tab key does not come to {where}")


def test_a_group_is_started_by_keyboard_alone(kitchen, open_device):
    page = open_device(DESK)
    cal = Person(CAL, page, kitchen.origin)

    def press(name: str) -> None:
        tab_to(page, cal.button(name))
        page.keyboard.press("Enter")

    def write(label: str, text: str) -> None:
        tab_to(page, cal.field(label))
        page.keyboard.type(text)

    cal.open()
    press("Start a group")
    write("Sign-in name", CAL.sign_in)
    write("Passphrase", CAL.passphrase)
    for tick in ("adult", "consent"):
        tab_to(page, page.get_by_role("checkbox", name=said(f"starting.account.{tick}"), exact=True))
        page.keyboard.press("Space")
    press(said("on"))
    write("Group's name", GROUP)
    write("Name in the group", CAL.name)
    press(said("on"))
    press("I agree")
    press(said("on"))
    write(said("group.safeguarding.person"), CAL.name)
    write(said("group.safeguarding.looksIn"), LOOKS_IN)
    press("Start a group")
    cal.is_in()
    write("Say something", "Hello, whoever comes.")
    press("Send")
    cal.reads("Hello, whoever comes.")


def test_hearing_somebody_and_leaving_by_keyboard_alone(kitchen):
    ana, ben = kitchen.come_in("Ana").enter(), kitchen.come_in("Ben", size=DESK)
    ana.say(HEARD)
    tab_to(ben.page, ben.link("The room"))
    ben.page.keyboard.press("Enter")
    ben.reads(HEARD)
    hear = ben.message(HEARD).get_by_role("button", name="Hear", exact=True)
    tab_to(ben.page, hear)
    ben.page.keyboard.press("Enter")
    expect(ana.message(HEARD).locator(".heard")).to_contain_text(BEN.name)
    expect(hear).to_have_attribute("aria-pressed", "true")
    ben.page.reload()
    ben.reads(HEARD)
    # From the heading, where a page begins, it is five steps back, and five Shifts are not three alone.
    tab_to(ben.page, ben.button(said("exit")), "Shift+Tab")
    ben.page.keyboard.press("Enter")
    ben.page.wait_for_url("**/elsewhere")
    ben.open()
    ben.press("Come in")
    ben.is_in()

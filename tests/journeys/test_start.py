"""Start: with the operator's code, a person starts a group and is in a room in under three minutes."""

import re
import time

from playwright.sync_api import Page

from tests.cast import ANA
from tests.fixtures.servers import Served
from tests.journeys.devices import DESK
from tests.journeys.people import GROUP, MINE, Person
from tests.journeys.sentences import said

THREE_MINUTES = 180
OPERATOR_PASSPHRASE = "kettle harbour window moss"
OWN_CLAUSE = "We put the kettle on before we begin."


def a_start_code(site: Served, page: Page) -> str:
    """Olive, who runs the site, makes a code on her page."""
    said = site.command("operator", "add", "olive@boat.example")
    page.goto(said.strip().splitlines()[-1])
    page.get_by_label("Passphrase").fill(OPERATOR_PASSPHRASE)
    page.get_by_role("button", name="Keep this passphrase").click()
    page.get_by_label("Name or e-mail").fill("olive@boat.example")
    page.get_by_label("Passphrase").fill(OPERATOR_PASSPHRASE)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Make a start code").click()
    return page.locator(".code").inner_text()


def test_a_person_starts_a_group(coded, open_device):
    code = a_start_code(coded, open_device(DESK))
    ana = Person(ANA, open_device(), coded.origin)
    began = time.monotonic()
    ana.open()
    ana.press("Start a group")
    ana.write(said("starting.code.label"), "boat-0000-0000")
    ana.on()
    ana.sees(said("trouble.start_code_wrong"))
    ana.write(said("starting.code.label"), code)
    ana.on()
    ana.sees_heading(said("starting.account.title"))
    ana.on()
    ana.sees(said("starting.account.adultMissing"))
    ana.clean()
    ana.write_account(MINE)
    ana.on()
    ana.write("Group's name", GROUP)
    ana.write("Name in the group", ANA.name)
    ana.clean()
    ana.on()
    ana.press(said("starting.agreement.add"))
    ana.write(said("starting.agreement.heading"), "Tea")
    ana.write(said("starting.agreement.clause"), OWN_CLAUSE)
    ana.press(said("starting.agreement.done"))
    ana.clean()
    ana.press("I agree")
    ana.clean()
    ana.on()
    ana.clean()
    ana.press("Start a group")
    ana.is_in()
    assert time.monotonic() - began < THREE_MINUTES
    inviting_waits_for_the_safeguarding_page(ana)
    ana.follow("Members")
    ana.follow("Agreement")
    ana.sees(OWN_CLAUSE)


def inviting_waits_for_the_safeguarding_page(ana: Person) -> None:
    """It is pre-filled with the operator's contact, and then an invitation can be made."""
    ana.follow("Members")
    ana.press("Invite someone")
    ana.sees(said("group.invite.firstMore"))
    ana.clean()
    ana.follow(said("group.invite.firstGo"))
    assert ana.field(said("group.safeguarding.contact")).input_value() == "people@boat.example"
    ana.write_safeguarding()
    ana.press(said("group.safeguarding.save"))
    ana.sees(re.compile(ANA.name))
    assert "/in/#join." in ana.invite("Ben")

"""Wait: told honestly, with a way back out at any time; after a week, "That is not about you"."""

from playwright.sync_api import expect

from tests.cast import EVE
from tests.journeys.devices import DESK
from tests.journeys.people import HELLO, Person
from tests.journeys.sentences import said


def test_eve_waits_and_nobody_answers(own_kitchen, open_device):
    kitchen = own_kitchen()
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben", size=DESK)
    eve = Person(EVE, open_device(), kitchen.origin)
    eve.knock(ana.invite(EVE.name))
    eve.sees(said("joining.wait.told"))
    unused = ana.invite_another("Somebody")
    ana.follow(said("doors.today"))
    ana.sees_heading(said("today.knock", EVE.name))
    assert ben.heading(said("today.knock", EVE.name)).count() == 0
    kitchen.site.move_clock(days=1.1)
    ben.days_later(1.1)
    ben.follow(said("today.openKnock"))
    ben.sees(HELLO)
    ben.sees(said("group.door.onlyHost"))
    kitchen.site.move_clock(days=7.5)
    eve.days_later(7.5)
    eve.sees_heading(said("joining.wait.nobody"))
    eve.clean()
    assert eve.link(said("joining.wait.find")).get_attribute("href") == "/find"
    eve.press(said("joining.wait.withdraw"))
    eve.sees_heading(said("today.noGroup"))
    late = open_device()
    late.goto(unused)
    expect(late.get_by_role("alert")).to_have_text(said("trouble.invitation_over"))

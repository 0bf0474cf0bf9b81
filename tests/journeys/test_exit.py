"""Exit: blank at once, the session ended, a neutral site; on one's own device back in one touch."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.cast import BEN, DEE
from tests.journeys.devices import DESK, PATIENCE_MS
from tests.journeys.people import SHARED, Person
from tests.journeys.sentences import said
from tests.journeys.storage import kept, the_app_is_kept

SAID, HALF = "I had soup, says the one who leaves.", "Half a sentence that waits for its"


def is_gone(person):
    """On the neutral page, signed out, and Back shows nothing of the room."""
    person.page.wait_for_url("**/elsewhere")
    assert person.page.context.request.get(f"{person.origin}/api/session").status == 401
    person.page.go_back()
    expect(person.page.get_by_text(SAID)).to_have_count(0)
    expect(person.page.get_by_text(HALF)).to_have_count(0)


def by_button(person):
    person.press("Leave this page now")


def by_shift(person):
    for _ in range(3):
        person.page.keyboard.press("Shift")


def test_on_ones_own_device_it_is_one_touch_back(kitchen):
    ben = kitchen.come_in("Ben", size=DESK).enter()
    ben.say(SAID)
    for leave in (by_button, by_shift):
        ben.write("Say something", HALF)
        leave(ben)
        is_gone(ben)
        ben.open()
        ben.sees(said("coming.rested", BEN.sign_in))
        ben.clean()
        ben.press("Come in")
        ben.is_in()
        ben.enter().reads(SAID)
        expect(ben.field("Say something")).to_have_value(HALF)
    ben.write("Say something", "")


def test_keys_at_rest_cannot_be_taken_out_p6(kitchen):
    ben = kitchen.come_in("Ben", size=DESK)
    ben.page.reload()
    ben.is_in()
    found = kept(ben.page)
    assert found["keys"]
    assert not [key for key in found["keys"] if key["extractable"] or key["taken"]]
    held = "\n".join(found["texts"])
    for secret in (BEN.passphrase, SAID, HALF):
        assert secret not in held


def test_on_a_shared_device_nothing_stays_p68(kitchen, open_device):
    """By Shift it is left in `test_lost`."""
    dee = Person(DEE, open_device(), kitchen.origin)
    dee.come_in(device=SHARED)
    leaves_nothing(dee, by_button)


def leaves_nothing(dee: Person, leave: Callable[[Person], None]) -> None:
    """Of somebody who is in on a shared device."""
    dee.enter().say(SAID)
    dee.write("Say something", HALF)
    # Also while the page is open: a battery may go, or somebody may just walk away.
    nothing_is_kept(dee)
    leave(dee)
    is_gone(dee)
    dee.page.goto(f"{dee.origin}/help")
    nothing_is_kept(dee)
    dee.open()
    expect(dee.field("Sign-in name")).to_have_value("")


def nothing_is_kept(person: Person) -> None:
    found = kept(person.page)
    assert found["keys"] == []
    assert found["caches"] == []
    held = "\n".join(found["texts"])
    for secret in (person.who.passphrase, person.who.sign_in, SAID, HALF):
        assert secret not in held


def test_whoever_passes_the_question_by_can_say_later_that_it_is_theirs(kitchen, devices):
    dee = Person(DEE, devices.open(), kitchen.origin)
    dee.open()
    dee.write("Sign-in name", DEE.sign_in)
    dee.write("Passphrase", DEE.passphrase)
    dee.press("Come in")
    dee.is_in()
    assert kept(dee.page)["keys"] == []
    dee.enter().write("Say something", HALF)
    dee.follow(said("doors.today"))
    dee.clean()
    dee.press(said("settings.device.become"))
    expect(dee.button(said("settings.device.become"))).to_have_count(0)
    by_button(dee)
    dee.page.wait_for_url("**/elsewhere")
    dee.open()
    dee.press("Come in")
    dee.enter()
    expect(dee.field("Say something")).to_have_value(HALF)
    assert HALF not in "\n".join(kept(dee.page)["texts"])
    the_app_is_kept(dee.page, kept=True, most=PATIENCE_MS)
    dee.write("Say something", "")
    kitchen.stays(dee)
    kitchen.rests("Dee")


def test_leaving_works_at_the_front_door_too(kitchen, open_device):
    nobody = Person(DEE, open_device(), kitchen.origin)
    nobody.open()
    nobody.is_out()
    by_shift(nobody)
    nobody.page.wait_for_url("**/elsewhere")
    nobody.open()
    nobody.press(said("exit"))
    nobody.page.wait_for_url("**/elsewhere")

"""Without a connection: what was written waits, sealed, and is sent once; nothing is lost, nothing twice."""

import pytest
from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.sentences import said
from tests.journeys.storage import kept

WAITS, LATER = "Written while the server was away.", "Written after it came back."
UNSAID = "Better not said."


@pytest.fixture(scope="module")
def pair(kitchens):
    """Ana and Ben, whose server goes away and comes back."""
    pair = kitchens("Ana", "Ben")
    yield pair
    pair.empty()


def test_what_was_written_waits_and_is_sent_once(pair):
    ana, ben = pair.come_in("Ana").enter(), pair.come_in("Ben", size=DESK).enter()
    pair.site.stop()
    ana.say(WAITS)
    expect(ana.message(WAITS)).to_contain_text(said("room.waiting"))
    ana.sees(said("notices.away.text"))
    ana.say(UNSAID)
    ana.on_message(UNSAID, said("room.panel.takeBack"))
    expect(ana.message(UNSAID)).to_have_count(0)
    ana.clean()
    assert WAITS not in "\n".join(kept(ana.page)["texts"])
    pair.site.start()
    ben.reads(WAITS)
    expect(ana.message(WAITS)).not_to_contain_text(said("room.waiting"))
    ana.say(LATER)
    ben.reads(LATER)
    for person in (ana, ben):
        person.page.reload()
        person.enter().reads(LATER)
        expect(person.message(WAITS)).to_have_count(1)
        expect(person.message(UNSAID)).to_have_count(0)
        expect(person.page.get_by_text(said("room.missing"))).to_have_count(0)


def test_leaving_works_without_a_server(pair):
    ana = pair.come_in("Ana").enter()
    ana.say("Something to be covered.")
    pair.site.stop()
    ana.say("Something that waits.")
    expect(ana.message("Something that waits.")).to_contain_text(said("room.waiting"))
    ana.press("Leave this page now")
    ana.page.wait_for_url("about:blank")
    pair.site.start()
    ana.open()
    ana.press("Come in")
    ana.enter()
    expect(ana.message("Something that waits.")).to_have_count(1)
    expect(ana.message("Something that waits.")).not_to_contain_text(said("room.waiting"))

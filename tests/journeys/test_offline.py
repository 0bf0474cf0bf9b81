"""Without a connection: what was written waits, sealed, and is sent once; nothing is lost, nothing twice."""

from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.sentences import said
from tests.journeys.storage import kept

WAITS, LATER = "Written while the server was away.", "Written after it came back."
UNSAID = "Better not said."


def test_what_was_written_waits_and_is_sent_once(harbour):
    ana, ben = harbour.come_in("Ana").enter(), harbour.come_in("Ben", size=DESK).enter()
    harbour.site.stop()
    ana.say(WAITS)
    expect(ana.message(WAITS)).to_contain_text(said("room.waiting"))
    ana.sees(said("notices.away.text"))
    ana.say(UNSAID)
    ana.on_message(UNSAID, said("room.panel.takeBack"))
    expect(ana.message(UNSAID)).to_have_count(0)
    ana.clean()
    assert WAITS not in "\n".join(kept(ana.page)["texts"])
    harbour.site.start()
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


def test_leaving_works_without_a_server(harbour):
    ana = harbour.come_in("Ana").enter()
    ana.say("Something to be covered.")
    harbour.site.stop()
    ana.say("Something that waits.")
    expect(ana.message("Something that waits.")).to_contain_text(said("room.waiting"))
    ana.press("Leave this page now")
    ana.page.wait_for_url("about:blank")
    harbour.site.start()
    ana.open()
    ana.press("Come in")
    ana.enter()
    expect(ana.message("Something that waits.")).to_have_count(1)
    expect(ana.message("Something that waits.")).not_to_contain_text(said("room.waiting"))

"""Without a connection: what was written waits, sealed, and is sent once; nothing is lost, nothing twice."""

from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.sentences import said
from tests.journeys.storage import kept

WAITS, LATER = "Written while the server was away.", "Written after it came back."
UNSAID = "Better not said."


def test_what_was_written_waits_and_is_sent_once(own_kitchen):
    kitchen = own_kitchen()
    ana, ben = kitchen.come_in("Ana").enter(), kitchen.come_in("Ben", size=DESK).enter()
    kitchen.site.stop()
    ana.say(WAITS)
    expect(ana.message(WAITS)).to_contain_text(said("room.waiting"))
    ana.sees(said("notices.away.text"))
    ana.say(UNSAID)
    ana.on_message(UNSAID, said("room.panel.takeBack"))
    expect(ana.message(UNSAID)).to_have_count(0)
    ana.clean()
    assert WAITS not in "\n".join(kept(ana.page)["texts"])
    kitchen.site.start()
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


def test_five_tabs_make_no_false_gap_p62(own_kitchen):
    kitchen = own_kitchen()
    ana, ben = kitchen.come_in("Ana").enter(), kitchen.come_in("Ben", size=DESK).enter()
    tabs = [ana, *(ana.another_tab().enter() for _ in range(4))]
    for number, tab in enumerate(tabs):
        tab.say(f"From tab {number}.")
    devtools = ana.page.context.new_cdp_session(ana.page)
    devtools.send("Storage.clearDataForOrigin", {"origin": kitchen.origin, "storageTypes": "indexeddb"})
    for number, tab in enumerate(tabs[1:], 5):
        tab.say(f"From tab {number}.")
    for person in (ben, *tabs[1:]):
        person.page.set_viewport_size({"width": 1280, "height": 2400})
        for number in range(9):
            person.reads(f"From tab {number}.")
            expect(person.message(f"From tab {number}.")).to_have_count(1)
        expect(person.page.get_by_text(said("room.missing"))).to_have_count(0)


def test_leaving_works_without_a_server(own_kitchen):
    kitchen = own_kitchen()
    ana = kitchen.come_in("Ana").enter()
    ana.say("Something to be covered.")
    kitchen.site.stop()
    ana.say("Something that waits.")
    expect(ana.message("Something that waits.")).to_contain_text(said("room.waiting"))
    ana.press("Leave this page now")
    ana.page.wait_for_url("about:blank")
    kitchen.site.start()
    ana.open()
    ana.press("Come in")
    ana.enter()
    expect(ana.message("Something that waits.")).to_have_count(1)
    expect(ana.message("Something that waits.")).not_to_contain_text(said("room.waiting"))

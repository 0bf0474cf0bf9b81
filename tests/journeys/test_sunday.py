"""The Sunday restore: last night's copy is put back, and members' devices mend it while nobody does anything."""

from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.sentences import like, said

BEFORE, AFTER, BY_ANA = "Said on Saturday.", "Said on Sunday morning.", "Said while Mo was going."
LATER = "Said when all was well again."


def test_last_nights_copy_is_mended_without_a_tap_p45(harbour):
    ana, ben = harbour.come_in("Ana").enter(), harbour.come_in("Ben", size=DESK).enter()
    ana.say(BEFORE)
    ben.reads(BEFORE)
    harbour.site.command("backup")
    ben.say(AFTER)
    harbour.leaves("Mo")
    ana.reads(AFTER)
    ana.say(BY_ANA)
    ben.reads(BY_ANA)
    harbour.site.stop()
    harbour.site.command("restore", "latest")
    harbour.site.start()
    for person in (ana, ben):
        person.sees(like("restoredTo"))
    ana.clean()
    dee = harbour.come_in("Dee").enter()
    for person in (ana, ben, dee):
        for words in (BEFORE, AFTER, BY_ANA):
            person.reads(words)
    ana.press(said("notices.restored.act"))
    dee.say(LATER)
    for person in (ana, ben):
        person.reads(LATER)
        person.page.reload()
        person.enter().reads(LATER)
        for words in (BEFORE, AFTER, BY_ANA):
            expect(person.message(words)).to_have_count(1)
        expect(person.page.get_by_text(said("room.missing"))).to_have_count(0)
    dee.follow("Members")
    expect(dee.member("Ana")).to_be_visible()
    expect(dee.member("Mo")).to_have_count(0)
    harbour.goes_home("Dee")

"""Two stories of one group, after a copy was put back and somebody went on from it: two people bring them together."""

from playwright.sync_api import expect

from sameboat.client import Member, governance
from tests import cast
from tests.journeys.devices import DESK
from tests.journeys.sentences import said

BEFORE, OVER, WAITS, LATER = "Said before the copy.", "Said where it did not go on.", "Written meanwhile.", "All well."


def test_two_people_bring_two_stories_together_p46(harbour):
    # No day of mending goes on from `test_sunday`.
    harbour.site.command("restored", "--over")
    ana, ben = harbour.come_in("Ana").enter(), harbour.come_in("Ben", size=DESK).enter()
    ana.say(BEFORE)
    ben.reads(BEFORE)
    dee = Member.come_in(harbour.origin, cast.DEE.sign_in, cast.DEE.passphrase)
    harbour.site.command("backup")
    harbour.leaves("Cal")
    ana.say(OVER)
    ben.reads(OVER)
    the_copy_is_put_back_and_dee_goes_on(harbour, dee, ana, ben)
    for person in (ana, ben):
        person.say(WAITS)
        person.sees(said("notices.forked.text"))
    ana.follow(said("look"))
    ana.sees_heading(said("fork.there"))
    ana.clean()
    ana.choose("Ben")
    ana.press(said("fork.ask"))
    ana.sees(said("fork.sent", "Ben"))
    ben.follow(said("look"))
    ben.press(said("fork.yes"))
    ben.sees(said("fork.one"))
    all_go_on(ana, ben, dee)


def the_copy_is_put_back_and_dee_goes_on(harbour, dee, ana, ben):
    """Nobody else's phone is near while Dee takes another name."""
    for person in (ana, ben):
        person.page.context.set_offline(True)
    harbour.site.stop()
    harbour.site.command("restore", "latest")
    harbour.site.command("restored", "--over")
    harbour.site.start()
    governance.rename(dee.talk, "Dee by the door")
    for person in (ana, ben):
        person.page.context.set_offline(False)


def all_go_on(ana, ben, dee):
    for person in (ana, ben):
        person.follow("Members")
        expect(person.member("Dee by the door")).to_be_visible()
        expect(person.member("Cal")).to_have_count(0)
        person.enter().reads(BEFORE)
        expect(person.message(OVER)).to_have_count(0)
    expect(ana.field("Say something")).to_have_value(f"{OVER}\n\n{WAITS}")
    ana.press("Send")
    ben.reads(WAITS)
    ben.write("Say something", LATER)
    ben.press("Send")
    ana.reads(LATER)
    assert LATER in [one.text for one in dee.read()]

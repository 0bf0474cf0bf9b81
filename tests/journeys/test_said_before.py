"""What was said before somebody came, given by two in sight of all; and a key that does not open, mended by one tap."""

from playwright.sync_api import expect

from sameboat.client import Member
from tests import cast
from tests.hostile.forging import post_raw
from tests.hostile.test_keys import bad_epoch
from tests.journeys.devices import DESK
from tests.journeys.sentences import said
from tests.journeys.test_join import EARLIER

SINCE, SHUT = "Said when Eve was there.", "Said under a key that Ben has not."


def test_earlier_words_are_given_by_two_and_a_missed_key_comes_again_p22_p54(kitchen):
    host = Member.come_in(kitchen.origin, cast.ANA.sign_in, cast.ANA.passphrase)
    if "Eve" not in kitchen.members:
        host.say(EARLIER)
        eve_joins(kitchen, host)
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben", size=DESK)
    eve = kitchen.come_in("Eve").enter()
    ana.enter().say(SINCE)
    eve.reads(SINCE)
    expect(eve.message(EARLIER)).to_have_count(0)
    two_give_eve_what_was_said(ana, ben)
    eve.reads(EARLIER)
    eve.follow("Members")
    eve.follow(said("earlier.link"))
    eve.sees_heading(said("earlier.givenTitle"))
    eve.clean()
    a_key_does_not_open_for_ben(host, ben, eve)
    kitchen.goes_home("Eve")


def eve_joins(kitchen, host):
    """Where she has not joined in `test_join` before."""
    guest = Member.knock_at(
        kitchen.origin, host.invite("Eve"), cast.EVE.sign_in, cast.EVE.passphrase, name="Eve", hello="hello"
    )
    host.admit(host.door()[0])
    assert guest.enter()
    guest.go_out()
    kitchen.members += ("Eve",)


def two_give_eve_what_was_said(ana, ben):
    ana.follow("Members")
    ana.follow(said("earlier.link"))
    card = ana.heading(said("earlier.forWhom", "Eve")).locator("..")
    card.get_by_role("radio", name="Ben").check()
    card.get_by_role("button", name=said("earlier.ask")).click()
    ana.sees(said("earlier.sent", "Ben"))
    ben.follow(said("doors.today"))
    ben.heading(said("deciding.asks.earlier")).locator("..").get_by_role("link").click()
    ben.clean()
    ben.press(said("earlier.yes", "Eve"))
    ben.sees_heading(said("earlier.givenTitle"))


def a_key_does_not_open_for_ben(host, ben, eve):
    host.talk.look()
    wire, attachments = bad_epoch(host, host.talk.circle.state, spoil=host.member_named("Ben"))
    assert post_raw(host, wire, attachments=attachments)[0] == 201
    eve.enter().say(SHUT)
    ben.enter().sees(said("keyBy", "Ana"))
    expect(ben.message(SHUT)).to_have_count(0)
    ben.press(said("notices.someone_was_out.act"))
    ben.reads(SHUT)
    expect(ben.page.get_by_text(said("keyBy", "Ana"))).to_have_count(0)
    ben.say("All is well.")
    eve.reads("All is well.")

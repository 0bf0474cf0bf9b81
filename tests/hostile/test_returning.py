"""Somebody who lost everything is let in anew by two, and in no other way; nobody else waits for it."""

import time

import pytest

from sameboat.client import Member, governance, returning
from sameboat.client.http import Refused
from sameboat.client.joining import knock
from sameboat.protocol.failures import Failure
from tests import cast

LATER = 91


def knocks(site, host, account, name):
    """Somebody with nothing but a new account asks to be let in."""
    lost = Member(account.wire, account)
    shown = site.look(lost, host.invite(name))
    lost.knocked = knock(account, shown, name, "It is me. My phone went into the river.")
    return lost


def at_the_door(member, name):
    return next(one for one in member.door() if one.name == name)


def checked_by(second, author, name, old):
    """The author asks, the second has seen or spoken to them, and says so."""
    returning.ask_second(author.talk, at_the_door(author, name), old, second.id, "Was it you who rang?")
    asked = returning.returns_asked(second.talk)[-1]
    assert (asked.by, asked.old, asked.door.name) == (author.id, old, name)
    returning.check_return(second.talk, asked)
    assert returning.returns_asked(second.talk) == []
    return returning.returns_checked(author.talk)[-1]


@pytest.fixture(scope="module")
def kettle(site):
    """Ben, Ana and Dee. Ana loses her phone, and knocks with a new account; Eve knocks as well."""
    ben, ana, dee = site.group("Ben", "Ana", "Dee")
    ana.say("before the river")
    lost = knocks(site, ben, site.account("Mo"), "Ana again")
    eve = knocks(site, ben, site.account("Eve"), "Eve")
    return ben, ana, dee, lost, eve


def refused(act):
    with pytest.raises((Refused, Failure)) as failed:
        act()
    return failed.value.code


def test_nobody_comes_back_without_two_who_checked_p10(kettle):
    ben, ana, dee, *_ = kettle
    door, other = at_the_door(ben, "Ana again"), at_the_door(ben, "Eve")
    good = checked_by(dee, ben, "Ana again", ana.id)
    # One alone; the second's word for somebody else at the door, or about another member.
    assert refused(lambda: returning.readmit(ben.talk, door, ana.id, None)) == "second_required"
    assert refused(lambda: returning.readmit(ben.talk, other, ana.id, good)) == "bad_second"
    assert refused(lambda: returning.readmit(ben.talk, door, dee.id, good)) == "not_distinct"
    assert ana.id in ben.talk.circle.state.members
    dee.say("nobody waits for this")
    ana.say("nor for this")
    assert ben.read()[-1].text == "nor for this"


def test_after_it_everybody_goes_on_and_nothing_old_opens_p10(kettle):
    ben, ana, dee, lost, _ = kettle
    good = checked_by(dee, ben, "Ana again", ana.id)
    returning.readmit(ben.talk, at_the_door(ben, "Ana again"), ana.id, good)
    assert lost.enter()
    assert lost.id != ana.id
    said = [dee.say("here you are"), lost.say("here I am")]
    for member in (ben, dee, lost):
        assert [one.text for one in member.read()][-2:] == ["here you are", "here I am"]
        assert member.evidence == []
    # No history comes by itself, and nothing more comes to what was lost.
    assert [one.text for one in lost.read()] == ["here you are", "here I am"]
    assert said[1].author == lost.id
    assert refused(ana.read) == "nothing_here"
    assert ana.id not in dee.talk.circle.state.members


def test_the_only_host_is_lost_and_two_appoint_another_p64(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    assert refused(lambda: ben.invite("Ana")) == "not_a_host"
    asked = governance.propose_host(ben.talk, ben.id, 30)
    dee.read()
    governance.agree_to_host(dee.talk, dee.talk.messages[asked.hash])
    lost = knocks(site, ben, site.account("Sam"), "Ana with a new phone")
    checked = checked_by(dee, ben, "Ana with a new phone", ana.id)
    returning.readmit(ben.talk, at_the_door(ben, "Ana with a new phone"), ana.id, checked)
    assert lost.enter()
    lost.say("thank you both")
    assert dee.read()[-1].text == "thank you both"
    assert set(dee.talk.circle.state.members) == {ben.id, dee.id, lost.id}


def test_in_a_group_of_two_the_other_takes_the_task_once_it_is_free_p64(own_site):
    ana, ben = own_site.group("Ana", "Ben")
    lost_account = own_site.account("Sam")
    assert refused(lambda: governance.set_host(ben.talk, ben.id, 30)) == "not_authorised"
    own_site.served.move_clock(days=LATER)
    later = lambda: time.time() + LATER * 86_400  # noqa: E731
    ben = Member.come_in(own_site.origin, cast.BEN.sign_in, cast.BEN.passphrase, clock=later)
    lost_account.clock = later
    lost_account = own_site.accounts["Sam"] = Member.come_in(
        own_site.origin, cast.SAM.sign_in, cast.SAM.passphrase, clock=later
    ).account
    governance.set_host(ben.talk, ben.id, 30)
    lost = knocks(own_site, ben, lost_account, "Ana once more")
    returning.readmit(ben.talk, at_the_door(ben, "Ana once more"), ana.id, None)
    assert lost.enter()
    lost.say("only us two, as before")
    assert ben.read()[-1].text == "only us two, as before"

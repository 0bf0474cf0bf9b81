"""A copy of the server is put back: members' clients mend it by themselves, or say plainly what does not agree."""

import pytest

from sameboat.client import parting
from sameboat.client.http import Refused


def put_back(site):
    """What an operator does on a Sunday."""
    site.served.stop()
    site.served.command("restore", "latest")
    site.served.start()


def words(member):
    return [said.text for said in member.read()]


def test_an_honest_restore_is_mended_without_a_tap_p45(own_site):
    ana, ben, cal, dee = own_site.group("Ana", "Ben", "Cal", "Dee")
    ana.say("before the copy")
    for one in (ben, cal, dee):
        one.read()
    own_site.served.command("backup")
    ben.say("after it, from Ben")
    ana.propose_removal(cal.id, ben.id, "we agreed on this")
    ben.complete_removals()
    dee.say("after it, from Dee")
    ana.account.set_mine("settings", {"quiet": True})
    everything = words(ana)
    ben.read()
    put_back(own_site)

    assert cal.read()
    assert words(ana) == everything
    with pytest.raises(Refused):
        cal.read()
    assert [words(one) for one in (ben, dee)] == [everything] * 2
    assert cal.id not in dee.talk.circle.state.members
    fresh = own_site.another_device(dee)
    assert words(fresh) == everything
    assert not fresh.missing() and not fresh.evidence and not fresh.talk.refused
    ana.come_back()
    assert own_site.another_device(ana).account.mine["settings"] == {"quiet": True}
    fresh.say("and on")
    assert words(dee) == [*everything, "and on"]
    only_repairs_and_messages_that_day(own_site, ana, ben, dee)


def only_repairs_and_messages_that_day(site, ana, ben, dee):
    """And leaving is at once, that day as well."""
    with pytest.raises(Refused) as refused:
        ana.invite("Eve")
    assert refused.value.code == "restoring"
    who = ben.id
    ben.leave()
    with pytest.raises(Refused) as gone:
        ben.wire.get(f"{ana.talk.circle.path}/messages")
    assert gone.value.status == 404
    site.served.command("restored", "--over")
    assert parting.bring_partings(ana.talk) == 1
    ana.say("and after it")
    assert words(dee)[-1] == "and after it"
    assert who not in dee.talk.circle.state.members


def test_all_refill_whatever_they_hold_p47(own_site):
    """One phone was away for half a year, one holds more than the server, one was wiped: all read and write."""
    ana, ben, dee = own_site.group("Ana", "Ben", "Dee")
    stale = own_site.another_device(ben)
    own_site.let_in(ana, "Cal")
    ana.say("while Ben's other phone was away")
    ben.read()
    own_site.served.command("backup")
    dee.talk.rotate()
    dee.say("only Dee's phone still holds this")
    put_back(own_site)
    own_site.served.command("restored", "--over")

    stale.say("half a year later")
    wiped = own_site.another_device(ana)
    assert words(wiped) == ["while Ben's other phone was away", "half a year later"]
    assert words(dee)[:1] == ["while Ben's other phone was away"]
    told = [words(one) for one in (ana, ben, dee, stale, wiped)]
    assert all(sorted(one) == sorted(told[0]) for one in told)
    assert "only Dee's phone still holds this" in told[0]
    for one in (ana, ben, dee, stale, wiped):
        one.say("here")
        assert not one.missing()

"""A copy of the server is put back: members' clients mend it by themselves, or say plainly what does not agree."""

import pytest

from sameboat.client import Stopped, forks, governance, parting
from sameboat.client.http import Refused
from sameboat.protocol.log import extend
from sameboat.protocol.primitives import h, sign
from sameboat.protocol.seal import make_epoch
from tests.hostile.forging import EVENTS, after, another_log, log_rows, post_raw, row, signed


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


def test_two_branches_are_healed_by_two_and_who_went_stays_out_p46(own_site):
    ana, ben, cal, dee = own_site.group("Ana", "Ben", "Cal", "Dee")
    ana.say("before the copy")
    for one in (ben, cal, dee):
        one.read()
    own_site.served.command("backup")
    ana.propose_removal(cal.id, ben.id, "we agreed on this")
    ben.complete_removals()
    ana.read()
    ana.say("said on the branch that ends")
    ben.read()
    put_back(own_site)
    own_site.served.command("restored", "--over")
    governance.rename(dee.talk, "Dee the second")
    for one in (ana, ben):
        with pytest.raises(Stopped):
            one.say("nothing leaves while there are two branches")
        assert one.evidence[-1].code == "fork"

    forks.propose_heal(ana.talk, ben.id)
    (asked,) = forks.heals_asked(ben.talk)
    assert asked.out == [cal.id]
    other = ben.talk.circle.other_branch()
    alone = signed(ben.talk.circle.keys, other.state, "heal", [asked.abandoned, asked.fork, asked.out, None])
    assert post_raw(ben, alone)[1]["code"] == "second_required"
    forks.complete_heal(ben.talk, asked)
    assert words(ana) == words(ben) == words(dee) == ["before the copy"]
    assert [message.rest[-1] for message in ana.talk.say_again()] == ["said on the branch that ends"]
    ben.send_waiting()
    unsent = "nothing leaves while there are two branches"
    everything = ["before the copy", unsent, "said on the branch that ends", unsent]
    assert [words(one) for one in (ana, ben, dee)] == [everything] * 3
    for one in (ana, ben, dee):
        assert cal.id not in one.talk.circle.state.members
        assert not one.missing()
    with pytest.raises(Refused):
        cal.wire.get(f"{ana.talk.circle.path}/messages")
    assert ana.room_words() == ben.room_words() == dee.room_words()
    assert ana.members()[dee.id] == "Dee the second"
    assert words(own_site.another_device(ana)) == everything


def test_a_branch_goes_on_only_by_two_who_belonged_before_p46(site):
    """A server that makes up a branch with one member who means ill cannot lead anybody onto it."""
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    for one in (ben, dee):
        one.talk.look()
    thief, state, rows = ana.talk.circle.keys, ana.talk.circle.state, log_rows(ana)
    ben.say("the branch that all hold")
    governance.rename(ben.talk, "Ben")
    dee.read()
    first = signed(thief, state, "name", [bytes(32)])
    state = after(state, first)
    tip, fork = dee.talk.circle.state.head, len(rows)
    parts = [state.circle, tip, fork, h("heal-out", []), ana.id, state.head, state.time + 9]
    body = [tip, fork, [], [ben.id, state.head, state.time + 9, sign(thief.sign, "second/heal", *parts)]]
    heal = signed(thief, state, "heal", body)
    made = make_epoch(thief, extend(state, [heal], trusted=True)[0], state.time, dee.talk.ring.card(state))
    # The second one holds in itself: nobody was asked whether to go on with it.
    unasked = signed(thief, state, "name", [bytes([1]) * 32])
    for wires in ((first, heal, made.wire), (first, unasked)):
        branch = [*rows, *(row(fork + n, wire) for n, wire in enumerate(wires))]
        with site.mallory.tampering(EVENTS, another_log(branch)):
            for _ in range(2):
                with pytest.raises(Stopped) as stopped:
                    dee.talk.circle.catch_up()
                assert stopped.value.code == "fork"
        assert dee.talk.circle.state.head == tip

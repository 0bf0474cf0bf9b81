"""Clocks that are wrong by years: a client's, and the server's."""

import time

import pytest

from sameboat.client import Refused, Stopped, governance
from tests.hostile.forging import EVENTS, another_log, log_rows, row, signed

DAY = 86_400
YEARS = 10 * 365 * DAY


def later(by):
    return lambda: time.time() + by


@pytest.fixture(scope="module")
def group(site):
    ana, ben = site.group("Ana", "Ben")
    ana.say("said today")
    return ana, ben


def test_a_client_ten_years_ahead_neither_forks_nor_forgets_p52(site, group):
    ahead = site.another_device(group[1], later(YEARS))
    assert [said.text for said in ahead.read()] == ["said today"]
    assert not ahead.evidence
    assert not ahead.missing()
    with pytest.raises(Refused) as refused:
        governance.mend(ahead.talk)
    assert refused.value.code == "clock"
    assert not ahead.talk.circle.stopped


def test_a_client_ten_years_ahead_does_not_become_host_p52(site, group):
    ana, ben = group
    ahead = site.another_device(ben, later(YEARS))
    with pytest.raises(Refused) as refused:
        governance.set_host(ahead.talk, ben.id, 30)
    assert refused.value.code == "clock"
    ana.talk.look()
    assert ana.talk.circle.state.is_host(ana.id, int(time.time()))
    assert not ana.talk.circle.state.is_host(ben.id, int(time.time()))


def test_an_event_from_tomorrow_is_held_even_if_the_server_takes_it_p52(site, group):
    ana, ben = group
    ben.talk.look()
    state = ana.talk.circle.state
    ahead = state.copy()
    ahead.time = int(time.time()) + YEARS
    seized = signed(ben.talk.circle.keys, ahead, "role", [ben.id, ahead.time + 86_400, None])
    before = len(ana.talk.circle.wires)
    with site.mallory.tampering(EVENTS, another_log([*log_rows(ana), row(before, seized)])):
        ana.talk.look()
        assert ana.talk.circle.held
        assert next(said.text for said in ana.read()) == "said today"
    assert len(ana.talk.circle.wires) == before
    assert not ana.evidence
    assert not ana.talk.circle.stopped
    ana.say("and on")


def test_a_client_ten_years_behind_waits_and_accuses_nobody_p52(site, group):
    ben = group[1]
    behind = site.another_device(ben, later(-YEARS))
    circle = behind.talk.circle
    assert circle.held
    assert not behind.evidence
    assert not circle.stopped
    with pytest.raises(Stopped) as stopped:
        behind.say("from ten years ago")
    assert stopped.value.code == "clock"
    circle.clock = time.time
    assert next(said.text for said in behind.read()) == "said today"


@pytest.mark.parametrize("by", [DAY - 300, -(DAY - 300)])
def test_a_client_whose_clock_is_a_day_off_reads_and_writes_p52(site, by):
    ana, ben = site.group("Ana", "Ben")
    ana.say("said now")
    off = site.another_device(ben, later(by))
    off.say("said by a clock that is off")
    assert [said.text for said in ana.read()] == ["said now", "said by a clock that is off"]
    assert not off.talk.circle.held
    assert not off.missing()
    assert not off.evidence


def test_a_client_a_day_ahead_is_told_that_a_clock_is_wrong_p52(site):
    (ana,) = site.group("Ana")
    ahead = site.another_device(ana, later(DAY))
    with pytest.raises(Refused) as refused:
        governance.mend(ahead.talk)
    assert refused.value.code == "clock"


def test_a_client_more_than_a_day_behind_waits_until_its_clock_is_right_p52(site):
    (ana,) = site.group("Ana")
    ana.say("said now")
    behind = site.another_device(ana, later(-DAY - 300))
    assert behind.talk.circle.held
    assert not behind.evidence
    behind.talk.circle.clock = time.time
    assert [said.text for said in behind.read()] == ["said now"]


@pytest.mark.parametrize("by", [YEARS, -YEARS])
def test_a_server_ten_years_off_loses_nothing_that_members_hold_p52(own_site, by):
    ana, ben = own_site.group("Ana", "Ben")
    ana.say("held by both")
    ben.read()
    own_site.served.move_clock(seconds=by)
    with pytest.raises(Refused) as refused:
        governance.mend(ana.talk)
    own_site.served.move_clock()
    assert refused.value.code in ("clock", "not_signed_in", "sign_in_first")
    assert [message.rest[-1] for message in ben.talk.in_order()] == ["held by both"]
    assert not ben.evidence
    assert not ana.evidence

"""Goodbyes signed ahead, brought by somebody else once an account is gone, and a server that shows others."""

import time

import pytest

from sameboat.client import Member, parting
from tests import cast

PARTINGS = "GET /api/circles/*/partings"
WEEK = 7 * 86_400


@pytest.fixture(scope="module")
def over(own_site):
    """Ana and Dee eight days after Ben closed his account. Mo closed hers too and thought better of it."""
    ana, ben, _, mo = own_site.group("Ana", "Ben", "Dee", "Mo")
    ben.say("said before Ben went")
    with own_site.mallory.recording() as seen:
        mo.close_account()
    kept = next(asked.json["partings"][0] for asked in seen if asked.path == "/api/account/close")
    mo.come_back()
    mo.reopen_account()
    ben.close_account()
    assert parting.bring_partings(ana.talk) == 0
    own_site.served.move_clock(days=8)
    stale = {"bytes": kept["bytes"], "sig": kept["sig"]}
    return [back(own_site, one) for one in (cast.ANA, cast.DEE)], ben.id, mo.id, stale


def back(site, person):
    return Member.come_in(site.origin, person.sign_in, person.passphrase, clock=lambda: time.time() + 8 * 86_400)


def forged(told):
    """What a server could make of a goodbye: the same for somebody else, nothing at all, no signature."""
    return [{"bytes": told["sig"], "sig": told["sig"]}, {"bytes": "!", "sig": told["sig"]}, {"sig": told["sig"]}]


def test_a_goodbye_that_is_none_takes_nobody_out_and_stops_no_other(own_site, over):
    (ana, dee), ben, mo, stale = over
    told = []

    def add(asked, answer):
        told.extend(answer.json["partings"])
        return answer.telling({"partings": [stale, *forged(stale), *answer.json["partings"]]})

    with own_site.mallory.tampering(PARTINGS, add):
        assert parting.bring_partings(ana.talk) == 1
    assert len(told) == 1
    dee.read()
    assert ben not in dee.talk.circle.state.members
    assert mo in dee.talk.circle.state.members
    assert not dee.evidence


def test_after_a_goodbye_the_next_who_speaks_turns_the_key_and_ben_s_words_stay(own_site, over):
    (ana, dee), ben, _, _ = over
    assert parting.bring_partings(dee.talk) == 0
    said = dee.say("after Ben")
    epoch = dee.talk.circle.state.epoch
    assert said.header.epoch == epoch.id
    event = next(event for event in dee.talk.circle.events if event.id == epoch.id)
    assert [member for member, _ in event.body[4]] == [ben]
    assert [one.text for one in ana.read()] == ["said before Ben went", "after Ben"]
    assert not ana.missing()

"""Earlier words for somebody who came later: by a host and a second, in sight of all; and keys that were missed."""

import os

import pytest

from sameboat.client import Stopped, governance, history
from sameboat.client.notes import note
from sameboat.protocol.failures import Failure
from sameboat.protocol.locks import box
from sameboat.protocol.primitives import h
from tests.hostile.forging import EVENTS, another_log, log_rows, post_raw, row, signed
from tests.hostile.test_keys import bad_epoch, texts


def test_after_history_a_newcomer_opens_what_was_given_and_no_more_p22(site):
    ana = site.found("Ana")
    ana.say("before the first key that is given")
    ben = site.let_in(ana, "Ben")
    ana.say("under a key that is given")
    ben.talk.circle.send(ben.talk.ring.rotate)
    ben.say("and another")
    ana.read()
    dee = site.let_in(ana, "Dee")
    assert texts(dee) == []
    history.propose(ana.talk, dee.id, ben.id)
    (asked,) = history.asked(ben.talk)
    history.complete(ben.talk, asked)
    assert texts(dee) == ["under a key that is given", "and another"]
    assert texts(site.another_device(dee)) == texts(dee)
    assert not dee.missing()
    ana.talk.look()
    assert ana.talk.circle.events[-1].type == "history"
    dee.say("and on")
    assert texts(ana)[-1] == "and on"


def test_a_lone_host_gives_nobody_what_was_said_before_p63(site):
    ana, ben = site.group("Ana", "Ben")
    dee = site.let_in(ana, "Dee")
    ana.talk.look()
    circle, epoch = ana.talk.circle, ana.talk.circle.state.epochs[0].id
    sealed = os.urandom(80)
    alone = signed(circle.keys, circle.state, "history", [dee.id, [[epoch, h("attachment", sealed)]], None])
    status, told = post_raw(ana, alone, attachments={h("attachment", sealed): sealed})
    assert (status, told["code"]) == (422, "second_required")
    rows = [*log_rows(ana), row(len(circle.wires), alone)]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Stopped) as stopped:
        ben.talk.circle.catch_up()
    assert stopped.value.code == "second_required"


def test_a_key_that_the_epoch_did_not_commit_to_is_not_taken_p22(site):
    ana, ben = site.group("Ana", "Ben")
    ana.say("before Dee")
    dee = site.let_in(ana, "Dee")
    ana.talk.look()
    circle, epoch = ana.talk.circle, ana.talk.circle.state.epochs[-2].id
    public = circle.state.members[dee.id].box_pk
    sealed = box(public, os.urandom(32), "history-box", circle.id, epoch, dee.id)
    ben.talk.look()
    state, keys = ben.talk.circle.state, ben.talk.circle.keys
    second = history.second_history(keys, state, dee.id, [epoch], state.time + 1000)
    given = signed(circle.keys, circle.state, "history", [dee.id, [[epoch, h("attachment", sealed)]], second])
    assert post_raw(ana, given, attachments={h("attachment", sealed): sealed})[0] == 201
    assert texts(dee) == []
    assert epoch not in dee.talk.circle.epoch_keys
    dee.say("nothing else is hurt")


def test_who_got_a_bad_box_reads_what_was_missed_after_one_tap_p54(site):
    ana, ben, dee, mo = site.group("Ana", "Ben", "Dee", "Mo")
    ana.talk.look()
    wire, attachments = bad_epoch(ana, ana.talk.circle.state, spoil=ben.id)
    assert post_raw(ana, wire, attachments=attachments)[0] == 201
    dee.say("Ben cannot read this one yet")
    assert texts(ben) == []
    governance.mend(ben.talk)
    assert history.ask_for_missed(ben.talk) == 1
    assert [history.answer_missed(one.talk) for one in (dee, mo)] == [1, 0]
    assert texts(ben) == ["Ben cannot read this one yet"]
    ben.say("all is well")
    assert texts(mo) == texts(ben)
    events = len(mo.talk.circle.events)
    assert [history.answer_missed(one.talk) for one in (dee, mo, ana)] == [0, 0, 0]
    assert history.ask_for_missed(ben.talk) == 0
    mo.talk.look()
    assert len(mo.talk.circle.events) == events


def test_nobody_seals_for_who_was_not_meant_p54(site):
    ana, ben = site.group("Ana", "Ben")
    ana.say("before Dee")
    first = ana.talk.circle.state.epoch.id
    dee = site.let_in(ana, "Dee")
    dee.talk.ring.unusable[first] = ana.id
    asked = [int(dee.talk.circle.clock()), "missed-key", [first]]
    note(dee.talk.circle, ben.id, asked)
    assert history.answer_missed(ben.talk) == 0
    assert texts(dee) == []
    with pytest.raises(Failure):
        dee.talk.circle.send(lambda batch: batch.add("history", [dee.id, [[first, bytes(32)]], None]))

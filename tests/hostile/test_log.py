"""The log under a server that drops, reorders, truncates, rolls back, forks, invents."""

import os

import pytest

from sameboat.client import Stopped
from sameboat.client.http import unb64
from sameboat.protocol.failures import Failure
from sameboat.protocol.primitives import sign
from sameboat.protocol.seal import (
    commit,
    link_from,
    make_create,
    make_epoch,
    make_request,
    new_member,
    new_opening,
)
from sameboat.protocol.state import State
from tests.hostile.forging import (
    EVENTS,
    after,
    another_log,
    flipped,
    forged_chain,
    log_rows,
    post_raw,
    retold,
    row,
    signed,
)


@pytest.fixture(scope="module")
def group(site):
    return site.group("Ana", "Ben", "Dee")


ALTERED = {
    "dropped": lambda rows: rows[:3] + rows[4:],
    "reordered": lambda rows: [*rows[:3], rows[4], rows[3], *rows[5:]],
    "first gone": lambda rows: rows[1:],
    "doubled": lambda rows: [*rows[:3], rows[2] | {"seq": 3}, *rows[3:]],
    "cut before its epoch": lambda rows: rows[:-1],
}


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_log_stops_a_new_device_p17(site, group, how):
    with site.mallory.tampering(EVENTS, retold(ALTERED[how])), pytest.raises((Stopped, Failure)):
        site.another_device(group[1])


@pytest.mark.parametrize("place", range(0, 400, 37))
def test_no_byte_of_an_event_can_be_turned_p17(site, group, place):
    def turn(rows):
        wire = flipped(unb64(rows[3]["event"]), place)
        return [*rows[:3], rows[3] | row(3, wire), *rows[4:]]

    with site.mallory.tampering(EVENTS, retold(turn)), pytest.raises((Stopped, Failure)):
        site.another_device(group[1])


def test_a_log_put_back_stops_whoever_saw_more_p17(site, group):
    ben = group[1]
    before = len(ben.talk.circle.wires)
    with site.mallory.tampering(EVENTS, another_log(log_rows(ben)[:-2])):
        with pytest.raises(Stopped) as stopped:
            ben.talk.circle.catch_up()
        with pytest.raises(Stopped):
            ben.say("not into a log that was put back")
    assert stopped.value.code == "rolled_back"
    assert ben.evidence[-1].ours == ben.talk.circle.wires[before - 2]
    ben.say("whole again")


def test_a_log_put_back_shows_on_a_new_device_by_the_pins_p17(site, group):
    dee = group[2]
    dee.pin()
    with site.mallory.tampering(EVENTS, another_log(log_rows(dee)[:-2])):
        fresh = site.another_device(dee)
        with pytest.raises(Stopped):
            fresh.say("not here")
    assert fresh.evidence[0].code == "rolled_back"


def test_a_fork_is_seen_and_both_events_are_kept_p17(site):
    ana, ben = site.group("Ana", "Ben")
    ben.talk.look()
    circle, state = ana.talk.circle, ana.talk.circle.state
    ours = signed(circle.keys, state, "role", [circle.keys.member, 0, None])
    theirs = signed(circle.keys, state, "role", [ben.id, 0, None])
    assert post_raw(ana, ours)[0] == 201
    ben.talk.look()
    onward = signed(circle.keys, after(state, theirs), "role", [ben.id, 0, None])
    rows = [*log_rows(ana), row(len(circle.wires), theirs), row(len(circle.wires) + 1, onward)]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Stopped) as stopped:
        ben.talk.circle.catch_up()
    assert stopped.value.code == "fork"
    assert (ben.evidence[-1].ours, ben.evidence[-1].theirs) == (ours, theirs)
    with pytest.raises(Stopped):
        ben.say("a fork is not forgotten when the server tells the old story again")


def test_two_members_fed_different_logs_find_out_with_the_first_message_p18(site):
    ana, ben = site.group("Ana", "Ben")
    ben.talk.look()
    ana.talk.circle.send(lambda batch: batch.add("name", [ana.talk.ring.learn("name", new_opening("Ana"))]))
    with site.mallory.tampering(EVENTS, another_log(log_rows(ben))):
        ana.say("this names what Ben was not shown")
        assert ben.read() == []
    assert [seen.code for seen in ben.evidence] == ["unknown_head"]


def test_a_member_whom_the_server_invented_is_not_believed_p19(site):
    ana, ben = site.group("Ana", "Ben")
    ana.invite("Eve")
    invite = list(ana.talk.circle.state.invites)[-1]
    ghost = new_member()
    words = [commit("name", new_opening("Nobody")), ana.talk.circle.state.words[1]]
    request = make_request(ghost, link_from(os.urandom(16)), ana.talk.circle.id, invite, *words)
    inserted = forged_chain(ana, ana.id, ghost, "admit", [*request, os.urandom(32), None])
    start = len(ana.talk.circle.wires)
    rows = [*log_rows(ana), *(row(start + n, wire) for n, wire in enumerate(inserted))]
    telling = site.mallory.tampering(EVENTS, another_log(rows))
    with telling, site.mallory.recording() as seen, pytest.raises(Stopped):
        ben.talk.look()
        ben.say("nobody else may get a key")
    assert not [asked for asked in seen if asked.method == "POST"]
    assert ghost.member not in ben.talk.circle.state.members


def test_another_circle_in_place_of_ones_own_is_not_believed_p14(site, group):
    """A whole and well signed log, only not of this circle."""
    ben = group[1]
    imposter = new_member()
    rest = [bytes(32), [bytes(32), bytes(32), None], [90, 30, 0, [], None]]
    wire = make_create(imposter, ben.talk.circle.state.time, 2, rest)
    made = make_epoch(imposter, after(State(), wire), ben.talk.circle.state.time, [None, None, None, []])
    rows = [row(0, wire), row(1, made.wire, made.attachments)]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Stopped) as stopped:
        site.another_device(ben)
    assert stopped.value.code == "wrong_circle"


def test_keys_change_only_by_a_signed_event_p14(site):
    ana, ben = site.group("Ana", "Ben")
    thief, circle = new_member(), ana.talk.circle
    ana.talk.look()
    parts = [circle.id, circle.state.head, ben.id, thief.sign_pk, thief.box_pk]
    body = [thief.sign_pk, thief.box_pk, sign(thief.sign, "rekey", *parts)]
    forged = forged_chain(ana, ben.id, thief, "rekey", body)
    assert post_raw(ana, *forged)[0] == 422
    start = len(circle.wires)
    rows = [*log_rows(ana), *(row(start + n, wire) for n, wire in enumerate(forged))]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Stopped) as stopped:
        circle.catch_up()
    assert stopped.value.code == "bad_signature"
    assert circle.state.members[ben.id].sign_pk == ben.talk.circle.keys.sign_pk


def test_a_lone_host_cannot_shorten_the_window_p63(site):
    ana, ben = site.group("Ana", "Ben")
    circle = ana.talk.circle
    ana.talk.look()
    alone = signed(circle.keys, circle.state, "policy", [circle.state.words, [30, 30, 0, [], None], None])
    status, told = post_raw(ana, alone)
    assert (status, told["code"]) == (422, "second_required")
    rows = [*log_rows(ana), row(len(circle.wires), alone)]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Stopped) as stopped:
        ben.talk.circle.catch_up()
    assert stopped.value.code == "second_required"


def test_room_words_agree_and_change_with_who_belongs_p15(site):
    ana, ben = site.group("Ana", "Ben")
    before = ana.room_words()
    assert ben.room_words() == before
    dee = site.let_in(ana, "Dee")
    assert ana.room_words() == ben.room_words() == dee.room_words() != before


def test_the_log_holds_also_when_old_boxes_and_cards_are_deleted_p17(site):
    ana, ben = site.group("Ana", "Ben")
    ana.say("sealed to the newest key")

    def without_old(rows):
        return [*(one | {"attachments": {}} for one in rows[:-1]), *rows[-1:]]

    with site.mallory.tampering(EVENTS, retold(without_old)):
        fresh = site.another_device(ben)
    assert not fresh.evidence
    assert [said.text for said in fresh.read()] == ["sealed to the newest key"]
    assert fresh.words().group == "Thursday kettle"

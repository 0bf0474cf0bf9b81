"""Talks of two, and own circles, under a server that lies: what holds in a group holds there, and no third comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from sameboat.client import Member, Refused, Stopped, governance
from sameboat.client.http import b64, unb64
from sameboat.client.one_to_one import Talking, close_talk, in_talk, talk_with, talks
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import make_talk, new_member, rekey_body
from sameboat.protocol.state import State
from tests.hostile import test_log, test_messages
from tests.hostile.forging import (
    EVENTS,
    MESSAGES,
    after,
    another_log,
    flipped,
    log_rows,
    messages_as,
    retold,
    row,
    signed,
)
from tests.hostile.mallory import Mallory
from tests.hostile.people import Site
from tests.hostile.test_keys import bad_epoch

CIRCLES = "GET /api/circles"
OPENING = "POST /api/circles/*/talks"
EPOCHS = 3


@dataclass
class InTalks:
    """The site as tests of groups know it, where every group is a talk; who is named third is not in it."""

    site: Site
    three: list[Member]

    @property
    def mallory(self) -> Mallory:
        assert self.site.mallory is not None
        return self.site.mallory

    def group(self, *names: str) -> list[Member]:
        """A fresh talk of two; the one before is closed."""
        ana, ben, dee = self.three
        for circle in open_talks(dee):
            one = in_talk(dee, circle)
            if ben.id in one.talk.circle.state.members:
                close_talk(one)
        opened = talk_with(dee, ben.id)
        return [opened, in_talk(ben, opened.talk.circle.id), ana][: len(names)]

    def another_device(self, member: Talking) -> Talking:
        """The same talk, of which nothing was seen yet."""
        me = next(one for one in self.three if one.id == member.id)
        return in_talk(me, member.talk.circle.id)


def open_talks(me: Member) -> list[bytes]:
    """What the server calls open of one's talks in the open group: those that were closed take long to open too."""
    told = [one for one in me.wire.get("/circles")["circles"] if one["talk"] and not one["talk"]["over"]]
    return [unb64(one["circle"]) for one in told if unb64(one["talk"]["shared"]) == me.talk.circle.id]


@pytest.fixture(scope="module")
def site(site: Site) -> InTalks:
    return InTalks(site, site.group("Ana", "Ben", "Dee"))


@pytest.fixture(scope="module")
def group(site: InTalks) -> list[Member]:
    """Ana's and Ben's talk with some history, and Dee, who is in their group."""
    ana, ben, dee = site.three
    pair = [talk_with(ana, ben.id), talk_with(ben, ana.id)]
    for _ in range(EPOCHS):
        governance.mend(pair[0].talk)
    pair[1].talk.look()
    return [*pair, dee]


AGAIN = (
    test_messages.test_no_field_of_a_header_can_be_changed_p25,
    test_messages.test_a_message_is_not_taken_in_another_group_p25,
    test_messages.test_a_message_told_twice_is_shown_once_p25,
    test_messages.test_a_dropped_message_leaves_a_gap_p26,
    test_messages.test_one_persons_words_keep_their_order_p26,
    test_log.test_no_byte_of_an_event_can_be_turned_p17,
    test_log.test_a_log_put_back_stops_whoever_saw_more_p17,
    test_log.test_another_circle_in_place_of_ones_own_is_not_believed_p14,
)
globals().update({f"{test.__name__}_p31": test for test in AGAIN})


def texts(member: Member) -> list[str]:
    return [said.text for said in member.read()]


def test_two_talk_and_each_reads_the_other_by_name(site):
    dee, ben = site.group("Dee", "Ben")
    dee.say("Are you up?")
    ben.say("I am.")
    assert texts(dee) == texts(ben) == ["Are you up?", "I am."]
    assert [said.name for said in dee.read()] == ["Dee", "Ben"]
    assert dee.room_words() == ben.room_words()


ALTERED: dict[str, Callable[[list], list]] = {
    "dropped": lambda rows: [rows[0], *rows[2:]],
    "reordered": lambda rows: [rows[1], rows[0], *rows[2:]],
    "first gone": lambda rows: rows[1:],
    "doubled": lambda rows: [*rows[:2], rows[1] | {"seq": 2}, *rows[2:]],
    "cut before its epoch": lambda rows: rows[:1],
    "turned": lambda rows: [rows[0], row(1, flipped(test_log.unb64(rows[1]["event"]), 90)), *rows[2:]],
}


@pytest.mark.parametrize("how", ALTERED)
@pytest.mark.parametrize("kind", ["own", "talk"])
def test_an_altered_log_stops_a_new_device_p31(site, group, how, kind):
    ben, me = group[1], site.three[1]
    with site.mallory.tampering(EVENTS, retold(ALTERED[how])), pytest.raises((Stopped, Failure)):
        if kind == "own":
            me.own_circle()
        else:
            site.another_device(ben)
    assert me.own_circle().state.ids and site.another_device(ben).talk.circle.state.ids


def test_neither_speaks_as_the_other_p31(site):
    dee, ben = site.group("Dee", "Ben")
    real = dee.say("this is Dee")
    header = test_messages.header_like(real.header, author=ben.id, stream=bytes(16), id=bytes(16))
    wire, _ = test_messages.seal(dee, header, "this is not Ben")
    with pytest.raises(Refused):
        dee.wire.post(f"{dee.talk.circle.path}/messages", {"envelope": b64(wire)})
    told = {"position": 900, "at": 1, "envelope": b64(wire)}
    with site.mallory.tampering(MESSAGES, messages_as(lambda rows: [*rows, told])):
        assert texts(ben) == ["this is Dee"]
    assert ben.talk.refused[wire] == "bad_signature"


def test_two_who_are_fed_different_logs_find_out_with_the_first_message_p31(site):
    dee, ben = site.group("Dee", "Ben")
    governance.mend(dee.talk)
    with site.mallory.tampering(EVENTS, another_log(log_rows(ben))):
        dee.say("this names what Ben was not shown")
        assert ben.read() == []
    assert [seen.code for seen in ben.evidence] == ["unknown_head"]


def test_a_bad_box_is_mended_by_whom_it_hurts_p31(site):
    dee, ben = site.group("Dee", "Ben")
    wire, attachments = bad_epoch(dee, dee.talk.circle.state, spoil=ben.id)
    assert test_log.post_raw(dee, wire, attachments=attachments)[0] == 201
    dee.say("Ben cannot read this one")
    assert texts(ben) == []
    governance.mend(ben.talk)
    ben.say("with a key of my own making")
    assert texts(dee)[-1] == "with a key of my own making"


@pytest.mark.parametrize("who", ["one too few", "a third"])
def test_an_epoch_goes_to_exactly_the_two_p31_p65(site, who):
    dee, ben, ana = site.group("Dee", "Ben", "Ana")
    recipients = sorted([dee.id] if who == "one too few" else [dee.id, ben.id, ana.id])
    wire, attachments = bad_epoch(dee, dee.talk.circle.state, recipients=recipients)
    assert test_log.post_raw(dee, wire, attachments=attachments)[1]["code"] == "wrong_recipients"
    rows = [*log_rows(dee), row(len(dee.talk.circle.wires), wire, attachments)]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Stopped) as stopped:
        ben.talk.circle.catch_up()
    assert stopped.value.code == "wrong_recipients"


def test_one_of_the_two_and_the_server_cannot_let_in_a_third_p65(site):
    dee, ben = site.group("Dee", "Ben")
    circle, ghost = dee.talk.circle, new_member()
    admit = signed(circle.keys, circle.state, "role", [ghost.member, 0, None])
    rows = [*log_rows(dee), row(len(circle.wires), admit)]
    with site.mallory.tampering(EVENTS, another_log(rows)), site.mallory.recording() as seen:
        with pytest.raises(Stopped) as stopped:
            ben.talk.circle.catch_up()
        with pytest.raises(Stopped):
            ben.say("to nobody else")
    assert stopped.value.code == "wrong_kind"
    assert not [asked for asked in seen if asked.method == "POST"]


def test_a_talk_with_other_keys_than_the_groups_is_not_shown_p65(site):
    """The server, or anybody, begins a talk in Dee's name, under keys of its own making."""
    _, ben, dee = site.three
    thief, shared = replace(new_member(), member=dee.id), ben.talk.circle.state
    wire = make_talk(thief, shared, ben.id, shared.time)
    made = test_log.make_epoch(thief, after(State(), wire), shared.time, [None, None, None, []])
    rows = [row(0, wire), row(1, made.wire, made.attachments)]
    told = {
        "circle": b64(after(State(), wire).circle),
        "kind": 1,
        "talk": {"shared": b64(shared.circle), "over": False},
    }

    def as_well(asked, answer):
        return answer.telling({"circles": [told]})

    with site.mallory.tampering(CIRCLES, as_well), site.mallory.tampering(EVENTS, another_log(rows)):
        assert talks(ben) == []


def test_of_two_who_open_at_once_both_go_on_in_one_p65(site):
    dee, _ = site.group("Dee", "Ben")
    close_talk(dee)
    real, other = site.three[2], site.three[1]
    with site.mallory.tampering(CIRCLES, lambda asked, answer: answer.telling({"circles": []})):
        one, two = talk_with(real, other.id), talk_with(other, real.id)
    assert one.talk.circle.id == two.talk.circle.id
    one.say("first")
    two.say("second")
    assert texts(one) == ["first", "second"]


def test_no_talk_with_another_member_is_opened_than_the_one_asked_for_p65(site):
    """The server answers that a talk is there already, and names a real one with somebody else."""
    dee, _ = site.group("Dee", "Ben")
    real, ben = site.three[2], site.three[1]
    with_ana = talk_with(real, site.three[0].id)
    close_talk(dee)

    def nothing(asked, answer):
        return answer.telling({"circles": []})

    def another(asked, answer):
        return answer.telling({"code": "talk_there", "circle": b64(with_ana.talk.circle.id)}, status=409)

    lying = site.mallory.tampering
    with lying(CIRCLES, nothing), lying(OPENING, another), pytest.raises(Stopped) as stopped:
        talk_with(real, ben.id)
    assert stopped.value.code == "not_a_member"


def test_new_keys_in_the_group_end_a_talk_and_a_new_one_names_it_p65(site):
    dee, ben = site.group("Dee", "Ben")
    dee.say("before")
    texts(ben)
    me = site.three[1]
    keys = replace(new_member(), member=me.id)

    def renew(batch):
        batch.add("rekey", rekey_body(batch.keys, keys, batch.state))
        batch.keys = keys
        me.talk.ring.rotate(batch)

    me.talk.circle.send(renew)
    me.talk.circle.take_keys(keys)
    dee.talk.look()
    with site.mallory.recording() as seen, pytest.raises(Stopped) as stopped:
        dee.say("not under keys that are over")
    assert stopped.value.code == "talk_over"
    assert not [asked for asked in seen if asked.method == "POST"]
    assert texts(dee) == ["before"]
    again = talk_with(me, dee.id)
    assert again.talk.circle.state.pair[6] == dee.talk.circle.id
    again.say("with new keys")
    assert texts(talk_with(site.three[2], me.id)) == ["with new keys"]


def test_who_closed_is_told_nothing_more_and_asked_no_more(site):
    dee, ben = site.group("Dee", "Ben")
    close_talk(ben)
    for verb in (lambda: dee.say("are you there?"), lambda: talk_with(site.three[2], ben.id), ben.read):
        with pytest.raises(Refused):
            verb()
    assert talk_with(site.three[1], dee.id).talk.circle.id != ben.talk.circle.id

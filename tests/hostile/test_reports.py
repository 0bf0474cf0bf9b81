"""Reports under people who make things up, and under a server that says who sent what (P34)."""

import dataclasses
import os

import pytest

from sameboat.client import governance, reports
from sameboat.client.http import b64
from sameboat.client.one_to_one import talk_with
from sameboat.protocol.encoding import enc
from sameboat.protocol.envelope import read_envelope
from sameboat.protocol.locks import gcm_seal
from sameboat.protocol.messages import frank_key, message_keys
from sameboat.protocol.primitives import mac, pad, sign
from sameboat.protocol.seal import make_epoch, make_talk, new_member, open_aside, seal_aside
from sameboat.protocol.state import State
from tests.hostile.forging import after

ASIDES = "GET /api/circles/*/asides"


@pytest.fixture(scope="module")
def group(site):
    return site.group("Ana", "Ben", "Dee", "Mo")


def send(sender, to, rows, talk=None):
    """A report of somebody's own making, to one of those who decide; of a talk with these events."""
    circle = sender.talk.circle
    type_, log = ("report", []) if talk is None else ("report-talk", [talk])
    content = [int(circle.clock()), type_, os.urandom(16), *log, rows, [], ""]
    sealed = seal_aside(circle.keys, circle.id, to.id, circle.state.members[to.id].box_pk, content)
    circle.wire.post(f"{circle.path}/asides", {"to": b64(to.id), "sealed": b64(sealed)})


def put_away(*members):
    for member in members:
        for row in member.wire.get(f"{member.talk.circle.path}/asides")["asides"]:
            member.wire.delete(f"{member.talk.circle.path}/asides/{row['id']}")


def plain(member):
    """All that the newest note to somebody holds."""
    circle = member.talk.circle
    row = member.wire.get(f"{circle.path}/asides")["asides"][-1]
    sender, sealed = (reports.unb64(row[name]) for name in ("from", "sealed"))
    sign_pk = circle.state.members[sender].sign_pk
    return enc(open_aside(circle.keys.box, circle.id, sender, sign_pk, member.id, sealed))


def test_a_report_goes_to_two_and_opens_only_what_was_picked_p34(group):
    ana, ben, dee, mo = group
    hard = mo.say("something hard")
    mo.say("something else")
    dee.read()
    assert reports.report(dee.talk, [dee.talk.messages[hard.hash]], "It was about me.") == [ana.id, ben.id]
    for decider in (ana, ben):
        (got,) = reports.received(decider.talk)
        assert (got.words, [shown.content[7] for shown in got.shown]) == ("It was about me.", ["something hard"])
        assert [shown.header.author for shown in got.shown] == [mo.id]
        assert b"something else" not in plain(decider)
        assert dee.talk.ring.key(hard.header.epoch) not in plain(decider)
    assert reports.received(mo.talk) == []
    reports.answer(ana.talk, got, reports.READ)
    reports.answer(ana.talk, got, reports.ANSWERED, "We have spoken.")
    assert [said for _, *said in reports.answers(dee.talk, got.id)] == [[1, ""], [2, "We have spoken."]]
    put_away(ana, ben, dee)


def test_a_report_that_is_sent_again_comes_once_p34(group):
    ana, ben, dee, mo = group
    said = mo.say("once")
    dee.read()
    id_ = os.urandom(16)
    for _ in range(2):
        reports.report(dee.talk, [dee.talk.messages[said.hash]], "again", id_)
    assert [[got.id for got in reports.received(decider.talk)] for decider in (ana, ben)] == [[id_], [id_]]
    put_away(ana, ben)


def test_whoever_is_asked_to_go_hears_why_first_and_a_second_who_says_no_tells_both(group):
    ana, ben, dee, mo = group
    ana.propose_removal(mo.id, ben.id, "It went on.")
    told = [(who, reports._asides(who.talk, "before-remove")) for who in (mo, ben, dee)]
    assert [[content[2:] for *_, content in rows] for _, rows in told] == [[["It went on."]], [], []]
    (asked,) = governance.removals_asked(ben.talk)
    governance.decline_removal(ben.talk, asked)
    assert governance.removals_asked(ben.talk) == []
    for who, count in ((ana, 1), (mo, 1), (dee, 0)):
        told = reports._asides(who.talk, "not-removed")
        assert [(sender, content[2]) for _, sender, content in told] == [(ben.id, mo.id)] * count
    put_away(ana, mo)


def test_what_checks_one_message_opens_none_p34(group):
    ana, _, dee, mo = group
    said = mo.say("only this")
    dee.read()
    key = dee.talk.ring.key(said.header.epoch)
    frank = frank_key(key, said.header)
    assert frank not in message_keys(key, said.header)
    with pytest.raises(reports.Failure, match="cannot_open"):
        reports.open_message(frank, read_envelope(dee.talk.envelopes[said.hash]), mo.talk.circle.keys.sign_pk)
    assert reports.received(ana.talk) == []


def test_nobody_reports_what_was_never_said_p34(group):
    ana, _, dee, mo = group
    said = mo.say("what was said")
    dee.read()
    row = reports._row(dee.talk, dee.talk.messages[said.hash])
    raw, _, signature, frank = row
    made_up = enc([*said.content[:-1], "what was never said"])
    header = dee.talk.messages[said.hash].header
    own = dee.talk.circle.keys
    by_dee = sign(own.sign, "message", header.bare, made_up)
    fitting = dataclasses.replace(header, commitment=mac(frank, "franking", header.bare, made_up, by_dee)).raw
    elsewhere = dataclasses.replace(header, circle=os.urandom(32)).raw
    for forged in (
        [raw, made_up, signature, frank],
        [raw, made_up, by_dee, frank],
        [fitting, made_up, by_dee, frank],
        [elsewhere, row[1], signature, frank],
        [raw, row[1], signature, os.urandom(32)],
    ):
        send(dee, ana, [row, forged])
        assert reports.received(ana.talk) == []
    send(dee, ana, [row])
    assert len(reports.received(ana.talk)) == 1
    put_away(ana)


def test_what_could_not_be_reported_is_not_shown_p34(group):
    """A message whose commitment is to something else opens for its key, and is refused all the same."""
    ana, _, _, mo = group
    good = mo.say("a last good word")
    key = mo.talk.ring.key(good.header.epoch)
    header = dataclasses.replace(
        good.header, id=os.urandom(16), stream=os.urandom(16), counter=0, prev=None, commitment=os.urandom(32)
    )
    content = enc([int(mo.talk.circle.clock()), [], "say", "room", None, None, 0, "deniable"])
    signature = sign(mo.talk.circle.keys.sign, "message", header.bare, content)
    sealed = gcm_seal(*message_keys(key, header), pad(enc([content, signature]), 16384), header.raw)
    mo.wire.post(f"{mo.talk.circle.path}/messages", {"envelope": b64(enc([header.raw, sealed]))})
    assert "deniable" not in [said.text for said in ana.read()]
    assert "bad_commitment" in ana.talk.refused.values()


def test_the_server_cannot_say_that_somebody_else_reported_p34(site, group):
    ana, ben, dee, mo = group
    said = mo.say("somebody minds this")
    dee.read()
    reports.report(dee.talk, [dee.talk.messages[said.hash]], "")

    def as_ben(_, answer):
        return answer.telling({"asides": [row | {"from": b64(ben.id)} for row in answer.json["asides"]]})

    with site.mallory.tampering(ASIDES, as_ben):
        assert reports.received(ana.talk) == []
    assert [got.sender for got in reports.received(ana.talk)] == [dee.id]
    put_away(ana, ben)


@pytest.fixture(scope="module")
def alone(group):
    """Dee's talk with Mo, and what Mo said there."""
    _, _, dee, mo = group
    hers, his = talk_with(dee, mo.id), talk_with(mo, dee.id)
    hard = his.say("something hard, to her alone")
    his.say("something else")
    hers.read()
    return hers, hers.talk.messages[hard.hash]


def test_a_report_of_a_talk_goes_to_two_others_and_opens_only_what_was_picked_p34(group, alone):
    ana, ben, dee, mo = group
    hers, hard = alone
    assert reports.report_talk(hers, [hard], "It was said to me alone.") == [ana.id, ben.id]
    for decider in (ana, ben):
        (got,) = reports.received(decider.talk)
        assert (got.alone, got.words) == (True, "It was said to me alone.")
        assert [(one.header.author, one.content[7]) for one in got.shown] == [(mo.id, "something hard, to her alone")]
        assert b"something else" not in plain(decider)
        assert hers.talk.ring.key(hard.header.epoch) not in plain(decider)
    assert reports.received(mo.talk) == reports.received(dee.talk) == []
    reports.answer(ana.talk, got, reports.READ)
    assert [said for _, *said in reports.answers(dee.talk, got.id)] == [[1, ""]]
    put_away(ana, ben, dee)


def made_up(dee, mo):
    """A talk that Mo never had: begun under his id with a key of Dee's making, and a message signed with that."""
    circle, his = dee.talk.circle, dataclasses.replace(new_member(), member=mo.id)
    shared = circle.state
    known = dataclasses.replace(shared.members[mo.id], sign_pk=his.sign_pk, box_pk=his.box_pk)
    swapped = dataclasses.replace(shared, members={**shared.members, mo.id: known})
    wire = make_talk(circle.keys, swapped, mo.id, shared.time)
    return [wire, make_epoch(circle.keys, after(State(), wire), shared.time, [None, None, None, []]).wire]


def test_nobody_reports_what_was_never_said_in_a_talk_p34(group, alone):
    ana, ben, dee, mo = group
    hers, hard = alone
    row, wires = reports._row(hers.talk, hard), hers.talk.circle.wires
    frank = row[3]
    another = talk_with(dee, ben.id)
    elsewhere = talk_with(ben, dee.id).say("said to her by Ben")
    another.read()
    theirs = reports._row(another.talk, another.talk.messages[elsewhere.hash])
    words = enc([*hard.content[:-1], "what was never said"])
    by_dee = sign(dee.talk.circle.keys.sign, "message", hard.header.bare, words)
    fitting = dataclasses.replace(hard.header, commitment=mac(frank, "franking", hard.header.bare, words, by_dee)).raw
    keys = ben.talk.circle.keys
    third = make_epoch(keys, hers.talk.circle.state, hers.talk.circle.state.time, [None, None, None, []]).wire
    for rows, talk in (
        ([row, theirs], wires),
        ([theirs], wires),
        ([row], another.talk.circle.wires),
        ([[fitting, words, by_dee, frank]], wires),
        ([row], [*wires, third]),
        ([row], wires[:1]),
        ([row], dee.talk.circle.wires[:64]),
        ([row], made_up(dee, mo)),
        ([], made_up(dee, mo)),
        ([row], []),
    ):
        send(dee, ana, rows, talk)
        assert reports.received(ana.talk) == []
    send(dee, ana, [row])
    # Who was not there proves nothing of it, also with every byte in hand.
    send(ben, ana, [row], wires)
    assert reports.received(ana.talk) == []
    send(dee, ana, [row], wires)
    assert [got.sender for got in reports.received(ana.talk)] == [dee.id]
    put_away(ana)

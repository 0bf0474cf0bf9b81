"""Messages under a server that drops, delays, reorders, replays, alters and invents them."""

import dataclasses
import os

import pytest

from sameboat.client import Away, Refused
from sameboat.client.http import b64, unb64
from sameboat.protocol.encoding import enc
from sameboat.protocol.envelope import Header, read_envelope
from sameboat.protocol.messages import message_keys
from sameboat.protocol.seal import seal_message
from tests.hostile.forging import MESSAGES, messages_as

SEND = "POST /api/circles/*/messages"


def texts(member):
    return [said.text for said in member.read()]


def header_like(header, **changes):
    return dataclasses.replace(header, commitment=b"", **changes)


def seal(member, header, text):
    key = member.talk.ring.key(header.epoch)
    now = int(member.talk.circle.clock())
    return seal_message(member.talk.circle.keys, key, header, now, [], "say", ["room", None, None, 0, text])


@pytest.fixture(scope="module")
def group(site):
    return site.group("Ana", "Ben", "Dee")


FIELDS = [field.name for field in dataclasses.fields(Header)]


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_of_a_header_can_be_changed_p25(site, group, name):
    ana, ben, dee = group
    original = ana.say("as it was said")
    fresh = site.another_device(ben)
    swapped = {"author": dee.id, "head": ana.talk.circle.state.ids[-2], "keep": True, "counter": 7}
    value = getattr(original.header, name)
    other = swapped.get(name, os.urandom(len(value or bytes(32)) if not isinstance(value, bool | int) else 16))

    def change(rows):
        sealed = read_envelope(unb64(rows[-1]["envelope"])).sealed
        header = dataclasses.replace(original.header, **{name: other})
        return [*rows[:-1], rows[-1] | {"envelope": b64(enc([header.raw, sealed]))}]

    with site.mallory.tampering(MESSAGES, messages_as(change)):
        other_device = site.another_device(ben)
    assert original.hash in fresh.talk.messages
    assert original.hash not in other_device.talk.messages
    assert len(other_device.talk.messages) == len(fresh.talk.messages) - 1


def test_a_message_is_not_taken_in_another_group_p25(site, group):
    ana, ben = group[:2]
    elsewhere = site.group("Ana", "Ben")
    said = elsewhere[0].say("for the other group")
    wire = b64(enc([said.header.raw, b"x" * 272]))
    with site.mallory.recording() as seen:
        again = elsewhere[0].say("sealed for there")
    body = next(asked.json for asked in seen if asked.method == "POST")

    def add(rows):
        return [
            *rows,
            {"position": 900, "at": 1, "envelope": body["envelope"]},
            {"position": 901, "at": 1, "envelope": wire},
        ]

    with site.mallory.tampering(MESSAGES, messages_as(add)):
        fresh = site.another_device(ben)
    assert again.hash not in fresh.talk.messages
    assert sorted(fresh.talk.refused.values()) == ["wrong_circle", "wrong_circle"]
    with pytest.raises(Refused) as refused:
        ana.wire.post(f"{ana.talk.circle.path}/messages", {"envelope": body["envelope"]})
    assert refused.value.code == "wrong_circle"


def test_a_message_told_twice_is_shown_once_p25(site, group):
    ana, ben = group[:2]
    ana.say("only once")
    twice = messages_as(lambda rows: [*rows, *(one | {"position": one["position"] + 500} for one in rows)])
    with site.mallory.tampering(MESSAGES, twice):
        fresh = site.another_device(ben)
    assert texts(fresh).count("only once") == 1


def test_a_dropped_message_leaves_a_gap_p26(site):
    ana, ben = site.group("Ana", "Ben")
    said = [ana.say(f"number {n}") for n in range(3)]
    with site.mallory.tampering(MESSAGES, messages_as(lambda rows: [rows[0], *rows[2:]])):
        texts(ben)
    assert ben.missing() == {said[1].hash}
    ben.talk.newest = 0
    assert texts(ben) == ["number 0", "number 1", "number 2"]
    assert not ben.missing()


def test_one_persons_messages_held_back_altogether_leave_a_gap_p26(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    held = [dee.say("nobody hears Dee"), dee.say("nor this")]
    ben.read()
    ben.say("said after Dee")
    hashes = {message.header.raw for message in held}

    def without(rows):
        return [one for one in rows if read_envelope(unb64(one["envelope"])).header.raw not in hashes]

    with site.mallory.tampering(MESSAGES, messages_as(without)):
        assert texts(ana) == ["said after Dee"]
    assert ana.missing() == {message.hash for message in held}


@pytest.mark.parametrize("answer", ["reply", "hear"])
def test_what_others_answer_cannot_be_held_back_unseen_p26(site, answer):
    """The one who answers knew nothing newer, and names the words by answering alone."""
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    said = dee.say("nobody hears Dee")
    ben.read()
    before = ben.talk.messages.pop(said.hash)
    ben.say("an answer", reply=before.hash) if answer == "reply" else ben.hear(before.hash)

    def without(rows):
        return [one for one in rows if read_envelope(unb64(one["envelope"])).header.author != dee.id]

    with site.mallory.tampering(MESSAGES, messages_as(without)):
        ana.read()
    assert ana.missing() == {said.hash}


def test_who_comes_later_misses_nothing_from_before_p26(site):
    ana, ben = site.group("Ana", "Ben")
    old = ben.say("before Dee came")
    for n in range(6):
        ana.say(f"before Dee, {n}")
    late = site.another_device(ben)
    dee = site.let_in(ana, "Dee")
    for member in (ana, late, ben):
        member.read()
        member.say("after Dee came", reply=old.hash)
    ben.hear(old.hash)
    assert texts(dee) == ["after Dee came"] * 3
    assert not dee.missing()
    dee.say("Dee speaks")
    assert texts(ana)[-1] == "Dee speaks"
    assert not ana.missing()


def test_one_persons_words_keep_their_order_p26(site):
    ana, ben = site.group("Ana", "Ben")
    for n in range(4):
        ana.say(f"step {n}")

    def swap(rows):
        places = [one["position"] for one in rows]
        return [one | {"position": place} for one, place in zip(rows, reversed(places), strict=True)]

    with site.mallory.tampering(MESSAGES, messages_as(swap)):
        assert texts(ben) == ["step 0", "step 1", "step 2", "step 3"]


def test_nobody_speaks_as_somebody_else_p27(site, group):
    ana, ben, dee = group
    real = ben.say("this is Ben")
    as_dee = header_like(real.header, author=dee.id, stream=os.urandom(16), counter=0, prev=None, id=os.urandom(16))
    wire, forged = seal(ben, as_dee, "this is not Dee")
    with pytest.raises(Refused) as refused:
        ben.wire.post(f"{ben.talk.circle.path}/messages", {"envelope": b64(wire)})
    assert refused.value.status == 422
    row = {"position": 900, "at": 1, "envelope": b64(wire)}
    with site.mallory.tampering(MESSAGES, messages_as(lambda rows: [*rows, row])):
        assert "this is not Dee" not in texts(ana)
    assert ana.talk.refused[wire] == "bad_signature"
    assert forged.hash not in ana.talk.messages


def test_good_and_bad_ciphertext_look_alike_from_outside_p33(site, group):
    ana, ben = group[:2]
    # Who has spoken before names it with the next message, which makes the header longer.
    ben.say("before")
    ana.say("good or bad")

    def trace(change):
        with site.mallory.tampering(MESSAGES, messages_as(change)), site.mallory.recording() as seen:
            device = site.another_device(ben)
            device.read()
            device.say("and on")
        return [(asked.method, asked.path, asked.query, len(asked.body)) for asked in seen]

    def spoil(rows):
        wire = bytearray(unb64(rows[0]["envelope"]))
        wire[-1] ^= 1
        return [rows[0] | {"envelope": b64(bytes(wire))}, *rows[1:]]

    good = trace(lambda rows: rows)
    bad = trace(lambda rows: spoil(rows) if rows else rows)
    # The second look begins after one message more.
    assert [one[:2] for one in good] == [one[:2] for one in bad]
    assert [one[3] for one in good if one[0] == "POST"] == [one[3] for one in bad if one[0] == "POST"]


def test_a_lost_answer_is_asked_for_again_with_the_same_bytes_p44(site, group):
    ana, ben = group[:2]
    lost = []

    def lose_first(asked, answer):
        lost.append(asked.body)
        return None if len(lost) == 1 else answer

    with site.mallory.tampering(SEND, lose_first):
        message = ana.say("said once, sent twice")
    assert len(lost) == 2
    assert lost[0] == lost[1]
    assert texts(ben).count("said once, sent twice") == 1
    assert message.hash in ben.talk.messages


def test_what_waits_is_sent_later_with_the_same_bytes_p44(site, group):
    ana, ben = group[:2]
    with site.mallory.instead(SEND, lambda asked: _nothing()), site.mallory.recording() as before:
        with pytest.raises(Away):
            ana.say("no signal here")
        waiting = ana.talk.outbox[0].wire
    with site.mallory.recording() as later:
        ana.send_waiting()
    sent = {asked.body for asked in [*before, *later] if asked.method == "POST"}
    assert len(sent) == 1
    assert b64(waiting).encode() in sent.pop()
    assert texts(ben).count("no signal here") == 1


def test_the_same_id_with_other_words_is_refused_and_has_another_key_p44(site, group):
    ana, ben = group[:2]
    first = ana.say("the first words")
    wire, other = seal(ana, header_like(first.header), "other words")
    key = ana.talk.ring.key(first.header.epoch)
    assert message_keys(key, first.header) != message_keys(key, other)
    with pytest.raises(Refused) as refused:
        ana.wire.post(f"{ana.talk.circle.path}/messages", {"envelope": b64(wire)})
    assert refused.value.code == "id_reused"
    row = {"position": 900, "at": 1, "envelope": b64(wire)}
    ben.read()
    with site.mallory.tampering(MESSAGES, messages_as(lambda rows: [*rows, row])):
        assert "other words" not in texts(ben)


def test_a_take_back_that_nobody_made_shows_as_missing_p61(site):
    ana, ben = site.group("Ana", "Ben")
    kept, own, last = ana.say("the server takes this"), ana.say("Ana takes this"), ana.say("and this stays")
    ana.take_back(own.hash)

    def take(rows):
        hole = {"position": rows[0]["position"], "at": rows[0]["at"], "hash": b64(kept.hash), "gone": "taken"}
        return [hole, *rows[1:]]

    with site.mallory.tampering(MESSAGES, messages_as(take)):
        fresh = site.another_device(ben)
    assert last.hash in fresh.talk.messages
    assert fresh.missing() == {kept.hash}
    assert not ana.missing()
    assert texts(ben) == ["the server takes this", "and this stays"]
    assert not ben.missing()


def test_a_message_that_faded_too_early_shows_as_missing_p61(site):
    ana, ben = site.group("Ana", "Ben")
    said = ana.say("not ninety days old")
    ana.say("and on")

    def fade(rows):
        hole = {"position": rows[0]["position"], "at": rows[0]["at"], "hash": b64(said.hash), "gone": "faded"}
        return [hole, *rows[1:]]

    with site.mallory.tampering(MESSAGES, messages_as(fade)):
        fresh = site.another_device(ben)
    assert fresh.missing() == {said.hash}


def _nothing():
    return type("Lost", (), {"status": 502, "headers": (), "body": b""})()

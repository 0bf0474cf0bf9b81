"""What is malformed, meant for elsewhere, or of another time: the real server and a member say the same to it.

Each is brought to the server past every check of the client, and told to a member as if the server had it.
"""

import dataclasses
import os
import time

import pytest

from sameboat.client import Refused, Stopped
from sameboat.client.http import b64, unb64
from sameboat.protocol import messages
from sameboat.protocol.doorway import make_request
from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.envelope import HEADER, PADDED_MOST, read_envelope
from sameboat.protocol.failures import Failure
from sameboat.protocol.keys import new_member
from sameboat.protocol.locks import gcm_seal
from sameboat.protocol.log import EVENT, SUITE, VERSION, WIRE, WIRE_MOST, extend
from sameboat.protocol.making import second_remove
from sameboat.protocol.primitives import DOMAINS, P, h, mac, pad, sign
from sameboat.protocol.seal import make_epoch, make_event
from tests.hostile.forging import EVENTS, MESSAGES, another_log, log_rows, messages_as, post_raw, row, signed
from tests.hostile.test_messages import SEND, header_like, texts

DAY = 86_400
SMALL = {
    "identity": b"\1" + bytes(31),
    "zero": bytes(32),
    "minus one": (P - 1).to_bytes(32, "little"),
    "one again": (P + 1).to_bytes(32, "little"),
    "zero again": P.to_bytes(32, "little"),
    "identity turned": b"\1" + bytes(30) + b"\x80",
}


@pytest.fixture(scope="module")
def group(site):
    people = site.group("Ana", "Ben", "Dee")
    for one in people:
        one.talk.look()
    return people


def verdicts(site, author, member, *wires):
    """What the server says to these events, and what a member says whom it tells them all the same."""
    told = post_raw(author, *wires)[1]["code"]
    start = len(log_rows(member))
    rows = [*log_rows(member), *(row(start + n, wire) for n, wire in enumerate(wires))]
    fresh = site.another_device(member)
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Exception) as raised:
        fresh.talk.circle.catch_up()
    assert len(fresh.talk.circle.wires) == start
    return told, getattr(raised.value, "code", None)


def resigned(keys, raw, domain="event"):
    return enc([raw, sign(keys.sign, domain, raw)])


def parts_of(wire):
    return decode(wire, WIRE, WIRE_MOST)


@pytest.mark.parametrize("key", SMALL.values(), ids=SMALL)
def test_a_key_that_signs_anything_is_nobodys_key_p11(site, group, key):
    """The identity as a key, with the one signature that it makes for every text, and its other spellings."""
    _, ben, _ = group
    circle = ben.talk.circle
    anything = b"\1" + bytes(63)
    wire = signed(circle.keys, circle.state, "rekey", [key, new_member().box_pk, anything])
    assert verdicts(site, ben, ben, wire) == ("bad_key", "bad_key")


@pytest.mark.parametrize("point", SMALL.values(), ids=SMALL)
def test_a_signature_with_a_small_point_is_refused_p11(site, group, point):
    _, ben, _ = group
    circle = ben.talk.circle
    raw, signature = parts_of(signed(circle.keys, circle.state, "name", [bytes(32)]))
    assert verdicts(site, ben, ben, enc([raw, point + signature[32:]])) == ("bad_key", "bad_key")


def test_no_key_and_nonce_twice_whatever_is_tried_again_p28(site):
    """Every answer is lost once, and somebody comes in between: what leaves is the same bytes, or another key."""
    ana, ben = site.group("Ana", "Ben")
    tried = []

    def lose_first(asked, answer):
        tried.append(asked.body)
        return None if tried.count(asked.body) == 1 else answer

    with site.mallory.tampering(SEND, lose_first), site.mallory.recording() as seen:
        for n in range(4):
            ana.say(f"number {n}")
            ben.say(f"number {n}")
        site.let_in(ana, "Dee")
        waiting = ben.say("sealed before Dee came, and anew")
        ana.read()
    posted = [unb64(one.json["envelope"]) for one in seen if one.method == "POST" and one.path.endswith("/messages")]
    wires = set(posted)
    assert waiting.hash and len(posted) >= 2 * len(wires) - 1
    keys = ben.talk.circle.epoch_keys
    pairs = {messages.message_keys(keys[one.epoch], one) for one in (read_envelope(wire).header for wire in wires)}
    assert len(pairs) == len(wires) == 10


def test_words_under_one_key_that_answer_for_another_are_not_shown_p29(site):
    """What opens under two keys says one thing to the room and another to whoever is shown it: it names its key."""
    ana, ben = site.group("Ana", "Ben")
    header = header_like(ana.say("as usual").header, stream=os.urandom(16), counter=0, id=os.urandom(16))
    key, other = ana.talk.ring.key(header.epoch), os.urandom(32)
    content = messages.encode_content(int(time.time()), [], "say", ["room", None, None, 0, "for two keys"])
    signature = sign(ana.talk.circle.keys.sign, "message", header.bare, content)
    theirs = mac(messages.frank_key(other, header), "franking", header.bare, content, signature)
    full = dataclasses.replace(header, commitment=theirs)
    padded = pad(enc([content, signature]), PADDED_MOST)
    wire = enc([full.raw, gcm_seal(*messages.message_keys(key, full), padded, full.raw)])
    # The server sees nothing wrong with it; every member does.
    ana.wire.post(f"{ana.talk.circle.path}/messages", {"envelope": b64(wire)})
    for one in (ben, site.another_device(ana)):
        assert "for two keys" not in texts(one)
        assert one.talk.refused[wire] == "bad_commitment"


def test_a_signature_for_anything_else_signs_no_event_p32(site, group):
    """Whatever a member ever signs, said to be an event: neither server nor members take it for one."""
    _, ben, _ = group
    circle = ben.talk.circle
    raw, _ = parts_of(signed(circle.keys, circle.state, "name", [bytes(32)]))
    elsewhere = sorted(DOMAINS - {"event"})
    told = {post_raw(ben, resigned(circle.keys, raw, domain))[1]["code"] for domain in elsewhere}
    assert told == {"bad_signature"}
    for domain in ("message", "parting", "second/remove"):
        assert verdicts(site, ben, ben, resigned(circle.keys, raw, domain))[1] == "bad_signature"


@pytest.mark.parametrize(("place", "code"), [(0, "unknown_version"), (1, "unknown_suite")])
@pytest.mark.parametrize("value", [0, 2])
def test_another_version_or_suite_is_never_agreed_to_p42(site, group, place, code, value):
    """Nothing is negotiated: an event and a message of another suite are refused, and read as no other."""
    ana, ben, _ = group
    circle = ben.talk.circle
    raw, _ = parts_of(signed(circle.keys, circle.state, "name", [bytes(32)]))
    fields = decode(raw, EVENT, WIRE_MOST)
    fields[place] = value
    assert verdicts(site, ben, ben, resigned(circle.keys, enc(fields))) == (code, code)

    last = ana.say("of this version")
    envelope = read_envelope(ana.talk.envelopes[last.hash])
    outside = decode(envelope.header.raw, HEADER, WIRE_MOST)
    outside[place] = value
    wire = enc([enc(outside), envelope.sealed])
    with pytest.raises(Refused) as refused:
        ana.wire.post(f"{circle.path}/messages", {"envelope": b64(wire)})
    assert refused.value.code == code
    with site.mallory.tampering(MESSAGES, messages_as(lambda rows: [rows[-1] | {"envelope": b64(wire)}])):
        fresh = site.another_device(ben)
    assert fresh.talk.refused == {wire: code}
    assert not fresh.talk.messages


def standing(group):
    """A member who is no host, with their keys and the group as it stands."""
    ben = group[1]
    ben.talk.look()
    return ben, ben.talk.circle.keys, ben.talk.circle.state


WRONG = {
    "bad_signature": lambda keys, state, ana: enc(
        [*parts_of(signed(keys, state, "name", [bytes(32)]))[:1], bytes([9]) * 64]
    ),
    "time_backwards": lambda keys, state, ana: make_event(keys, state, state.time - 1, "name", [bytes(32)]),
    "wrong_circle": lambda keys, state, ana: signed(keys, elsewhere(state), "name", [bytes(32)]),
    "not_a_member": lambda keys, state, ana: signed(keys, state, "role", [os.urandom(16), state.time + DAY, None]),
    "bad_term": lambda keys, state, ana: signed(keys, state, "role", [ana, state.time + 91 * DAY, None]),
    "not_distinct": lambda keys, state, ana: signed(
        keys, state, "remove", [ana, second_remove(keys, state, ana, keys.member, state.time + DAY)]
    ),
    "bad_policy": lambda keys, state, ana: signed(keys, state, "policy", [state.words, [31, 30, 0, [], None], None]),
    "second_required": lambda keys, state, ana: signed(
        keys, state, "policy", [state.words, [90, 9, 0, [], None], None]
    ),
    "bad_new_signature": lambda keys, state, ana: signed(
        keys, state, "rekey", [new_member().sign_pk, new_member().box_pk, bytes([9]) * 64]
    ),
}


def elsewhere(state):
    other = state.copy()
    other.circle = bytes(32)
    return other


@pytest.mark.parametrize("code", WRONG)
def test_the_same_bytes_get_the_same_verdict_from_everyone_p53(site, group, code):
    """The server, a member, somebody without any key, and a clock that is years ahead."""
    ben, keys, state = standing(group)
    wire = WRONG[code](keys, state, group[0].id)
    assert verdicts(site, ben, ben, wire) == (code, code)
    with pytest.raises(Failure) as failure:
        extend(state, [wire])
    assert failure.value.code == code
    ahead = site.another_device(ben, lambda: time.time() + 3650 * DAY)
    rows = [*log_rows(ben), row(len(state.ids), wire)]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Stopped) as stopped:
        ahead.talk.circle.catch_up()
    assert stopped.value.code == code


def ground(link, state, invite, agreement):
    """Two knocks for one door whose keys look alike by the first bytes of their hash."""
    found = {}
    while True:
        keys = dataclasses.replace(new_member(), member=bytes(16))
        other = found.setdefault(h("request", keys.sign_pk, keys.box_pk)[:1], keys)
        if other is not keys:
            return [make_request(one, link, state.circle, invite, bytes(32), agreement) for one in (other, keys)]


def test_keys_made_to_look_alike_change_the_words_of_the_room_p60(site):
    """A host and the server show two members two newcomers, whose keys were made until they looked alike."""
    ana, ben = site.group("Ana", "Ben")
    shown = site.look(ana, ana.invite("Eve"))
    ben.talk.look()
    state, keys = ana.talk.circle.state, ana.talk.circle.keys
    words = []
    for request in ground(shown.link, state, shown.invite, state.words[1]):
        admit = signed(keys, state, "admit", [*request, bytes(32), None])
        let_in = extend(state, [admit], trusted=True)[0]
        made = make_epoch(keys, let_in, let_in.time, ana.talk.ring.card(state))
        start = len(log_rows(ana))
        rows = [*log_rows(ana), row(start, admit), row(start + 1, made.wire, made.attachments)]
        with site.mallory.tampering(EVENTS, another_log(rows)):
            told = site.another_device(ben)
            assert bytes(16) in told.talk.circle.state.members
            words.append(told.room_words())
    assert sum(a != b for a, b in zip(*words, strict=True)) >= 5


def loose(kind, raw, signature):
    """The same two byte strings, written in another way than the one."""
    length = len(raw).to_bytes(4, "big")
    return {
        "a longer length": b"\x82\x5a" + length + raw + enc(signature),
        "an open list": b"\x9f" + enc(raw) + enc(signature) + b"\xff",
        "a tag before it": b"\xd9\xd9\xf7" + enc([raw, signature]),
        "something after it": enc([raw, signature]) + b"\0",
        "in two pieces": b"\x82\x5f" + enc(raw[:9]) + enc(raw[9:]) + b"\xff" + enc(signature),
    }[kind]


LOOSE = ["a longer length", "an open list", "a tag before it", "something after it", "in two pieces"]


@pytest.mark.parametrize("kind", LOOSE)
def test_only_the_one_form_of_an_event_or_a_message_is_taken_p66(site, group, kind):
    ben, keys, state = standing(group)
    wire = loose(kind, *parts_of(signed(keys, state, "name", [bytes(32)])))
    assert verdicts(site, ben, ben, wire) == ("not_canonical", "not_canonical")

    last = ben.say("in the one form")
    envelope = read_envelope(ben.talk.envelopes[last.hash])
    wire = loose(kind, envelope.header.raw, envelope.sealed)
    with pytest.raises(Refused) as refused:
        ben.wire.post(f"{ben.talk.circle.path}/messages", {"envelope": b64(wire)})
    assert refused.value.code == "not_canonical"
    with site.mallory.tampering(MESSAGES, messages_as(lambda rows: [rows[-1] | {"envelope": b64(wire)}])):
        fresh = site.another_device(group[0])
    assert fresh.talk.refused == {wire: "not_canonical"}
    assert not fresh.talk.messages


def test_a_page_from_before_meets_what_came_after_it_and_asks_for_a_reload_p69(site):
    """An event of a later kind stops no group and shows no other story; what is of today goes on once it is known."""
    ana, ben = site.group("Ana", "Ben")
    ben.say("of today")
    ana.read()
    circle = ana.talk.circle
    later = [VERSION, SUITE, circle.id, len(circle.wires), circle.state.head, int(time.time()), "shelf", ana.id, [1]]
    wire = resigned(circle.keys, enc(later))
    rows = [*log_rows(ana), row(len(circle.wires), wire)]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Failure) as failure:
        ben.talk.circle.catch_up()
    assert failure.value.code == "unknown_type"
    assert not ben.evidence and not ben.talk.circle.stopped
    ben.say("and on")
    assert texts(ana) == ["of today", "and on"]


def test_a_message_of_a_later_kind_is_no_gap_and_no_alarm_p69(site):
    ana, ben = site.group("Ana", "Ben")
    talk = ana.talk
    header = header_like(ana.say("before").header, counter=1, prev=talk.last, id=os.urandom(16))
    content = enc([int(time.time()), [], "song", "la la"])
    wire, _ = messages.seal_raw(talk.circle.keys, talk.ring.key(header.epoch), header, content)
    ana.wire.post(f"{talk.circle.path}/messages", {"envelope": b64(wire)})
    other = site.another_device(ana)
    other.say("after it")
    assert texts(ben) == ["before", "after it"]
    assert not ben.missing() and not ben.evidence and not ben.talk.refused

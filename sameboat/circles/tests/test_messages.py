"""Sealed messages at the server: taken in once, in a right place, by whom it says, or refused by name."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest

from sameboat.client import Refused
from sameboat.client.http import b64, unb64
from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.envelope import HEADER, read_envelope
from sameboat.protocol.seal import seal_message

NEVER = "there is nothing like this"


@pytest.fixture(scope="module")
def group(rooms):
    return rooms.group("Ana", "Ben", "Dee")


def next_header(member):
    """The header of this member's next message, with a fresh id."""
    talk = member.talk
    talk.fetch()
    sealed = talk._sealed("hear", [bytes(32)], False)
    return replace(sealed.header, stream=os.urandom(16), counter=0, commitment=b"")


def sealed(member, header, text="good evening", time=None):
    """The envelope of a message with exactly this header."""
    talk = member.talk
    key = talk.ring.key(header.epoch) or bytes(32)
    when = int(talk.circle.clock()) if time is None else time
    wire, _ = seal_message(talk.circle.keys, key, header, when, [], "say", ["room", None, None, 0, text])
    return wire


def post(member, wire):
    """Status and answer, past every check of the client."""
    answer = member.wire.http.post(f"{member.talk.circle.path}/messages", json={"envelope": b64(wire)})
    return answer.status_code, answer.json()


def refused_as(member, wire, code, status=422):
    before = newest(member)
    found, told = post(member, wire)
    assert (found, told["code"]) == (status, code)
    assert told["sentence"].endswith(".")
    assert newest(member) == before


def newest(member):
    rows = member.wire.get(f"{member.talk.circle.path}/messages", limit=1)["messages"]
    return rows[-1]["position"] if rows else 0


def envelope_with(header_fields, body):
    return enc([enc(header_fields), body])


def fields_of(member):
    """A right envelope in parts: the header's fields, and what is sealed."""
    envelope = read_envelope(sealed(member, next_header(member)))
    return decode(envelope.header.raw, HEADER, 17_408), envelope.sealed


def test_a_message_is_taken_in_and_read_by_another(group):
    ana, ben, _ = group
    status, told = post(ana, sealed(ana, next_header(ana), "hello Ben"))
    assert status == 201
    rows = ben.wire.get(f"{ben.talk.circle.path}/messages", limit=1)["messages"]
    assert (rows[0]["position"], rows[0]["at"]) == (told["position"], told["at"])
    assert "hello Ben" in [said.text for said in ben.read()]


def test_the_same_bytes_again_get_the_first_answer_p44(group):
    ana = group[0]
    wire = sealed(ana, next_header(ana))
    first, again = post(ana, wire), post(ana, wire)
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]


def test_the_same_bytes_many_times_at_once_are_one_message_p44(group):
    ana = group[0]
    wire = sealed(ana, next_header(ana))
    with ThreadPoolExecutor(8) as together:
        told = list(together.map(lambda _: post(ana, wire), range(8)))
    assert sorted(status for status, _ in told) == [200] * 7 + [201]
    assert len({answer["position"] for _, answer in told}) == 1


def test_one_id_with_other_bytes_is_refused_p44(group):
    ana, ben, _ = group
    header = next_header(ana)
    assert post(ana, sealed(ana, header, "first words"))[0] == 201
    refused_as(ana, sealed(ana, header, "other words"), "id_reused", 409)
    refused_as(ben, sealed(ben, replace(next_header(ben), id=header.id)), "id_reused", 409)


def test_a_retry_after_somebody_came_still_gets_its_first_answer_p44(rooms):
    ana, ben = rooms.group("Ana", "Ben")
    wire = sealed(ben, next_header(ben))
    first = post(ben, wire)
    rooms.let_in(ana, "Cal")
    assert post(ben, wire) == (200, first[1])


def test_a_message_sealed_before_somebody_left_is_superseded_p20(rooms):
    ana, ben, mo = rooms.group("Ana", "Ben", "Mo")
    wire = sealed(ben, next_header(ben))
    head = ben.talk.circle.state.head
    mo.leave()
    status, told = post(ben, wire)
    assert (status, told["code"]) == (409, "superseded")
    assert [one["seq"] for one in told["events"]] == [ben.talk.circle.state.index[head] + 1]
    said = ben.say("sealed anew")
    assert said.hash in ana.talk.messages or "sealed anew" in [one.text for one in ana.read()]


@pytest.mark.parametrize("cut", [1, 2, 40, -1])
def test_a_cut_envelope_is_refused(group, cut):
    refused_as(group[0], sealed(group[0], next_header(group[0]))[:cut], "not_canonical")


def test_bytes_left_over_are_refused(group):
    refused_as(group[0], sealed(group[0], next_header(group[0])) + b"\0", "not_canonical")


def test_a_lenient_form_is_refused_p66(group):
    ana = group[0]
    envelope = read_envelope(sealed(ana, next_header(ana)))
    # The length of the sealed part in four bytes where two are enough.
    loose = b"\x82" + enc(envelope.header.raw) + b"\x5a" + len(envelope.sealed).to_bytes(4, "big") + envelope.sealed
    refused_as(ana, loose, "not_canonical")


@pytest.mark.parametrize(("place", "value", "code"), [(0, 2, "unknown_version"), (1, 2, "unknown_suite")])
def test_a_later_version_or_suite_is_refused_by_its_name(group, place, value, code):
    header, body = fields_of(group[0])
    header[place] = value
    refused_as(group[0], envelope_with(header, body), code)


def test_a_message_of_another_circle_is_refused_p25(rooms, group):
    ana = group[0]
    elsewhere = rooms.found("Ana")
    refused_as(ana, sealed(elsewhere, next_header(elsewhere)), "wrong_circle")


def test_nobody_speaks_in_anothers_name_p27(group):
    ana, ben, _ = group
    refused_as(ben, sealed(ana, next_header(ana)), "wrong_author")


def test_a_head_that_is_not_in_the_log_is_refused(group):
    ana = group[0]
    refused_as(ana, sealed(ana, replace(next_header(ana), head=os.urandom(32))), "unknown_head")


def test_a_key_that_is_not_the_newest_is_superseded(rooms):
    ana, _ = rooms.group("Ana", "Ben")
    old = next_header(ana)
    ana.talk.circle.send(lambda batch: batch.put_epoch(ana.talk.ring.card(batch.state)))
    status, told = post(ana, sealed(ana, replace(old, id=os.urandom(16))))
    assert (status, told["code"]) == (409, "superseded")


@pytest.mark.parametrize("size", [0, 15, 16, 255, 257, 271, 300, 16_401])
def test_only_whole_buckets_are_taken_p30(group, size):
    header, _ = fields_of(group[0])
    refused_as(group[0], envelope_with(header, bytes(size)), "bad_padding")


def test_one_byte_too_many_is_refused_before_it_is_read(group):
    ana = group[0]
    path = f"{ana.talk.circle.path}/messages"
    answer = ana.wire.http.post(path, json={"envelope": b64(bytes(17_409))})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_understood")
    answer = ana.wire.http.post(path, json={"envelope": b64(bytes(40_000))})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_long")


@pytest.mark.parametrize("body", [{}, {"envelope": 7}, {"envelope": "a="}, {"envelope": "AAAB", "more": 1}, [], None])
def test_another_shape_is_refused(group, body):
    answer = group[0].wire.http.post(f"{group[0].talk.circle.path}/messages", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "not_understood")


def test_what_the_content_says_of_its_time_is_not_the_servers_to_judge_p52(group):
    """The time inside is sealed: a clock that is out by years stops nobody from speaking."""
    ana = group[0]
    wire = sealed(ana, next_header(ana), time=32_503_680_000)
    assert post(ana, wire)[0] == 201


def test_an_author_takes_back_and_only_place_and_hash_stay(group):
    ana, ben, _ = group
    said = ana.say("not like this")
    path = f"{ana.talk.circle.path}/messages"
    for _ in range(2):
        ana.wire.delete(f"{path}/{b64(said.hash)}")
    row = ben.wire.get(path, after=said.position - 1, limit=1)["messages"][0]
    assert row == {"position": said.position, "at": said.at, "hash": b64(said.hash), "gone": "taken"}


def test_a_message_that_is_gone_is_not_taken_in_again(group):
    ana = group[0]
    header = next_header(ana)
    wire = sealed(ana, header)
    status, told = post(ana, wire)
    ana.wire.delete(f"{ana.talk.circle.path}/messages/{b64(read_envelope(wire).header.hash)}")
    assert post(ana, wire) == (200, told)
    refused_as(ana, sealed(ana, header, "other words"), "id_reused", 409)
    row = ana.wire.get(f"{ana.talk.circle.path}/messages", after=told["position"] - 1, limit=1)["messages"][0]
    assert (status, row["gone"]) == (201, "taken")


def test_pages_run_in_both_directions_without_holes(rooms):
    (ana,) = rooms.group("Ana")
    said = [ana.say(f"number {n}").position for n in range(7)]
    path = f"{ana.talk.circle.path}/messages"

    def page(**query):
        told = ana.wire.get(path, limit=3, **query)
        return [row["position"] for row in told["messages"]], told["more"]

    assert page() == (said[4:], True)
    assert page(before=said[4]) == (said[1:4], True)
    assert page(before=said[1]) == (said[:1], False)
    assert page(after=0) == (said[:3], True)
    assert page(after=said[5]) == (said[6:], False)
    assert page(after=said[6]) == ([], False)


def answers_of(member, wire, circle, message):
    """What each verb on messages answers to this person."""
    path = f"/circles/{circle}/messages"
    asked = [
        member.http.get(path),
        member.http.post(path, json={"envelope": b64(wire)}),
        member.http.request("DELETE", f"{path}/{message}", json={}),
    ]
    return [(answer.status_code, answer.content) for answer in asked]


def test_to_a_stranger_and_to_who_has_left_the_room_is_not_there(rooms):
    ana, mo = rooms.group("Ana", "Mo")
    said = mo.say("I was here")
    wire = sealed(mo, next_header(mo))
    circle = b64(ana.talk.circle.id)
    former = mo.wire
    mo.leave()
    sam = rooms.account("Sam").wire
    nothing = answers_of(sam, wire, b64(os.urandom(32)), b64(said.hash))
    assert {status for status, _ in nothing} == {404}
    assert answers_of(sam, wire, circle, b64(said.hash)) == nothing
    assert answers_of(former, wire, circle, b64(said.hash)) == nothing
    assert answers_of(sam, wire, "no-circle-at-all", b64(said.hash)) == nothing


def test_only_the_author_takes_back(group):
    ana, ben, _ = group
    said = ana.say("mine")
    asked = [ben.wire.http.request("DELETE", f"{ben.talk.circle.path}/messages/{name}", json={})
             for name in (b64(said.hash), b64(os.urandom(32)))]  # fmt: skip
    assert [answer.status_code for answer in asked] == [404, 404]
    assert asked[0].content == asked[1].content
    assert said.hash in ana.talk.messages


def test_without_a_session_nothing_is_said(rooms, group):
    circle = b64(group[0].talk.circle.id)
    answers = [httpx.get(f"{rooms.origin}/api/circles/{one}/messages") for one in (circle, b64(os.urandom(32)))]
    assert {answer.status_code for answer in answers} == {401}
    assert answers[0].content == answers[1].content


def test_what_was_said_before_one_came_is_not_handed_over_p22(rooms):
    ana, _ = rooms.group("Ana", "Ben")
    ana.say(NEVER)
    cal = rooms.let_in(ana, "Cal")
    after = ana.say("after Cal came")
    rows = cal.wire.get(f"{cal.talk.circle.path}/messages", after=0)["messages"]
    assert [row["position"] for row in rows] == [after.position]
    assert unb64(rows[0]["envelope"])


def test_a_refusal_of_the_server_is_one_of_the_clients(group):
    ana = group[0]
    with pytest.raises(Refused) as refused:
        ana.wire.post(f"{ana.talk.circle.path}/messages", {"envelope": b64(b"\x80")})
    assert refused.value.code == "not_canonical"

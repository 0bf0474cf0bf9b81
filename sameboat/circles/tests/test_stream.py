"""The live stream: everything once, in order, to those who belong, and to nobody else."""

import subprocess
import sys

import httpx
import pytest

from sameboat.client import Refused, Wire
from sameboat.client.account import Account, come_back
from sameboat.client.http import b64, unb64
from sameboat.protocol.envelope import read_envelope
from tests.fixtures.listening import Listening


@pytest.fixture(scope="module")
def group(rooms):
    return rooms.group("Ana", "Ben", "Dee")


def circle_of(member):
    return b64(member.talk.circle.id)


def another_session(rooms, member):
    """Another browser of the same person, signed in with the key of their own circle."""
    old, wire = member.account, Wire(rooms.origin)
    come_back(wire, Account(wire, old.home, old.id, old.ak, list(old.entries)))
    return wire


def test_everyone_hears_what_one_says_with_the_same_bytes(group):
    ana, ben, dee = group
    with Listening(ben.wire) as to_ben, Listening(dee.wire) as to_dee:
        said = ana.say("good evening")
        for heard in (to_ben, to_dee):
            heard.until(lambda heard=heard: heard.of("message"))
            told = heard.of("message")[0].body
            assert (told["circle"], told["position"]) == (circle_of(ana), said.position)
            assert read_envelope(unb64(told["envelope"])).header.hash == said.hash


def test_a_cut_connection_goes_on_where_it_was(group):
    ana, ben, _ = group
    with Listening(ben.wire) as first:
        one = ana.say("one")
        first.until(lambda: first.of("message"))
        cursor = first.cursor
    others = [ana.say(f"while away {n}").position for n in range(5)]
    with Listening(ben.wire, cursor) as second:
        more = ana.say("back again").position
        second.until(lambda: more in second.places())
        assert second.places() == [*others, more]
        assert one.position not in second.places()


def test_without_a_cursor_only_what_is_new_is_told(group):
    ana, ben, _ = group
    ana.say("before")
    with Listening(ben.wire) as heard:
        new = ana.say("after")
        heard.until(lambda: heard.of("message"))
        assert heard.places() == [new.position]


def test_what_is_taken_back_while_one_is_away_is_told_on_return(group):
    ana, ben, _ = group
    with Listening(ben.wire) as first:
        said = ana.say("not like this")
        first.until(lambda: first.of("message"))
        cursor = first.cursor
    ana.take_back(said.hash)
    with Listening(ben.wire, cursor) as second:
        second.until(lambda: second.of("gone"))
        assert second.of("gone")[0].body == {
            "circle": circle_of(ana), "position": said.position, "hash": b64(said.hash),
        }  # fmt: skip


def test_each_member_is_given_their_own_box_and_no_other(group):
    ana, ben, dee = group
    with Listening(ben.wire) as to_ben, Listening(dee.wire) as to_dee:
        ana.talk.circle.send(lambda batch: batch.put_epoch(ana.talk.ring.card(batch.state)))
        for heard in (to_ben, to_dee):
            heard.until(lambda heard=heard: heard.of("event"))
        boxes = []
        for heard in (to_ben, to_dee):
            given = heard.of("event")[0].body["attachments"].values()
            boxes.append([one for one in given if len(unb64(one)) == 80])
        assert [len(found) for found in boxes] == [1, 1]
        assert boxes[0] != boxes[1]


def test_a_stranger_hears_nothing_of_a_group(rooms, group):
    sam = rooms.account("Sam")
    with Listening(sam.wire) as to_sam, Listening(group[1].wire) as to_ben:
        group[0].say("only for us")
        to_ben.until(lambda: to_ben.of("message"))
        assert [one.kind for one in to_sam.told] == ["ready"]


def test_someone_let_in_is_told_at_once_and_hears_what_follows(rooms):
    ana, *_ = rooms.group("Ana", "Ben")
    cal = rooms.account("Cal")
    with Listening(cal.wire) as heard:
        newcomer = rooms.knock(ana, "Cal")
        ana.admit(ana.door()[0])
        heard.until(lambda: heard.of("circle"))
        assert heard.of("circle")[0].body == {"circle": circle_of(ana)}
        assert newcomer.enter()
        said = ana.say("welcome")
        heard.until(lambda: said.position in heard.places())


def test_a_host_hears_a_knock(rooms):
    (ana,) = rooms.group("Ana")
    with Listening(ana.wire) as heard:
        rooms.knock(ana, "Eve")
        heard.until(lambda: heard.of("knock"))
        assert heard.of("knock")[0].body == {"circle": circle_of(ana)}


def test_who_leaves_hears_no_more_and_is_told_so_p20(rooms):
    ana, mo = rooms.group("Ana", "Mo")
    with Listening(mo.wire) as to_mo, Listening(ana.wire) as to_ana:
        mo.leave()
        to_mo.until(lambda: to_mo.of("ended"))
        said = ana.say("after Mo")
        to_ana.until(lambda: said.position in to_ana.places())
        assert not to_mo.of("message")
        assert not to_mo.of("event")


def test_a_session_that_is_ended_closes_its_stream_within_a_moment_p57(rooms, group):
    ben = group[1]
    other = another_session(rooms, ben)
    with Listening(other) as heard:
        ben.wire.delete("/sessions")
        heard.until_ended()
        group[0].say("after the session")
        assert not heard.of("message")
    answer = httpx.get(f"{rooms.origin}/api/stream", cookies=dict(other.http.cookies))
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_nobody_listens_without_a_session(rooms):
    answer = httpx.get(f"{rooms.origin}/api/stream")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("cursor", ["x", "1.2", "1.2.3.-4", "²1.1.1.1", "1" * 9_000, "1.1.1.1-1.1.1.1x"])
def test_a_cursor_that_is_none_is_refused(group, cursor):
    answer = group[0].wire.http.get("/stream", params={"after": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_understood")


def test_a_cursor_of_others_opens_nothing(rooms, group):
    ana, ben, _ = group
    with Listening(ben.wire) as heard:
        ana.say("for the cursor")
        heard.until(lambda: heard.of("message"))
        cursor = heard.cursor
    sam = rooms.account("Sam")
    with Listening(sam.wire, cursor) as to_sam, Listening(ben.wire) as to_ben:
        ana.say("not for Sam")
        to_ben.until(lambda: to_ben.of("message"))
        assert not to_sam.of("message")
        assert not to_sam.of("event")


def test_a_cursor_ahead_of_the_server_misses_nothing(group):
    """A server put back from a copy is behind what a browser has seen."""
    ana, ben, _ = group
    with Listening(ben.wire) as heard:
        ahead = "-".join(f"{part.split('.')[0]}.900.900.900" for part in heard.cursor.split("-"))
    with Listening(ben.wire, ahead) as second:
        said = ana.say("still heard")
        second.until(lambda: said.position in second.places())


def test_only_reading_is_done_at_the_stream(group):
    answer = group[0].wire.http.post("/stream", json={})
    assert (answer.status_code, answer.json()["code"]) == (405, "not_this_way")


def test_an_open_stream_keeps_its_session_alive(own_rooms):
    (ana,) = own_rooms.group("Ana")
    with Listening(ana.wire) as heard:
        for minutes in (9, 18, 27):
            before = heard.beats
            own_rooms.served.move_clock(seconds=60 * minutes)
            heard.until(lambda before=before: heard.beats > before)
        assert ana.wire.get("/session")["account"]
        assert not heard.ended
    own_rooms.served.move_clock(seconds=60 * 38)
    with pytest.raises(Refused) as refused:
        ana.wire.get("/session")
    assert refused.value.code == "not_signed_in"


OTHER_PROCESS = """
import sys, time
import sameboat.config.ready
from sameboat.circles.actions.messages import post
from sameboat.circles.models import Membership
member, wire = bytes.fromhex(sys.argv[1]), bytes.fromhex(sys.argv[2])
post(Membership.objects.everywhere("a test").get(member=member), wire, now=int(time.time()))
"""


def test_what_another_process_takes_in_is_heard_here(rooms, group):
    ana, ben, _ = group
    ana.talk.fetch()
    wire = ana.talk._sealed("say", ["room", None, None, 0, "by another door"], False).wire
    with Listening(ben.wire) as heard:
        words = [sys.executable, "-c", OTHER_PROCESS, ana.id.hex(), wire.hex()]
        subprocess.run(words, env=rooms.served.environment, check=True, timeout=60)
        heard.until(lambda: heard.of("message"))
        assert unb64(heard.of("message")[0].body["envelope"]) == wire

"""A member rings another: sealed signals go from page to page, wait two minutes at most, and leave no row."""

import base64
import hashlib
import hmac

import pytest
from django.apps import apps
from django.test import override_settings

from sameboat.circles.models import Circle, Closed
from sameboat.protocol.encoding import b64u
from sameboat.protocol.gatherings import gathering_of
from sameboat.protocol.primitives import h
from sameboat.relay import passes, waiting
from sameboat.relay.api import HANDING
from sameboat.told import rung
from sameboat.told.models import Errand, Wish
from sameboat.told.rounds import tell
from tests.fixtures.asking import Person, now
from tests.fixtures.listening import Listening

CALL = h("message-id", "a call")[:16]
SEALED = bytes(304)
RELAY = {"TURN_URLS": ["turn:relay.example.org:3478"], "TURN_SECRET": "a secret of the relay"}
WORDS = b"Something is waiting"


@pytest.fixture(autouse=True)
def nobody_rings():
    yield
    waiting._waiting.clear()
    rung._told.clear()


def signal(group, to="Ben", *, sealed=SEALED, rings=True):
    return {"to": b64u(group.member(to)), "call": b64u(CALL), "sealed": b64u(sealed), "rings": rings}


def rings(group, name="Ana", to="Ben", **more):
    return group.ask(name, "POST", "/signals", signal(group, to, **more))


def waits(group, name="Ben"):
    return group.people[name].ask("GET", "/signals").told["signals"]


def test_who_is_rung_is_given_what_was_sealed_to_them_and_nobody_else_is(group):
    group.join("Mo")
    assert rings(group).status == 204
    (found,) = waits(group)
    ana, ben = (b64u(group.member(name)) for name in ("Ana", "Ben"))
    assert (found["circle"], found["from"], found["to"]) == (group.id, ana, ben)
    assert (found["call"], found["sealed"]) == (b64u(CALL), b64u(SEALED))
    # One may look with two devices.
    assert waits(group) == [found]
    assert waits(group, "Ana") == waits(group, "Mo") == []


def test_a_stranger_and_someone_who_left_ring_nobody_and_are_not_rung(group):
    group.join("Mo")
    sam = Person("Sam").sign_up()
    body = signal(group)
    nothing = sam.ask("POST", f"/circles/{b64u(bytes(32))}/signals", body)
    assert sam.ask("POST", f"{group.path}/signals", body).raw == nothing.raw
    assert rings(group, "Ana", "Mo").status == 204
    assert group.leave("Mo").status == 201
    assert rings(group, "Mo").raw == rings(group, "Ana", "Mo").raw == nothing.raw
    assert waits(group, "Mo") == waits(group) == sam.ask("GET", "/signals").told["signals"] == []


def test_after_two_minutes_nothing_of_a_call_is_left_and_no_table_ever_held_it(group, later):
    assert rings(group).status == 204
    assert apps.get_app_config("relay").models == {}
    later(seconds=waiting.LASTS - 10)
    assert len(waits(group)) == 1
    later(seconds=waiting.LASTS + 1)
    assert waits(group) == []
    assert not waiting._waiting


def test_of_two_who_closed_their_talk_neither_rings_the_other_and_neither_is_told(group):
    circle = Circle.objects.get(pk=group.state.circle)
    Closed.objects.everywhere("test").create(circle=circle, by=group.member("Ben"), to=group.member("Ana"))
    assert rings(group).status == rings(group, "Ben", "Ana").status == 204
    assert waits(group) == waits(group, "Ana") == []


def meets(group, name, to, **more):
    body = {**signal(group, to, rings=False, **more), "call": b64u(gathering_of(group.state.circle))}
    return group.ask(name, "POST", "/signals", body)


def test_those_who_closed_their_talk_are_in_the_groups_meeting_by_voice_and_it_rings_nobodys_phone(
    group, telling, push_service
):
    told_of_rings(group, push_service)
    circle = Circle.objects.get(pk=group.state.circle)
    Closed.objects.everywhere("test").create(circle=circle, by=group.member("Ben"), to=group.member("Ana"))
    assert meets(group, "Ana", "Ben").status == meets(group, "Ben", "Ana").status == 204
    assert [len(waits(group, name)) for name in ("Ana", "Ben")] == [1, 1]
    Closed.objects.everywhere("test").all().delete()
    body = {**signal(group), "call": b64u(gathering_of(group.state.circle))}
    assert group.ask("Ana", "POST", "/signals", body).status == 204
    assert (tell(now()), Errand.objects.count()) == (0, 0)


def test_a_stranger_and_someone_who_left_hear_of_no_meeting_by_voice_and_are_in_none(group):
    group.join("Mo")
    sam = Person("Sam").sign_up()
    body = {**signal(group, rings=False), "call": b64u(gathering_of(group.state.circle))}
    nothing = sam.ask("POST", f"{group.path}/signals", body)
    assert nothing.status == 404
    assert meets(group, "Ana", "Mo").status == 204
    assert group.leave("Mo").status == 201
    assert meets(group, "Mo", "Ben").raw == meets(group, "Ana", "Mo").raw == nothing.raw
    assert waits(group, "Mo") == waits(group) == sam.ask("GET", "/signals").told["signals"] == []


def test_whoever_comes_into_a_meeting_by_voice_of_thirty_tells_them_all_twice_over_and_a_flood_is_slowed(group):
    coming_in = 30 + 2 * 7
    going_out = 30
    for _ in range(2 * (coming_in + going_out)):
        assert meets(group, "Ana", "Ben").status == 204
    assert len(waits(group)) == waiting.MOST_BY_ONE
    assert any(meets(group, "Ana", "Ben").status == 429 for _ in range(10 * HANDING.burst))
    # Nobody else is kept waiting by it.
    assert meets(group, "Ben", "Ana").status == 204


def test_however_many_signals_come_only_the_newest_few_are_kept(group):
    for number in range(waiting.MOST_BY_ONE + 5):
        sealed = SEALED[:-1] + bytes([number])
        put = waiting.Signal(bytes(16), group.state.circle, bytes(16), group.member("Ben"), CALL, sealed, now() + 9)
        waiting.put(put, now=now())
    assert len(waits(group)) == waiting.MOST_BY_ONE
    sizes = {304: 204, 16_432: 204, 303: 400, 16_433: 400}
    assert {size: rings(group, sealed=bytes(size)).status for size in sizes} == sizes


def test_whoever_floods_takes_nobody_elses_ring_away(group):
    group.join("Mo")
    assert rings(group).status == 204
    for _ in range(100):
        rings(group, "Mo", rings=False)
    signals = waits(group)
    assert [one["from"] for one in signals].count(b64u(group.member("Ana"))) == 1
    assert len(signals) == 1 + waiting.MOST_BY_ONE


def test_where_the_whole_site_has_too_many_whoever_has_most_loses_theirs(monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 8)
    circle, ben = bytes(32), bytes(16)
    ring, *flood = (waiting.Signal(bytes([n]), circle, bytes([n > 0]), ben, CALL, SEALED, 109) for n in range(12))
    for one in (ring, *flood):
        waiting.put(one, now=0)
    assert waiting.of([(circle, ben)], now=0) == [ring, *flood[-7:]]


def test_a_request_that_began_a_second_earlier_takes_away_nothing_that_came_meanwhile():
    circle, ana, ben, dee = (bytes([number]) * 16 for number in range(4))
    waiting.put(waiting.Signal(b"to ben", circle, ana, ben, b"call", b"sealed", 2_001 + waiting.LASTS), now=2_001)
    waiting.put(waiting.Signal(b"to dee", circle, ana, dee, b"call", b"sealed", 2_000 + waiting.LASTS), now=2_000)
    assert [one.id for one in waiting.of([(circle, ben)], now=2_000)] == [b"to ben"]
    assert waiting.of([(circle, ben), (circle, dee)], now=2_001 - waiting.LASTS) == []


def test_an_open_page_hears_at_once_that_there_is_something_to_fetch(rooms):
    ana, ben, dee = rooms.group("Ana", "Ben", "Dee")
    body = {"to": b64u(ben.id), "call": b64u(CALL), "sealed": b64u(SEALED), "rings": False}
    with Listening(ben.wire) as to_ben, Listening(dee.wire) as to_dee:
        ana.wire.post(f"{ana.talk.circle.path}/signals", body)
        to_ben.until(lambda: to_ben.of("signal"))
        said = ana.say("for all")
        to_dee.until(lambda: said.position in to_dee.places())
        assert to_ben.of("signal")[0].body == {"circle": b64u(ana.talk.circle.id)}
        assert not to_dee.of("signal")


def test_a_closed_page_is_told_once_with_the_words_of_every_day(group, telling, push_service):
    bens = told_of_rings(group, push_service)
    rings(group)
    rings(group, rings=False)
    assert tell(now()) == 1
    assert push_service.told(bens) == [WORDS]


def test_however_often_and_by_whoever_they_are_rung_a_closed_page_is_told_once_in_two_minutes(
    group, telling, push_service, later
):
    bens = told_of_rings(group, push_service)
    group.join("Mo")
    came = []
    for minute in range(10):
        later(seconds=minute * 60)
        for _ in range(8):
            assert rings(group, "Mo").status == 204
        assert rings(group, "Ana").status == 204
        came.append(tell(now()))
    # Of one person's rings three in an hour; whoever else rings is not kept away by them for longer than two minutes.
    assert came == [1, 0, 1, 0, 1, 0, 1, 0, 1, 0]
    assert len(push_service.told(bens)) == 5


def test_whoever_is_not_up_for_calls_is_told_of_no_ring_and_can_end_it_again(group, telling, push_service):
    bens = push_service.subscribe()
    ben = group.people["Ben"]
    # A test ring alone lets nobody be told who never asked for it.
    assert ben.ask("POST", "/told/rings").status == 204
    assert not Wish.objects.of(bytes(ben.id)).exists()
    assert ben.put_way("device", bens.body).status == 200
    rings(group)
    assert (tell(now()), Errand.objects.count()) == (0, 0)
    assert ben.ask("POST", "/told/rings").status == 204
    rings(group)
    wish = {name: value for name, value in ben.ask("GET", "/told").told.items() if name in WISH}
    assert wish["rings"] is True
    # Ended while it is on its way.
    assert ben.ask("PUT", "/told", {**wish, "rings": False}).status == 200
    assert tell(now()) == 0
    assert push_service.told(bens) == []


def told_of_rings(group, push_service):
    """Ben, who is told by push, and to whom a test ring came."""
    bens = push_service.subscribe()
    assert group.people["Ben"].put_way("device", bens.body).status == 200
    assert group.people["Ben"].ask("POST", "/told/rings").status == 204
    return bens


def test_whoever_has_the_page_before_them_or_a_break_is_not_told(group, telling, push_service):
    bens = told_of_rings(group, push_service)
    ben = group.people["Ben"]
    ben.ask("POST", "/told/here", {"here": True})
    rings(group)
    ben.ask("POST", "/told/here", {"here": False})
    wish = {name: value for name, value in ben.ask("GET", "/told").told.items() if name in WISH}
    assert ben.ask("PUT", "/told", {**wish, "break_until": now() + 3_600}).status == 200
    rings(group)
    assert tell(now()) == 0
    assert tell(now() + 120) == 0
    assert push_service.told(bens) == []


def tries_ringing(group, name, device, to=None):
    return group.ask(name, "POST", "/signals", {**signal(group, to or name), "device": device.body["endpoint"]})


def test_a_test_ring_comes_as_a_push_to_the_very_device_that_asked_whatever_the_hour_and_to_no_other(
    group, telling, push_service
):
    bens, elsewhere = push_service.subscribe(), push_service.subscribe()
    ben = group.people["Ben"]
    assert {ben.put_way("device", device.body).status for device in (bens, elsewhere)} == {200}
    ben.ask("POST", "/told/here", {"here": True})
    wish = {name: value for name, value in ben.ask("GET", "/told").told.items() if name in WISH}
    assert ben.ask("PUT", "/told", {**wish, "quiet_from": 0, "quiet_to": 1_439}).status == 200
    assert tries_ringing(group, "Ben", bens).status == 204
    assert (tell(now()), push_service.told(bens), push_service.told(elsewhere)) == (1, [WORDS], [])
    # Nobody has another's device told, by ringing themselves or its owner; nor is one told that was forgotten.
    assert tries_ringing(group, "Ana", bens).status == tries_ringing(group, "Ana", bens, to="Ben").status == 204
    assert Errand.objects.count() == 0
    assert ben.ask("POST", "/told/device/forget", {"endpoint": bens.body["endpoint"]}).status == 200
    assert tries_ringing(group, "Ben", bens).status == 204
    assert (tell(now()), Errand.objects.count()) == (0, 0)
    assert any(tries_ringing(group, "Ben", bens).status == 429 for _ in range(10))


WISH = ("talks", "group", "meetings", "rings", "zone", "quiet_from", "quiet_to", "break_until")


def test_a_pass_is_made_as_the_relay_reckons_it_names_nobody_and_ends(group):
    ben = group.people["Ben"]
    assert ben.ask("POST", "/relay/pass").code == "no_relay"
    assert ben.ask("GET", "/signals").told["relay"] is False
    with override_settings(**RELAY):
        assert ben.ask("GET", "/signals").told["relay"] is True
        one, other = (ben.ask("POST", "/relay/pass").told for _ in range(2))
    until, _, chance = one["username"].partition(":")
    assert now() < int(until) == one["until"] <= now() + passes.LASTS
    proof = hmac.new(RELAY["TURN_SECRET"].encode(), one["username"].encode(), hashlib.sha1).digest()
    assert one["credential"] == base64.b64encode(proof).decode()
    assert one["urls"] == RELAY["TURN_URLS"]
    assert len(chance) == 16 and one["username"] != other["username"]
    assert Person("Sam").ask("POST", "/relay/pass").status == 401


def test_a_relay_that_is_set_up_wrong_is_named_to_the_operator_and_nobody_rings():
    wrong = [
        {"TURN_URLS": RELAY["TURN_URLS"], "TURN_SECRET": ""},
        {"TURN_URLS": [], "TURN_SECRET": RELAY["TURN_SECRET"]},
        {**RELAY, "TURN_SECRET": "short"},
        {**RELAY, "TURN_URLS": ["https://relay.example.org"]},
    ]
    for one in wrong:
        with override_settings(**one):
            assert not passes.is_set_up()
            assert len(list(passes.set_up_wrong())) == 1
    with override_settings(**RELAY):
        assert passes.is_set_up()
    assert passes.how_ringing_goes() == {"on": False, "none": True, "wrong": []}

"""Ways in: changed only together with the signed event that says so (P57)."""

import os

import pytest

from sameboat.accounts.models import Unlocker
from sameboat.protocol.account import passkey_unlocker, unlocker
from sameboat.protocol.encoding import b64u
from sameboat.protocol.making import make_event, unlock_body
from sameboat.protocol.seal import new_member
from tests.fixtures.asking import ADD, REMOVE, Browser, Made, Person, now

CODE, OTHER_CODE, PASSKEY = os.urandom(16), os.urandom(16), os.urandom(16)


@pytest.fixture
def ana(anybody_starts):
    return Person("Ana").sign_up()


def removal(ana: Person, by, unlocker_id: bytes, wrapped: bytes) -> list:
    return unlock_body(REMOVE, by.kind, unlocker_id, wrapped, by.verifier, by.lookup)


def change(ana: Person) -> tuple[dict, object]:
    """A new passphrase under the same name: one request that adds one way in and takes the other away."""
    made, old, old_wrap = Made(ana.keys, ana.own.state), ana.by, ana.wrapped
    new = unlocker(old.kind, os.urandom(32), old.lookup)
    new_id = os.urandom(16)
    given = ana.way_in(new, new_id)
    made.event("unlock", unlock_body(ADD, new.kind, new_id, ana.wrapped, new.verifier, new.lookup))
    made.event("unlock", removal(ana, old, ana.unlocker_id, old_wrap))
    return {**made.body(), "add": given, "remove": b64u(ana.unlocker_id)}, new


def with_code(ana: Person) -> object:
    """Ana with a recovery code as well."""
    by, wrapped = ana.code(), ana.wrapped
    assert ana.add_way_in(by, CODE).status == 201
    ana.wrapped = wrapped
    return by


def test_a_recovery_code_opens_the_account(ana):
    by = with_code(ana)
    body = {"lookup": b64u(by.lookup), "sign_in_key": b64u(by.sign_in), "device": "mine"}
    told = Browser().ask("POST", "/sessions", body).told
    assert told["unlocker"]["kind"] == 2
    assert len(ana.ask("GET", "/unlockers").told["unlockers"]) == 2


def test_a_passkey_opens_the_account_and_goes_again_p7(ana):
    """It is like any other way in: the server sees what proves it, and never the passkey."""
    with_code(ana)
    by, first = passkey_unlocker(ana.home, os.urandom(32)), ana.wrapped
    assert ana.add_way_in(by, PASSKEY).status == 201
    wrapped, ana.wrapped = ana.wrapped, first
    body = {"lookup": b64u(by.lookup), "sign_in_key": b64u(by.sign_in), "device": "mine"}
    told = Browser().ask("POST", "/sessions", body).told
    assert (told["unlocker"]["kind"], told["unlocker"]["wrap"]) == (3, b64u(wrapped))
    made = Made(ana.keys, ana.own.state)
    made.event("unlock", removal(ana, by, PASSKEY, wrapped))
    assert ana.ask("POST", "/unlockers", {**made.body(), "add": None, "remove": b64u(PASSKEY)}).status == 201
    assert Browser().ask("POST", "/sessions", body).code == "not_known"


def test_a_changed_passphrase_ends_every_other_session(ana):
    with_code(ana)
    other = ana.another_browser()
    body, new = change(ana)
    assert ana.ask("POST", "/unlockers", body).status == 201
    assert other.ask("GET", "/session").status == 401
    assert ana.ask("GET", "/session").status == 200
    assert ana.sign_in().code == "not_known"
    ana.by = new
    assert ana.sign_in().status == 200


def test_the_only_passphrase_is_changed_in_one_step_p8(ana):
    """Nobody has to make a recovery code first; as many ways in stay as there were."""
    other = ana.another_browser()
    body, new = change(ana)
    assert ana.ask("POST", "/unlockers", body).status == 201
    assert other.ask("GET", "/session").status == 401
    assert ana.sign_in().code == "not_known"
    ana.by = new
    assert ana.sign_in().status == 200
    assert len(ana.ask("GET", "/unlockers").told["unlockers"]) == 1


def test_the_only_way_in_does_not_go_and_only_its_own_kind_takes_its_place_p7(ana):
    old, old_wrap, by = ana.by, ana.wrapped, ana.code()
    alone = Made(ana.keys, ana.own.state)
    alone.wires = [make_event(ana.keys, alone.state, now(), "unlock", removal(ana, old, ana.unlocker_id, old_wrap))]
    given, made = ana.way_in(by, CODE), Made(ana.keys, ana.own.state)
    made.event("unlock", unlock_body(ADD, by.kind, CODE, ana.wrapped, by.verifier, by.lookup))
    gone = removal(ana, old, ana.unlocker_id, old_wrap)
    made.wires.append(make_event(ana.keys, made.state, now(), "unlock", gone))
    for batch, add in ((alone, None), (made, given)):
        answer = ana.ask("POST", "/unlockers", {**batch.body(), "add": add, "remove": b64u(ana.unlocker_id)})
        assert (answer.status, answer.code) == (422, "last_two")
    assert ana.sign_in().status == 200


def test_a_lost_answer_is_given_again_p44(ana):
    with_code(ana)
    body, _ = change(ana)
    assert ana.ask("POST", "/unlockers", body).status == 201
    assert ana.ask("POST", "/unlockers", body).status == 201
    assert Unlocker.objects.of(ana.id).count() == 2


def test_the_last_two_ways_in_stay(ana):
    """Whoever has only a passphrase and a code may exchange one, never be left with less than two."""
    by = with_code(ana)
    made, wrapped = Made(ana.keys, ana.own.state), Unlocker.objects.of(ana.id).get(unlocker=CODE).wrap
    wire = make_event(ana.keys, made.state, now(), "unlock", removal(ana, by, CODE, bytes(wrapped)))
    body = {"events": [b64u(wire)], "attachments": {}, "add": None, "remove": b64u(CODE)}
    answer = ana.ask("POST", "/unlockers", body)
    assert (answer.status, answer.code) == (422, "last_two")


def test_a_stolen_cookie_changes_no_way_in_p57(ana):
    """Without the own circle's key there is no event, and without the event there is no change."""
    with_code(ana)
    body, _ = change(ana)
    thief = Made(new_member(), ana.own.state)
    forged = make_event(
        type(ana.keys)(ana.keys.member, thief.keys.sign, thief.keys.box), thief.state, now(), "unlock",
        unlock_body(ADD, 1, os.urandom(16), os.urandom(96), os.urandom(32), os.urandom(16)),
    )  # fmt: skip
    for spoiled in (
        {**body, "events": [b64u(forged)], "remove": None},
        {**body, "events": body["events"][:1]},
        {**body, "add": None},
        {**body, "remove": b64u(CODE)},
        {**body, "add": {**body["add"], "wrap": b64u(os.urandom(96))}},
        {**body, "add": {**body["add"], "verifier": b64u(os.urandom(32))}},
        {**body, "add": {**body["add"], "lookup": b64u(os.urandom(16))}},
    ):
        answer = ana.ask("POST", "/unlockers", spoiled)
        assert answer.status in {404, 422}, answer
    assert ana.sign_in().status == 200


def test_ways_in_are_not_changed_past_their_own_door(ana):
    """An `unlock` in the plain log would leave the stored way in and the signed one apart."""
    made = Made(ana.keys, ana.own.state)
    by = ana.code()
    made.event("unlock", unlock_body(ADD, by.kind, CODE, os.urandom(96), by.verifier, by.lookup))
    answer = ana.ask("POST", f"/circles/{b64u(made.state.circle)}/events", made.body())
    assert (answer.status, answer.code) == (422, "wrong_kind")


def test_a_name_in_use_is_not_taken_by_a_change(ana):
    eve = Person("Eve").sign_up()
    by = type(eve.by)(1, ana.by.lookup, eve.by.wrapping, eve.by.sign_in, eve.by.verifier)
    answer = eve.add_way_in(by, OTHER_CODE)
    assert (answer.status, answer.code) == (409, "name_taken")
    assert len(eve.ask("GET", "/unlockers").told["unlockers"]) == 1
    assert eve.add_way_in(eve.code(), OTHER_CODE).status == 201


def test_a_device_that_is_behind_is_told_what_it_missed(ana):
    before = ana.own.state
    with_code(ana)
    ana.own.state = before
    answer = ana.add_way_in(ana.code(), OTHER_CODE)
    assert (answer.status, answer.code) == (409, "superseded")
    assert len(answer.told["events"]) == 1


def test_ways_in_are_shown_to_nobody_else(ana):
    eve = Person("Eve").sign_up()
    (mine,) = eve.ask("GET", "/unlockers").told["unlockers"]
    assert mine["id"] == b64u(eve.unlocker_id)
    assert Browser().ask("GET", "/unlockers").status == 401

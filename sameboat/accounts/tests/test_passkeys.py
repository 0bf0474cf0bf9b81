"""Passkeys that only sign in: a session and no more; put and dropped only with the own circle's signature (P57)."""

import os

import pytest

from sameboat.accounts.models import Account, Passkey, UsedNonce
from sameboat.protocol.encoding import b64u
from sameboat.protocol.passkeys import passkey_id
from sameboat.protocol.seal import new_member
from tests.fixtures.asking import Browser, Person, now
from tests.fixtures.asking_passkeys import added, coming, dropped
from tests.fixtures.passkeys import SoftPasskey


@pytest.fixture
def ana(anybody_starts):
    return Person("Ana").sign_up()


@pytest.fixture
def key(ana):
    """A passkey of Ana's."""
    passkey = SoftPasskey()
    assert ana.ask("POST", "/passkeys", added(ana, passkey)).status == 201
    return passkey


def test_a_passkey_signs_in_and_is_given_nothing_that_opens_p57(ana, key):
    browser = Browser()
    answer = browser.ask("POST", "/passkeys/session", coming(ana, key))
    assert (answer.status, answer.told["unlocker"]) == (200, None)
    assert ana.name.encode() not in answer.raw
    record = ana.record_put("mine", 1, b64u(bytes(320)))
    for method, path, body in (
        ("PUT", "/records/mine", record | {"sig": b64u(bytes(64))}),
        ("POST", "/account/close", ana.closing([]) | {"sig": b64u(bytes(64))}),
        ("POST", "/passkeys", added(ana, SoftPasskey(), keys=new_member())),
        ("POST", "/passkeys/drop", dropped(ana, key, keys=new_member())),
    ):
        assert browser.ask(method, path, body).code == "not_signed", path
    assert browser.ask("GET", "/passkeys").told["passkeys"] == [{"id": b64u(passkey_id(key.credential))}]


def test_whoever_is_not_known_is_answered_alike_p3(ana, key):
    good = coming(ana, key)
    answers = [
        Browser().ask("POST", "/passkeys/session", body)
        for body in (
            coming(ana, SoftPasskey()),
            good | {"sig": b64u(os.urandom(70))},
            coming(ana, key, site="https://other.example"),
            coming(ana, key, at=now() - 601),
        )
    ]
    assert {(answer.status, answer.raw) for answer in answers} == {(403, answers[0].raw)}
    assert answers[0].code == "not_known"


def test_an_answer_is_good_once_p57(ana, key):
    body = coming(ana, key)
    assert Browser().ask("POST", "/passkeys/session", body).status == 200
    assert Browser().ask("POST", "/passkeys/session", body).code == "not_known"
    assert UsedNonce.objects.count() == 1


def test_a_passkey_is_put_and_dropped_by_its_owner_just_now_p57(ana, key):
    ben = Person("Ben").sign_up()
    late = now() - 601
    for person, path, body in (
        (ana, "/passkeys", added(ana, SoftPasskey(), at=late)),
        (ana, "/passkeys/drop", dropped(ana, key, at=late)),
        (ben, "/passkeys", added(ana, SoftPasskey())),
        (ben, "/passkeys", added(ben, key)),
        (ben, "/passkeys", added(ben, SoftPasskey(), key=os.urandom(91))),
    ):
        assert person.ask("POST", path, body).code == "not_signed"
    assert ben.ask("POST", "/passkeys/drop", dropped(ben, key)).status == 404
    assert Browser().ask("POST", "/passkeys", added(ana, SoftPasskey())).status == 401
    assert ana.ask("POST", "/passkeys", added(ana, key)).code == "not_signed"
    assert ana.ask("POST", "/passkeys/drop", dropped(ana, key)).status == 204
    assert Browser().ask("POST", "/passkeys/session", coming(ana, key)).code == "not_known"


def test_nobody_has_more_than_eight(ana, key):
    body = added(ana, SoftPasskey())
    again = [ana.ask("POST", "/passkeys", body).status for _ in range(2)]
    assert again == [201, 201]
    for _ in range(6):
        assert ana.ask("POST", "/passkeys", added(ana, SoftPasskey())).status == 201
    assert ana.ask("POST", "/passkeys", added(ana, SoftPasskey())).code == "enough_passkeys"
    assert Passkey.objects.of(ana.id).count() == 8


def test_somebody_who_is_going_comes_in_with_a_passkey_and_undoes_it(ana, key):
    assert ana.ask("POST", "/account/close", ana.closing([])).status == 200
    browser = Browser()
    assert browser.ask("POST", "/passkeys/session", coming(ana, key)).status == 200
    # With the cookie of the account that is going, as a page that was left open has it.
    assert browser.ask("POST", "/passkeys/session", coming(ana, key)).status == 200
    assert len(browser.ask("GET", "/unlockers").told["unlockers"]) == 1
    for method, path in (("POST", "/unlockers"), ("GET", "/passkeys"), ("POST", "/passkeys"), ("GET", "/unlockers/")):
        assert browser.ask(method, path, {}).code == "closing", (method, path)
    assert browser.ask("POST", "/account/reopen", {}).status < 300
    assert browser.ask("GET", "/passkeys").status == 200


def test_whose_seven_days_are_over_is_not_known_by_a_passkey(ana, key):
    assert ana.ask("POST", "/account/close", ana.closing([])).status == 200
    Account.objects.filter(pk=ana.id).update(closing_at=now() - 1)
    over = Browser().ask("POST", "/passkeys/session", coming(ana, key))
    nobody = Browser().ask("POST", "/passkeys/session", coming(ana, SoftPasskey()))
    assert (over.status, over.code, over.raw) == (403, "not_known", nobody.raw)

"""Coming in: who is known looks like who is not, until the key fits."""

import os
import statistics
import time
from dataclasses import replace

import pytest

from sameboat.accounts.models import UsedNonce
from sameboat.circles.rounds import forget
from sameboat.protocol.encoding import b64u
from sameboat.protocol.making import rekey_body
from sameboat.protocol.seal import new_member
from tests.fixtures.asking import Browser, Made, Person, by_device, now

YEAR = 365 * 86_400


@pytest.fixture
def ana(anybody_starts):
    return Person("Ana").sign_up()


def try_name(browser: Browser, name: str):
    return browser.ask("POST", "/sessions", {"name": name, "sign_in_key": b64u(os.urandom(32)), "device": "mine"})


def test_the_right_key_comes_in_and_is_given_what_is_theirs(ana):
    answer = ana.sign_in("shared")
    assert answer.status == 200
    assert answer.told["unlocker"] == {"id": b64u(ana.unlocker_id), "kind": 1, "wrap": b64u(ana.wrapped)}
    assert answer.told["records"]["account"]["version"] == 1
    morsel = next(iter(ana.browser.client.cookies.values()))
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Strict", "/api")
    assert not morsel["max-age"]


def test_names_that_are_known_and_names_that_are_not_answer_alike_p3(ana):
    browser = Browser()
    names = [ana.name, "nobody of this name", "x", "  ", "é" * 100]
    answers = [try_name(browser, name) for name in names[:2]] + [try_name(Browser(), name) for name in names[2:]]
    told = {(answer.status, answer.raw, tuple(sorted(answer.headers.items()))) for answer in answers[:2]}
    assert len(told) == 1
    assert answers[0].code == answers[1].code == "not_known"
    assert {answer.code for answer in answers[2:]} <= {"not_known", "not_understood"}


def test_codes_and_devices_that_are_not_known_answer_alike_p3(ana):
    nobody = Person("Nobody")
    told = set()
    for person, keys in ((ana, new_member()), (nobody, nobody.keys)):
        told.add(Browser().ask("POST", "/sessions", by_device(person, keys=keys)).raw)
    told.add(try_name(Browser(), "nobody of this name").raw)
    key = {"lookup": b64u(os.urandom(16)), "sign_in_key": b64u(os.urandom(32)), "device": "mine"}
    told.add(Browser().ask("POST", "/sessions", key).raw)
    assert len(told) == 1


def test_known_or_not_takes_about_as_long_p3(ana):
    """Both are looked up, and both are compared; neither answers early."""
    spent: dict[str, list[float]] = {ana.name: [], "nobody of this name": []}
    for _ in range(40):
        for name, seconds in spent.items():
            browser = Browser()
            began = time.perf_counter()
            try_name(browser, name)
            seconds.append(time.perf_counter() - began)
    known, unknown = (statistics.median(seconds) for seconds in spent.values())
    assert 0.5 < known / unknown < 2


def test_guessing_is_slowed_down_and_nobody_is_locked_out(ana):
    guesser = Browser()
    answers = [try_name(guesser, ana.name) for _ in range(10)]
    assert [answer.status for answer in answers] == [403] * 8 + [429] * 2
    assert 0 < answers[-1].told["wait_s"] <= 5
    assert ana.sign_in().status == 200


def test_waiting_once_is_enough_and_coming_in_forgets_the_tries(ana, later):
    answers = [try_name(ana.browser, ana.name) for _ in range(9)]
    later(seconds=answers[-1].told["wait_s"])
    assert ana.sign_in(browser=ana.browser).status == 200
    assert [try_name(ana.browser, ana.name).status for _ in range(8)] == [403] * 8


def test_ones_own_device_comes_in_with_its_key(ana):
    browser = Browser()
    answer = browser.ask("POST", "/sessions", by_device(ana))
    assert (answer.status, answer.told["unlocker"]) == (200, None)
    assert browser.ask("GET", "/session").status == 200


def test_what_a_device_signed_is_good_once(ana):
    body = by_device(ana)
    assert Browser().ask("POST", "/sessions", body).status == 200
    assert Browser().ask("POST", "/sessions", body).code == "not_known"


@pytest.mark.parametrize("seconds", [-610, 610, -10 * YEAR, 10 * YEAR])
def test_a_device_whose_clock_is_wrong_does_not_come_in_p52(ana, seconds):
    assert Browser().ask("POST", "/sessions", by_device(ana, at=now() + seconds)).code == "not_known"
    assert not UsedNonce.objects.exists()


def test_what_a_device_signed_is_remembered_until_it_is_worth_nothing(ana, later):
    body = by_device(ana, at=now() + 595)
    assert Browser().ask("POST", "/sessions", body).status == 200
    later(seconds=1_190)
    forget(now())
    assert Browser().ask("POST", "/sessions", body).code == "not_known"
    later(seconds=2_000)
    forget(now())
    assert not UsedNonce.objects.exists()


def test_what_was_signed_for_another_time_or_account_is_worth_nothing(ana):
    eve = Person("Eve").sign_up()
    body = by_device(ana)
    for changed in ({"account": b64u(eve.id)}, {"time": body["time"] + 1}, {"nonce": b64u(os.urandom(16))}):
        assert Browser().ask("POST", "/sessions", {**body, **changed}).code == "not_known"


def test_a_device_follows_its_changed_key(ana):
    """After a `rekey` of the own circle the old key opens nothing."""
    old, fresh = ana.keys, new_member()
    new = replace(fresh, member=old.member)
    made = Made(old, ana.own.state)
    made.event("rekey", rekey_body(old, new, made.state))
    made.keys = new
    made.epoch([None, None, None, [[new.member, None, None]]])
    own = f"/circles/{b64u(made.state.circle)}"
    assert ana.ask("POST", f"{own}/events", made.body()).status == 201
    ana.keys = new
    assert Browser().ask("POST", "/sessions", by_device(ana, keys=old)).code == "not_known"
    assert Browser().ask("POST", "/sessions", by_device(ana, keys=ana.keys)).status == 200

"""Making an account: by code or by link, once, and with what was signed."""

import os

import pytest

from sameboat.accounts import actions
from sameboat.accounts.models import Account, Session, StartCode
from sameboat.protocol.encoding import b64u
from tests.fixtures.asking import Browser, Person, now
from tests.fixtures.groups import Group

DAY = 86_400


@pytest.fixture
def code(db):
    """The operator's code, where one is asked for."""
    return actions.make_start_code(now=now())


def uses() -> int:
    return StartCode.objects.get().uses_left


def test_a_code_makes_one_account_that_is_signed_in_and_may_start(code):
    ana = Person("Ana").sign_up({"start_code": code})
    told = ana.ask("GET", "/session").told
    assert (told["account"], told["own"]) == (b64u(ana.id), b64u(ana.own.state.circle))
    assert told["can_start"] is True
    assert told["records"]["account"]["version"] == 1
    eve = Person("Eve")
    answer = eve.ask("POST", "/accounts", eve.sign_up_body({"start_code": code}))
    assert (answer.status, answer.code) == (422, "bad_right")


def test_a_lost_answer_is_given_again_and_costs_nothing_p44(code):
    ana = Person("Ana")
    body = ana.sign_up_body({"start_code": code})
    assert ana.ask("POST", "/accounts", body).status == 201
    ana.browser = Browser()
    again = ana.ask("POST", "/accounts", body)
    assert (again.status, again.told["account"]) == (201, b64u(ana.id))
    assert Account.objects.count() == 1
    assert ana.ask("GET", "/session").status == 200


def test_the_same_bytes_open_nothing_later_or_with_another_proof(code, later):
    """Otherwise what the server stores, or a copy of it, would be enough to come in."""
    ana = Person("Ana")
    body = ana.sign_up_body({"start_code": code})
    ana.ask("POST", "/accounts", body)
    other = {**body, "unlocker": {**body["unlocker"], "verifier": b64u(os.urandom(32))}}
    assert Browser().ask("POST", "/accounts", other).status == 422
    later(hours=1)
    assert Browser().ask("POST", "/accounts", body).status == 422
    assert Session.objects.of(ana.id).count() == 1


def test_a_code_is_not_spent_when_no_account_is_made(code):
    taken = Person("Ana").sign_up({"start_code": actions.make_start_code(now=now(), uses=1)})
    StartCode.objects.filter(uses_left=0).delete()
    eve = Person("Eve")
    eve.name = taken.name
    eve.by = type(eve.by)(eve.by.kind, taken.by.lookup, eve.by.wrapping, eve.by.sign_in, eve.by.verifier)
    answer = eve.ask("POST", "/accounts", eve.sign_up_body({"start_code": code}))
    assert (answer.status, answer.code) == (409, "name_taken")
    assert uses() == 1


@pytest.mark.parametrize("typed", ["boat-AAAA-AAAA-AAAA", "nothing", "x" * 40])
def test_a_code_that_was_never_made_makes_nothing(code, typed):
    eve = Person("Eve")
    answer = eve.ask("POST", "/accounts", eve.sign_up_body({"start_code": typed}))
    assert (answer.status, answer.code) == (422, "bad_right")
    assert not Account.objects.exists()


def test_a_code_is_read_as_people_type_it(code):
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", " ")):
        assert Browser().ask("POST", "/start-codes/check", {"start_code": typed}).status == 204
    assert Browser().ask("POST", "/start-codes/check", {"start_code": code[:-1]}).code == "bad_right"
    assert uses() == 1


def test_a_code_runs_out(code, later):
    later(days=60.1)
    assert Browser().ask("POST", "/start-codes/check", {"start_code": code}).code == "bad_right"


def test_codes_are_not_stored_as_they_are_typed(code):
    kept = bytes(StartCode.objects.get().code_hash)
    assert len(kept) == 32
    assert code.replace("-", "").encode() not in kept


def test_codes_cannot_be_guessed_at_speed(db):
    guesser = Browser()
    answers = [guesser.ask("POST", "/start-codes/check", {"start_code": "boat-ABCD"}) for _ in range(21)]
    assert [answer.status for answer in answers] == [422] * 20 + [429]
    assert 0 < answers[-1].told["wait_s"] <= 30
    assert Browser().ask("POST", "/start-codes/check", {"start_code": "boat-ABCD"}).status == 422


def test_without_a_right_there_is_no_account(db):
    eve = Person("Eve")
    assert eve.ask("POST", "/accounts", eve.sign_up_body(None)).code == "bad_right"


def test_a_link_makes_an_account_only_for_whom_it_was_signed_p48(group, settings):
    settings.START_MODE = "code"
    invited, eve = group.invite(), Person("Eve")
    for right in (
        invited.right(os.urandom(16)),
        {"lookup": b64u(os.urandom(16)), "link_sig": invited.right(eve.id)["link_sig"]},
    ):
        assert eve.ask("POST", "/accounts", eve.sign_up_body(right)).code == "bad_right"
    assert eve.sign_up(invited.right(eve.id)).ask("GET", "/session").told["can_start"] is False


def test_the_server_takes_only_what_was_signed_p57(anybody_starts):
    """A wrap, verifier or name that the signed event does not name is refused."""
    eve = Person("Eve")
    body = eve.sign_up_body()
    for changed in (
        {"unlocker": {**body["unlocker"], "wrap": b64u(os.urandom(96))}},
        {"unlocker": {**body["unlocker"], "verifier": b64u(os.urandom(32))}},
        {"unlocker": {**body["unlocker"], "id": b64u(os.urandom(16))}},
        {"unlocker": {**body["unlocker"], "lookup": b64u(os.urandom(16))}},
        {"name": "another name altogether"},
    ):
        answer = eve.ask("POST", "/accounts", {**body, **changed})
        assert (answer.status, answer.code) == (422, "wrong_unlocker")


def test_a_group_is_no_own_circle(group):
    eve = Person("Eve")
    body = {**eve.sign_up_body(), **group.start}
    assert eve.ask("POST", "/accounts", body).code == "wrong_kind"


@pytest.mark.parametrize("size", [64 + 100, 64 + 300])
def test_a_record_whose_size_tells_its_length_is_refused_p30(anybody_starts, size):
    eve = Person("Eve")
    body = eve.sign_up_body()
    body["record"] = {"version": 1, "sealed": b64u(os.urandom(size))}
    assert eve.ask("POST", "/accounts", body).code == "wrong_size"
    assert not Account.objects.exists()


def test_under_eighteen_nothing_is_kept(anybody_starts):
    eve = Person("Eve")
    body = eve.sign_up_body()
    body["consent"]["over_18"] = False
    answer = eve.ask("POST", "/accounts", body)
    assert (answer.status, answer.code) == (422, "not_eighteen")
    assert not Account.objects.exists()


def test_only_the_day_is_kept(anybody_starts):
    ana = Person("Ana").sign_up()
    account = Account.objects.get(pk=ana.id)
    assert account.made_on.isoformat() == account.consent_on.isoformat()
    assert len(account.made_on.isoformat()) == len("2026-01-01")


def test_an_account_id_is_used_once(anybody_starts):
    ana, eve = Person("Ana").sign_up(), Person("Eve")
    eve.id = ana.id
    answer = eve.ask("POST", "/accounts", eve.sign_up_body())
    assert (answer.status, answer.code) == (409, "account_taken")


def test_anybody_starts_where_the_operator_says_so(anybody_starts):
    assert Group("Ana").say("Ana").status == 201

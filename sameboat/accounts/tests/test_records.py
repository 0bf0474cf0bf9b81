"""Sealed records: each version once, one device after the other, nobody else's."""

import os

import pytest

from sameboat.accounts.models import Record
from sameboat.protocol.encoding import b64u
from tests.fixtures.asking import Person


@pytest.fixture
def ana(anybody_starts):
    return Person("Ana").sign_up()


def sealed(size: int = 64 + 256) -> str:
    return b64u(os.urandom(size))


def put(person: Person, slot: str, version: int, body: str):
    return person.ask("PUT", f"/records/{slot}", person.record_put(slot, version, body))


def test_a_record_is_replaced_by_its_next_version_only(ana):
    first, second = sealed(), sealed()
    assert put(ana, "mine", 1, first).status == 200
    assert put(ana, "mine", 2, second).status == 200
    assert ana.ask("GET", "/records/mine").told == {"version": 2, "sealed": second}
    for version in (1, 2, 4, 2**53 - 1):
        answer = put(ana, "mine", version, sealed())
        assert (answer.status, answer.code) == (409, "record_moved")
        assert (answer.told["version"], answer.told["sealed"]) == (2, second)


def test_a_lost_answer_is_given_again_p44(ana):
    body = sealed()
    assert put(ana, "pins", 1, body).status == put(ana, "pins", 1, body).status == 200
    assert put(ana, "pins", 1, sealed()).code == "record_moved"


def test_what_was_never_written_is_not_there(ana):
    answer = ana.ask("GET", "/records/pins")
    assert (answer.status, answer.code) == (404, "nothing_here")
    assert ana.ask("GET", "/records/other").status in {400, 404}
    assert put(ana, "pins", 3, sealed()).told["version"] == 0


def test_nobody_reads_or_writes_anothers_records(ana):
    eve = Person("Eve").sign_up()
    put(ana, "mine", 1, sealed())
    assert eve.ask("GET", "/records/mine").status == 404
    put(eve, "mine", 1, sealed())
    assert Record.objects.of(ana.id).get(slot="mine").sealed != Record.objects.of(eve.id).get(slot="mine").sealed


@pytest.mark.parametrize("size", [64 + 1_000, 64 + 257])
def test_a_record_whose_size_tells_its_length_is_refused_p30(ana, size):
    answer = put(ana, "mine", 1, sealed(size))
    assert (answer.status, answer.code) == (422, "wrong_size")


def test_the_largest_record_is_taken_and_no_larger(ana):
    assert put(ana, "mine", 1, sealed(64 + 262_144)).status == 200
    assert put(ana, "mine", 2, sealed(64 + 524_288)).code == "too_long"


@pytest.mark.parametrize("version", [0, -1, 2**53, "1", 1.0, True, None])
def test_a_version_that_is_none_is_refused(ana, version):
    good = ana.record_put("mine", 1, sealed())
    assert ana.ask("PUT", "/records/mine", good | {"version": version}).code == "not_understood"


def test_a_cookie_alone_changes_no_record_p57(ana):
    """Whoever has only the session cannot put garbage in the place of the keys."""
    before = ana.ask("GET", "/records/account").told
    good = ana.record_put("account", 2, sealed())
    eve = Person("Eve").sign_up()
    for spoiled in (
        good | {"sealed": sealed()},
        good | {"version": 3},
        good | {"sig": b64u(bytes(64))},
        eve.record_put("account", 2, good["sealed"]),
        ana.record_put("mine", 2, good["sealed"]),
    ):
        answer = ana.ask("PUT", "/records/account", spoiled)
        assert (answer.status, answer.code) == (403, "not_signed")
    assert ana.ask("PUT", "/records/account", {"version": 2, "sealed": good["sealed"]}).status == 400
    assert ana.ask("GET", "/records/account").told == before
    assert ana.ask("PUT", "/records/account", good).status == 200

"""Notes from one member to one other: only theirs, and only for a while."""

import os

import pytest

from sameboat.circles.models import Aside
from sameboat.circles.rounds import forget
from sameboat.protocol.encoding import b64u
from tests.fixtures.asking import now
from tests.fixtures.groups import Group

DAY = 86_400


def note(group: Group, by: str, to: bytes, size: int = 48 + 512):
    return group.ask(by, "POST", "/asides", {"to": b64u(to), "sealed": b64u(os.urandom(size))})


def asides(group: Group, name: str) -> list[dict]:
    return group.ask(name, "GET", "/asides").told["asides"]


def test_a_note_reaches_one_member_and_no_other(group):
    group.join("Dee")
    assert note(group, "Ana", group.member("Ben")).status == 201
    (told,) = asides(group, "Ben")
    assert told["from"] == b64u(group.member("Ana"))
    assert asides(group, "Dee") == asides(group, "Ana") == []
    path = f"/asides/{told['id']}"
    assert group.ask("Dee", "DELETE", path, {}).status == 404
    assert group.ask("Ben", "DELETE", path, {}).status == 204
    assert asides(group, "Ben") == []


def test_a_note_goes_to_nobody_outside(group):
    for to in (os.urandom(16), group.member("Ana")):
        assert note(group, "Ana", to).status == 404


@pytest.mark.parametrize("size", [48, 48 + 300, 48 + 65_536])
def test_a_note_whose_size_tells_its_length_is_refused_p30(group, size):
    assert note(group, "Ana", group.member("Ben"), size).status in {400, 413, 422}
    assert asides(group, "Ben") == []


def test_a_note_is_kept_for_two_weeks(group):
    note(group, "Ana", group.member("Ben"))
    forget(now() + 14 * DAY - 60)
    assert Aside.objects.everywhere("a test").count() == 1
    forget(now() + 14 * DAY)
    assert not Aside.objects.everywhere("a test").exists()


def test_notes_to_someone_who_left_go_with_them(group):
    group.join("Mo")
    note(group, "Ana", group.member("Mo"))
    group.leave("Mo")
    assert not Aside.objects.everywhere("a test").exists()

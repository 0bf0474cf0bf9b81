"""Marks hold whoever comes to what they say, and leave a function's shape to the library that reads it."""

import inspect
from types import SimpleNamespace

import pytest

from sameboat.lib.policy import hosts_only, members_only, open_to_everyone, policy_of, staff_only
from sameboat.lib.refusals import NotHere, SignInFirst


def view(request, circle: "int"):
    return circle


@pytest.mark.parametrize("mark", [members_only, hosts_only])
def test_a_member_comes_in_and_a_stranger_is_asked_to(mark):
    assert mark(view)(SimpleNamespace(account=object()), 7) == 7
    for request in (SimpleNamespace(), SimpleNamespace(account=None)):
        with pytest.raises(SignInFirst):
            mark(view)(request, 7)


def test_a_staff_page_is_not_there_for_anyone_else():
    marked = staff_only("operator")(view)
    olive = SimpleNamespace(is_authenticated=True, role="operator")
    assert marked(SimpleNamespace(user=olive), 7) == 7
    keeper = SimpleNamespace(is_authenticated=True, role="keeper")
    nobody = SimpleNamespace(is_authenticated=False)
    for request in (SimpleNamespace(), SimpleNamespace(user=keeper), SimpleNamespace(user=nobody)):
        with pytest.raises(NotHere):
            marked(request, 7)


def test_what_is_open_says_why():
    assert policy_of(open_to_everyone("a front page")(view)).reason == "a front page"
    with pytest.raises(ValueError, match="why"):
        open_to_everyone(" ")


def test_the_marked_function_keeps_its_signature():
    signature = inspect.signature(members_only(view))
    assert list(signature.parameters) == ["request", "circle"]
    assert signature.parameters["circle"].annotation is int


def test_an_unmarked_function_has_no_policy():
    assert policy_of(view) is None

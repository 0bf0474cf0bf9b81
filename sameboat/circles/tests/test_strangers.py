"""What is out of reach looks like what never was, for every verb of a circle: the same bytes, the same headers."""

import os

import pytest

from sameboat.accounts import access
from sameboat.lib.policy import policy_of
from sameboat.protocol.encoding import b64u
from tests.contracts.code import routes
from tests.fixtures.asking import Browser, Person
from tests.fixtures.groups import Group

PARTS = {"{circle}": None, "{message}": 32, "{invite}": 32, "{aside}": 16}


def verbs() -> list[tuple[str, str]]:
    """Every verb under /api/circles/{circle}, from the code."""
    found = [
        (method, route.path.removeprefix("api"))
        for route in routes()
        if route.path.startswith("api/circles/{circle}") and policy_of(route.function)
        for method in route.methods
    ]
    assert len(found) >= 13
    return sorted(found)


def bodies(group: Group, name: str) -> dict[str, dict]:
    """A good body for each address that takes one, made by somebody who was a member."""
    made = group.made(name)
    made.event("name", [os.urandom(32)])
    return {
        "/events": made.body(),
        "/messages": {"envelope": b64u(group.seal(name))},
        "/repair": {"from_seq": 1, "events": [], "attachments": {}},
        "/repair/messages": {"messages": [{"envelope": b64u(group.seal(name)), "at": 0}]},
        "/go": {"bytes": b64u(os.urandom(64)), "sig": b64u(os.urandom(64))},
        "/talks": made.body(),
        "/close": {},
        "/meetings": {"plan": b64u(os.urandom(64)), "sig": b64u(os.urandom(64))},
        "/meetings/again": {
            "author": b64u(group.member("Mo")),
            "plan": b64u(os.urandom(64)),
            "sig": b64u(os.urandom(64)),
        },
        "/reminders": {"day_before": True, "two_hours_before": False},
        "/asides": {"to": b64u(group.member("Ana")), "sealed": b64u(os.urandom(48 + 256))},
        "/signals": {
            "to": b64u(group.member("Ana")),
            "call": b64u(bytes(16)),
            "sealed": b64u(os.urandom(304)),
            "rings": False,
        },
    }


def address(path: str, circle: str) -> str:
    found = path.replace("{circle}", circle)
    for part, size in PARTS.items():
        found = found.replace(part, b64u(bytes(size or 0)))
    return found


@pytest.mark.parametrize(("method", "path"), verbs())
def test_a_stranger_and_someone_who_left_get_the_same_nothing(anybody_starts, method, path):
    group = Group("Ana").join("Mo")
    body = bodies(group, "Mo").get(path.removeprefix("/circles/{circle}"), {}) if method != "GET" else None
    group.leave("Mo")
    sam = Person("Sam").sign_up()
    nowhere = sam.ask(method, address(path, b64u(os.urandom(32))), body)
    assert (nowhere.status, nowhere.code) == (404, "nothing_here")
    for who in (sam, group.people["Mo"]):
        answer = who.ask(method, address(path, group.id), body)
        assert (answer.status, answer.raw, answer.headers) == (404, nowhere.raw, nowhere.headers)


@pytest.mark.parametrize("circle", ["x", "A" * 42 + "B", "a" * 44, "é" * 43, b64u(bytes(16))])
def test_what_is_no_id_does_not_exist(group, circle):
    answer = group.people["Ana"].ask("GET", f"/circles/{circle}/events")
    assert (answer.status, answer.code) == (404, "nothing_here")


def test_the_own_circle_is_nobody_elses(group):
    own = b64u(group.people["Ana"].own.state.circle)
    assert group.people["Ana"].ask("GET", f"/circles/{own}/events").status == 200
    assert group.people["Ben"].ask("GET", f"/circles/{own}/events").status == 404


def test_nothing_of_a_group_is_given_without_a_session(group):
    stranger = Browser()
    stranger.client.cookies[access.COOKIE] = "made up"
    for method, path in verbs():
        answer = stranger.ask(method, address(path, group.id), {} if method != "GET" else None)
        assert (answer.status, answer.code) == (401, "not_signed_in")

"""Every route says who it is for, and the mark is true for whoever comes."""

import re

import pytest
from django.test import Client

from sameboat.lib.policy import policy_of
from sameboat.staff.models import Person
from tests.contracts.code import Route, routes

ROUTES = routes()
# One value of the right shape for each converter; nothing exists under it.
MADE_UP = {"int": "7", "uuid": "00000000-0000-4000-8000-000000000000"}


def test_every_route_carries_a_policy_mark():
    unmarked = [str(route) for route in ROUTES if policy_of(route.function) is None]
    assert not unmarked
    assert len(ROUTES) > 5


def address(route: Route) -> str:
    """The route's address with made-up parts in place of its parameters."""
    plain = re.sub(r"[<{](?:(\w+):)?\w+[>}]", lambda found: MADE_UP.get(found[1] or "", "a" * 22), route.path)
    return "/" + plain


def ask(client: Client, route: Route, method: str):
    return client.generic(method, address(route), "{}" if method != "GET" else "", content_type="application/json")


def for_whom(who: str) -> list[Route]:
    return [route for route in ROUTES if (mark := policy_of(route.function)) and mark.who == who]


@pytest.mark.django_db
def test_a_stranger_gets_no_further_than_the_door(client):
    for route in for_whom("members") + for_whom("hosts"):
        for method in route.methods:
            answer = ask(client, route, method)
            assert answer.status_code == 401, f"{route}: {answer.status_code}"
            assert answer.json()["code"] == "not_signed_in"


def does_not_exist_for(client: Client, route: Route) -> bool:
    """Whether every request for it is answered as for a page that is not there, or not taken at all."""
    nothing = client.get("/there/is/no/such/page")
    answers = [ask(client, route, method) for method in ("GET", "POST")]
    taken = [answer for answer in answers if answer.status_code != 405]
    return bool(taken) and all((one.status_code, one.content) == (404, nothing.content) for one in taken)


@pytest.mark.django_db
def test_to_a_stranger_staff_pages_do_not_exist(client):
    for route in for_whom("staff"):
        assert does_not_exist_for(client, route), str(route)


@pytest.mark.django_db
def test_staff_are_strangers_to_the_groups(client):
    client.force_login(Person.objects.create(name="Olive", role="operator"))
    for route in for_whom("members") + for_whom("hosts"):
        for method in route.methods:
            assert ask(client, route, method).status_code == 401, str(route)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Person.Role.values)
def test_a_staff_page_is_only_for_the_roles_it_names(client, role):
    client.force_login(Person.objects.create(name="Olive", role=role))
    for route in for_whom("staff"):
        if role not in policy_of(route.function).roles:
            assert does_not_exist_for(client, route), str(route)


def test_a_member_is_a_stranger_to_staff_pages(member_client):
    for route in for_whom("staff"):
        assert does_not_exist_for(member_client, route), str(route)


def test_to_a_member_other_circles_look_like_none(member_client):
    """What is out of reach and what was never there answer with the same bytes."""
    nothing = member_client.get("/api/there/is/nothing")
    for route in for_whom("members") + for_whom("hosts"):
        if route.path.startswith("api/circles/{") and "GET" in route.methods:
            answer = ask(member_client, route, "GET")
            assert (answer.status_code, answer.content) == (404, nothing.content), str(route)

"""Whatever is sent, the API answers in its one shape, and never breaks."""

import json

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as trying

from sameboat.accounts import access
from tests.contracts.code import routes

# Where schemathesis puts an application that is called in this process; its cookies are for there as well.
ORIGIN = "http://localhost"
# 12 of each where the profile plays the whole number (tests/fixtures/chance.py).
TRIES = trying(
    max_examples=trying.default.max_examples * 3 // 25, database=None, suppress_health_check=list(HealthCheck)
)
WAIT_OR_REFUSE, SIGNED_OUT = 400, 401


def in_one_transaction(application):
    """The same application, whose requests leave the test's connection open, as with Django's own test client."""

    def respond(environ, start_response):
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        return application(environ, start_response)

    return respond


def each_made_up_request(answered) -> int:
    """Makes up requests to every operation that the API describes; returns how many operations there were."""
    site = in_one_transaction(get_wsgi_application())
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", site, base_url=ORIGIN)
    found = [operation.ok() for operation in described.get_all_operations()]
    for operation in found:

        @TRIES
        @given(case=operation.as_strategy())
        def one(case):
            answered(case)

        one()
    return len(found)


def assert_well_answered(case, cookies) -> int:
    answer = case.call(headers={"Origin": ORIGIN}, cookies=cookies)
    assert answer.status_code < 500, f"{case.method} {case.path}"
    if answer.status_code >= WAIT_OR_REFUSE:
        told = json.loads(answer.content)
        assert {"code", "sentence"} <= set(told), f"{case.method} {case.path}"
        assert told["sentence"].endswith(".")
    return answer.status_code


def test_a_stranger_and_a_member_may_send_anything(group, settings):
    """Both send the same; the member's reaches a circle of theirs. Some requests end a session: they come in again."""
    settings.ORIGIN, settings.ALLOWED_HOSTS = ORIGIN, ["localhost", "testserver"]
    ana, to_ana, cookies = group.people["Ana"], set(), {}

    def as_ana(case):
        told = assert_well_answered(case, cookies) if cookies else SIGNED_OUT
        if told == SIGNED_OUT:
            cookies[access.COOKIE] = ana.another_browser().client.cookies[access.COOKIE].value
            told = assert_well_answered(case, cookies)
        return told

    def answered(case):
        assert_well_answered(case, {})
        if "circle" in (case.path_parameters or {}):
            case.path_parameters["circle"] = group.id
        to_ana.add(as_ana(case))

    assert each_made_up_request(answered) >= 30
    # Not all stopped at the gate: some were understood, some got as far as the signed bytes.
    assert {200, 204, 400, 404, 422} <= to_ana


def test_the_description_names_every_operation(client):
    described = client.get("/api/openapi.json").json()["paths"]
    for route in routes():
        if route.path.startswith("api/") and route.path not in {"api/docs", "api/openapi.json"}:
            assert f"/{route.path}" in described, str(route)

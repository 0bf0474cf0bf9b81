"""Whatever is sent, the API answers in its one shape, and never breaks."""

import json

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings

from sameboat.accounts import access
from tests.contracts.code import routes

ORIGIN = "http://testserver"
TRIES = settings(
    max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
WAIT_OR_REFUSE = 400


def send_anything(cookies: dict[str, str]) -> int:
    """Sends made-up requests to every operation that the API describes; returns how many there were."""
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application(), base_url=ORIGIN)
    found = [operation.ok() for operation in described.get_all_operations()]
    for operation in found:

        @TRIES
        @given(case=operation.as_strategy())
        def one(case):
            assert_well_answered(case, cookies)

        one()
    return len(found)


def assert_well_answered(case, cookies):
    answer = case.call(headers={"Origin": ORIGIN}, cookies=cookies)
    assert answer.status_code < 500, f"{case.method} {case.path}"
    if answer.status_code >= WAIT_OR_REFUSE:
        told = json.loads(answer.content)
        assert {"code", "sentence"} <= set(told), f"{case.method} {case.path}"
        assert told["sentence"].endswith(".")


def test_a_stranger_may_send_anything(db):
    assert send_anything({}) >= 10


def test_a_member_may_send_anything(signed_in):
    assert send_anything({access.COOKIE: signed_in}) >= 10


def test_the_description_names_every_operation(client):
    described = client.get("/api/openapi.json").json()["paths"]
    for route in routes():
        if route.path.startswith("api/") and route.path not in {"api/docs", "api/openapi.json"}:
            assert f"/{route.path}" in described, str(route)

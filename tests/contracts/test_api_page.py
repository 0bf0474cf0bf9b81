"""The API is described where the operator wishes it, and else there is nothing there."""

import httpx
import pytest

from tests.fixtures.servers import Served


def test_the_api_is_described(server):
    page = httpx.get(f"{server.origin}/api/docs")
    schema = httpx.get(f"{server.origin}/api/openapi.json").json()
    assert page.status_code == 200
    assert schema["openapi"].startswith("3.")
    for address in schema["paths"]:
        assert address in page.text


@pytest.fixture(scope="module")
def quiet(serve) -> Served:
    return serve(API_DOCS="off")


@pytest.mark.parametrize("path", ["/api/docs", "/api/openapi.json"])
def test_switched_off_it_is_not_there(quiet, path):
    answer, nothing = httpx.get(quiet.origin + path), httpx.get(f"{quiet.origin}/api/nothing")
    assert (answer.status_code, answer.content) == (nothing.status_code, nothing.content)

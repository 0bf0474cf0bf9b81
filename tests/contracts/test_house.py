"""The house stands: it serves, says nothing of itself, and its headers are on every answer."""

import httpx
import pytest

ANSWERS = ["/", "/in/", "/in/anything/at/all", "/api/nothing", "/nothing", "/assets/nothing.js"]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_security_headers(server, path):
    answer = httpx.get(server.origin + path)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "server" not in answer.headers


def test_the_shell_is_the_same_bytes_for_everyone(server):
    one = httpx.get(f"{server.origin}/in/")
    other = httpx.get(f"{server.origin}/in/room/abc", headers={"Cookie": "session=1"})
    assert one.content == other.content
    assert "set-cookie" not in one.headers
    assert "set-cookie" not in other.headers
    assert one.headers["cache-control"] == "no-cache"


def test_nothing_is_changed_from_another_origin(server):
    for headers in ({}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = httpx.post(f"{server.origin}/api/nothing", json={}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin")


def test_the_api_takes_only_json(server):
    answer = httpx.post(f"{server.origin}/api/nothing", data={"a": "b"}, headers={"Origin": server.origin})
    assert (answer.status_code, answer.json()["code"]) == (415, "not_json")


def test_api_errors_have_one_shape(server):
    answer = httpx.get(f"{server.origin}/api/nothing")
    assert answer.status_code == 404
    assert set(answer.json()) == {"code", "sentence"}
    assert answer.headers["cache-control"] == "no-store"

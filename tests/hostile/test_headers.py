"""The headers that hold a browser to the promise, on every kind of answer that this server can give."""

import socket

import httpx
import pytest

from sameboat.web.headers import ALWAYS, wanted
from tests.fixtures.servers import free_port

JSON = {"Content-Type": "application/json"}
WHOLE = {"Accept-Encoding": "identity"}
# What a browser or a program can be answered, by how it comes about: name, way of asking, status.
KINDS = {
    "a page": ("GET", "/", {}, b"", 200),
    "a page with things of the database": ("GET", "/help", {}, b"", 200),
    "only its head": ("HEAD", "/", {}, b"", 200),
    "the shell": ("GET", "/in/", {}, b"", 200),
    "the shell somewhere": ("GET", "/in/room/x?y=1", {}, b"", 200),
    "an asset": ("GET", "/assets/web/outside.css", WHOLE, b"", 200),
    "an asset made smaller": ("GET", "/assets/web/outside.css", {"Accept-Encoding": "gzip"}, b"", 200),
    "a part of an asset": (
        "GET",
        "/assets/web/leave.js",
        {"Range": "bytes=0-9", "Accept-Encoding": "identity"},
        b"",
        206,
    ),
    "no such part": ("GET", "/assets/web/leave.js", {"Range": "bytes=9999999-"}, b"", 416),
    "no such asset": ("GET", "/assets/nothing.js", {}, b"", 404),
    "no such page": ("GET", "/nothing", {}, b"", 404),
    "a page moved": ("GET", "/in", {}, b"", 301),
    "something for programs": ("GET", "/api/home", {}, b"", 200),
    "nothing for programs": ("GET", "/api/nothing", {}, b"", 404),
    "sign in first": ("GET", "/api/sessions", {}, b"", 401),
    "the stream, to a stranger": ("GET", "/api/stream", {}, b"", 401),
    "from elsewhere": ("POST", "/api/sessions", {**JSON, "Origin": "https://elsewhere.example"}, b"{}", 403),
    "not this way": ("DELETE", "/in/", {}, b"", 405),
    "not JSON": ("POST", "/api/sessions", {"Content-Type": "text/plain"}, b"x", 415),
    "of the wrong shape": ("POST", "/api/sessions", JSON, b"[", 400),
    "too large": ("POST", "/api/sessions", JSON, b"x" * (1024 * 1024 + 1), 413),
    "a form": ("POST", "/concern/look-up", {"Content-Type": "application/x-www-form-urlencoded"}, b"code=x", 200),
    "an unknown name": ("GET", "/", {"Host": "elsewhere.example"}, b"", 400),
    "a release list, where there is none": ("GET", "/release", {}, b"", 404),
    "what is for staff": ("GET", "/operator/", {}, b"", 404),
}


@pytest.fixture(scope="module")
def answers(server):
    """Every kind of answer, asked once."""
    with httpx.Client(base_url=server.origin, trust_env=False) as site:
        return {
            kind: site.request(method, path, headers={"Origin": server.origin, **headers}, content=body)
            for kind, (method, path, headers, body, _) in KINDS.items()
        }


def test_every_kind_of_answer_comes_about(answers):
    assert {kind: one.status_code for kind, one in answers.items()} == {kind: row[-1] for kind, row in KINDS.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_each_header_stands_once_on_every_kind_of_answer_p38(answers, kind):
    told, path = answers[kind].headers, KINDS[kind][1]
    ours = wanted(path, secure=False)
    for name in ALWAYS:
        assert told.get_list(name) == [ours[name]]
    assert "server" not in told
    assert "set-cookie" not in told


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_shell_and_assets_are_kept_by_a_browser_p38(answers, kind):
    told, path = answers[kind].headers, KINDS[kind][1]
    kept = answers[kind].status_code in (200, 206) and path.startswith(("/in/", "/assets/"))
    assert (told["cache-control"] != "no-store") == (kept or path.startswith("/in")), told["cache-control"]


def test_an_asset_that_has_not_changed_carries_them_too_p38(server):
    for path in ("/in/", "/assets/web/outside.css"):
        first = httpx.get(server.origin + path)
        again = {"If-None-Match": first.headers["etag"]}
        answer = httpx.get(server.origin + path, headers=again)
        assert answer.status_code == 304
        ours = wanted(path, secure=False)
        assert {name: answer.headers.get(name) for name in ALWAYS} == {name: ours[name] for name in ALWAYS}


def test_an_open_stream_carries_them_too_p38(site):
    """Asked of the server itself, without Mallory between."""
    account = site.account("Mo")
    cookies, address = dict(account.wire.http.cookies), f"http://localhost:{site.served.port}/api/stream"
    with httpx.stream("GET", address, cookies=cookies, trust_env=False) as answer:
        assert answer.status_code == 200
        for name, value in ALWAYS.items():
            assert answer.headers.get_list(name) == [value]
        assert answer.headers["cache-control"] == "no-store"


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_written_in_a_page_p38():
    parts = dict(part.split(" ", 1) for part in ALWAYS["content-security-policy"].split("; "))
    assert parts["default-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"
    assert parts["require-trusted-types-for"] == "'script'"
    assert parts["trusted-types"] == "sameboat"
    sources = {source for name, told in parts.items() if name.endswith("-src") for source in told.split()}
    assert sources == {"'self'", "'none'", "data:"}
    assert [name for name, told in parts.items() if "data:" in told] == ["img-src"]
    assert "unsafe" not in ALWAYS["content-security-policy"]


def test_only_inside_may_a_page_ask_for_the_microphone_p38():
    asked = {path: wanted(path, secure=True)["permissions-policy"] for path in ("/", "/help", "/api/home", "/in/")}
    assert [path for path, told in asked.items() if "microphone=()" not in told] == ["/in/"]
    assert asked["/in/"].replace("(self)", "()") == asked["/"]
    assert "camera=()" in asked["/in/"]


def test_over_https_browsers_are_told_to_stay_there_p38(serve):
    name = "strict-transport-security"
    assert name in wanted("/in/", secure=True)
    assert name not in wanted("/in/", secure=False)
    port = free_port()
    behind = serve(ORIGIN=f"https://localhost:{port}")
    for path in ("/", "/in/", "/api/nothing", "/assets/nothing"):
        answer = httpx.get(f"http://localhost:{behind.port}{path}", headers={"Host": f"localhost:{port}"})
        assert answer.headers[name] == wanted("/", secure=True)[name]


def test_words_that_are_no_request_are_told_nothing(server):
    """Nothing that a browser can send: it is turned away before there is anything to answer with."""
    with socket.create_connection(("localhost", server.port)) as line:
        line.sendall(b"not a request\r\n\r\n")
        answer = line.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"text/html" not in answer

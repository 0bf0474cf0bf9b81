"""Bodies of any pace and size, over real connections."""

import socket
import time
from contextlib import ExitStack

import httpx

SLOW = 24


def half_sent(server) -> socket.socket:
    """A request whose body has begun and does not end."""
    phone = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    head = f"POST /api/nothing HTTP/1.1\r\nHost: localhost:{server.port}\r\nOrigin: {server.origin}\r\n"
    phone.sendall(f"{head}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{".encode())
    return phone


def test_slow_phones_do_not_close_the_site_for_others(server):
    with ExitStack() as phones:
        slow = [phones.enter_context(half_sent(server)) for _ in range(SLOW)]
        started = time.monotonic()
        assert httpx.get(f"{server.origin}/in/", timeout=10).status_code == 200
        assert time.monotonic() - started < 5
        slow[0].sendall(b"}")
        assert b"404" in slow[0].recv(100)


def test_a_body_in_pieces_is_read_whole(server):
    def pieces():
        yield b'{"a":'
        yield b"1}"

    headers = {"Origin": server.origin, "Content-Type": "application/json"}
    answer = httpx.post(f"{server.origin}/api/nothing", content=pieces(), headers=headers)
    assert answer.json()["code"] == "nothing_here"


def test_a_body_that_is_too_large_is_refused(server):
    def endless():
        for _ in range(40):
            yield b"x" * 65_536

    headers = {"Origin": server.origin, "Content-Type": "application/json"}
    for content in (b"x" * (2 * 1024 * 1024), endless()):
        try:
            answer = httpx.post(f"{server.origin}/api/nothing", content=content, headers=headers)
        except (httpx.WriteError, httpx.ReadError):
            continue  # closed while we were still sending, which is a refusal too
        assert (answer.status_code, answer.json()["code"]) == (413, "too_long")


def test_nothing_breaks_when_someone_goes_away(server):
    for _ in range(5):
        half_sent(server).close()
    assert httpx.get(f"{server.origin}/in/").status_code == 200
    assert "Traceback" not in server.errors()

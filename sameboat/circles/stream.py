"""The live stream: Server-Sent Events as a raw ASGI coroutine, one for each open page, without a thread.

Subscribe first, then replay from the database, drop what is not newer, go live. `id:` is a cursor, taken back
as `Last-Event-ID` or `?after=`. The first event, `ready`, says from where the stream goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from sameboat.accounts import access
from sameboat.accounts.actions import renew
from sameboat.accounts.refusals import Closing
from sameboat.circles import feed
from sameboat.circles.feed import Counters, Seat
from sameboat.circles.hub import Listener, Send, hub, off_loop
from sameboat.lib import clock
from sameboat.lib.policy import Policy
from sameboat.lib.refusals import Refusal, SignInFirst
from sameboat.protocol.encoding import b64u
from sameboat.web.answers import NotThisWay, NotUnderstood

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
LONGEST_CURSOR = 8_192
GOODBYE = 2.0
_PART = re.compile(r"(\d{1,18})\.(\d{1,10})\.(\d{1,18})\.(\d{1,18})\Z")
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    # A buffering proxy in front would hold every message back.
    (b"x-accel-buffering", b"no"),
]


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose stream it is, and from where it goes on in each circle."""

    account: bytes
    session: int
    seats: list[tuple[Seat, Counters]]
    new: list[bytes]


def open_for(cookie: str | None, cursor: str, *, now: int) -> Opened:
    """Finds session and memberships. Raises a Refusal."""
    session = access.session_of(cookie, now=now)
    if session is None:
        raise SignInFirst
    if session.account.closing_at:
        raise Closing
    renew(session, now=now)
    account = bytes(session.account_id)
    known = read_cursor(cursor)
    seats: list[tuple[Seat, Counters]] = []
    new: list[bytes] = []
    for seat in feed.seats([account])[account]:
        since = known.get(seat.row)
        if since is None and cursor:
            new.append(seat.circle)
        # A server put back from a copy may be behind a cursor; then its own place counts.
        seq, position, gone = (min(a, b) for a, b in zip(since or seat.now, seat.now, strict=True))
        # A cursor is only a wish: what was sent before somebody came in is not theirs.
        seats.append((seat, Counters(seq, max(position, seat.since), gone)))
    return Opened(account, session.pk, seats, new)


def read_cursor(text: str) -> dict[int, Counters]:
    """A cursor's place in each membership. Raises NotUnderstood."""
    found: dict[int, Counters] = {}
    if len(text) > LONGEST_CURSOR:
        raise NotUnderstood
    for part in filter(None, text.split("-")):
        match = _PART.match(part)
        if match is None or not part.isascii():
            raise NotUnderstood
        row, *places = map(int, match.groups())
        found[row] = Counters(*places)
    return found


async def stream(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Answers GET /api/stream until the member, the session or the server ends it."""
    try:
        opened = await _asked(scope)
    except Refusal as refusal:
        await _refuse(send, refusal)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    listener = Listener(opened.account, opened.session, send)
    hub.join(listener)
    try:
        await _begin(listener, opened, send)
        while (await receive())["type"] != "http.disconnect":
            pass
    except asyncio.CancelledError:
        # Ended from our side: finish the answer properly, so that the browser asks again.
        if not listener.ending:
            raise
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(send({"type": "http.response.body", "body": b"", "more_body": False}), GOODBYE)
    finally:
        listener.ending = True
        hub.part(listener)


stream.policy = Policy("members")  # type: ignore[attr-defined]


async def _asked(scope: MutableMapping[str, Any]) -> Opened:
    """Who asks, and for what. Raises a Refusal."""
    if scope["method"] != "GET":
        raise NotThisWay
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    # An idle stream keeps its scope; what a browser says in its headers would be half of what the stream weighs.
    scope["headers"].clear()
    after = parse_qs(scope["query_string"].decode("latin-1")).get("after", [""])
    cursor = headers.get(b"last-event-id") or after[0]
    cookie = access.cookie_of(headers.get(b"cookie", ""))
    return await off_loop(open_for, cookie, cursor, now=int(clock.seconds()))


async def _begin(listener: Listener, opened: Opened, send: Send) -> None:
    """Subscribes, says from where the stream goes on, and catches up."""
    for seat, known in opened.seats:
        hub.sit(listener, seat, known)
    opened.seats.clear()
    await _write(send, listener.lines("ready", b"{}"))
    for circle in opened.new:
        told = json.dumps({"circle": b64u(circle)}).encode()
        await _write(send, listener.lines("circle", told))
    await _catch_up(listener, send)


async def _catch_up(listener: Listener, send: Send) -> None:
    """Reads what the cursor has not seen, again until nothing was told meanwhile, and only then goes live."""
    while True:
        for circle, place in list(listener.places.items()):
            while told := await off_loop(feed.after_for, place.row, circle, place.known):
                for name, frame in told:
                    if place.passes(frame):
                        await _write(send, listener.lines(name, *frame.pieces(place.member)))
        if hub.caught_up(listener):
            hub.go_live(listener)
            return


async def _write(send: Send, pieces: list[bytes]) -> None:
    await send({"type": "http.response.body", "body": b"".join(pieces), "more_body": True})


async def _refuse(send: Send, refusal: Refusal) -> None:
    body = json.dumps(refusal.as_json()).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})

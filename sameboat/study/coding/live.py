"""The live stream of a study: Server-Sent Events as a raw ASGI coroutine, one for each open screen, without a thread.

`GET /api/studies/{sid}/live?after=ENTRY`: one event `change` for each entry of the ledger that touches spans, codes
or memos, in order; `gap` where too much was missed or a text itself changed, and the screen reads everything anew. The
database is the truth, the bell a hint; once a second it is asked whether another process wrote something.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import parse_qs

from django.core.serializers.json import DjangoJSONEncoder
from django.db import close_old_connections

from sameboat.lib.policy import Policy
from sameboat.lib.refusals import NotHere, Refusal, SignInFirst
from sameboat.study.coding.telling import TOLD_KINDS, entry_json
from sameboat.study.ledger.bell import bell
from sameboat.study.ledger.history import newest
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import Seat, seat
from sameboat.study.team.signed_in import who_holds
from sameboat.web.answers import NotThisWay
from sameboat.web.headers import Receive, Scope, Send

Result = TypeVar("Result")
PAGE = 100
MOST_MISSED = 2_000
# What these did to texts is not told row by row: whoever looks at one reads it anew.
ANEW = ("withdraw", "mend a text", "take names out", "take names out everywhere", "delete for good")
LOOK_SECONDS, BEATS = 1.0, 15
GOODBYE = 2.0
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    # A buffering proxy in front would hold every event back.
    (b"x-accel-buffering", b"no"),
]


async def off_loop(work: Callable[..., Result], *given: Any) -> Result:
    """Runs something that waits for the database in a thread."""

    def connected() -> Result:
        close_old_connections()
        return work(*given)

    return await asyncio.to_thread(connected)


def open_for(cookie: str, study_id: uuid.UUID) -> Seat:
    """The seat of whoever holds this cookie. Raises SignInFirst, NotHere."""
    researcher = who_holds(cookie)
    if researcher is None:
        raise SignInFirst
    return seat(researcher, study_id)


def told_after(seat: Seat, after: int) -> tuple[list[str], int]:
    """The next events after an entry, as lines to send, and the entry that they lead to."""
    head = newest(seat.study)
    later = Entry.objects.filter(study=seat.study, id__gt=after).select_related("researcher")
    if after > head or later.count() > MOST_MISSED or later.filter(verb__in=ANEW).exists():
        return [f"id: {head}\nevent: gap\ndata: {{}}\n\n"], head
    lines = []
    for entry in later.order_by("id")[:PAGE]:
        after = entry.pk
        if any(f" {kind} " in entry.kinds for kind in TOLD_KINDS):
            lines += _line(seat, entry)
    return lines, after


def _line(seat: Seat, entry: Entry) -> list[str]:
    told = entry_json(seat, entry)
    if seat.blind and entry.researcher_id != seat.researcher.id and not any(told["changes"].values()):
        return []
    return [f"id: {entry.pk}\nevent: change\ndata: {json.dumps(told, cls=DjangoJSONEncoder)}\n\n"]


async def live(scope: Scope, receive: Receive, send: Send, study_id: str) -> None:
    """Answers until the researcher, their session or the server ends it."""
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    cookie = headers.get(b"cookie", "")
    try:
        if scope["method"] != "GET":
            raise NotThisWay
        study = _uuid(study_id)
        found = await off_loop(open_for, cookie, study)
        asked = headers.get(b"last-event-id") or parse_qs(scope["query_string"].decode("latin-1")).get("after", [""])[0]
        after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
        after = await off_loop(newest, found.study) if after is None else after
    except Refusal as refusal:
        await _refuse(send, refusal)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    listening = asyncio.ensure_future(_tell(found, after, send, lambda: off_loop(open_for, cookie, study)))
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        await asyncio.wait({listening, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        listening.cancel()
        gone.cancel()
        await _finish(send)


live.policy = Policy("readers")  # type: ignore[attr-defined]


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotHere from None


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _tell(seat: Seat, after: int, send: Send, look: Callable[[], Awaitable[Seat]]) -> None:
    """Sends what is new whenever the bell rings, and looks now and then whether this seat still holds."""
    quiet = 0
    with bell.listening(seat.study.id) as rung:
        await _write(send, ": open\n\n")
        while True:
            rung.clear()
            lines, reached = await off_loop(told_after, seat, after)
            if lines:
                await _write(send, "".join(lines))
            if reached > after:
                after = reached
                continue
            after = reached
            try:
                await asyncio.wait_for(rung.wait(), LOOK_SECONDS)
            except TimeoutError:
                quiet += 1
            try:
                seat = await look()
            except Refusal:
                return
            if quiet >= BEATS:
                quiet = 0
                await _write(send, ": still here\n\n")


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _finish(send: Send) -> None:
    # Ended properly, so that the browser asks again; to one who has gone it makes no difference.
    with contextlib.suppress(OSError, RuntimeError, TimeoutError, asyncio.CancelledError):
        await asyncio.wait_for(send({"type": "http.response.body", "body": b"", "more_body": False}), GOODBYE)


async def _refuse(send: Send, refusal: Refusal) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(refusal.as_json()).encode()})

"""A request waits for its whole body in the event loop, not in one of the eight threads.

Otherwise eight slow phones, or one person who means harm, could hold every thread and close the site.
"""

from __future__ import annotations

import json
from typing import Any

from sameboat.lib.refusals import Refusal
from sameboat.web.answers import NotUnderstood, TooLarge
from sameboat.web.headers import App, Message, Receive, Scope, Send


def with_whole_body(app: App, *, largest: int) -> App:
    """Wraps an ASGI app so that it starts when the body is here. More than `largest` bytes are refused."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        length = dict(scope["headers"]).get(b"content-length")
        if length is not None and (not length.isdigit() or int(length) > largest):
            await _refuse(send, TooLarge() if length.isdigit() else NotUnderstood())
            return
        try:
            body = await _read(receive, largest)
        except Gone:
            return
        except TooLarge as refusal:
            await _refuse(send, refusal)
            return
        await app(_with_length(scope, len(body)), _replay(body, receive), send)

    return wrapped


class Gone(Exception):
    """The other side went away before it had sent everything."""


async def _read(receive: Receive, largest: int) -> bytes:
    """The whole body. Raises Gone, TooLarge."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        body += message.get("body", b"")
        if len(body) > largest:
            raise TooLarge
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay


def _with_length(scope: Scope, length: int) -> dict[str, Any]:
    """WSGI reads nothing without a length, so a body that came in chunks gets one here."""
    unwanted = {b"content-length", b"transfer-encoding"}
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in unwanted]
    return {**scope, "headers": [*kept, (b"content-length", str(length).encode())]}


async def _refuse(send: Send, refusal: Refusal) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(refusal.as_json()).encode()})

"""Mallory: an ASGI wrapper that can alter any answer of an application, and remembers every request.

In these tests the application is `Forward`, which hands everything to a real `sameboat serve` process, so
what members meet is the real server with a liar in its place. A `Tamper` takes what was asked and what the
server answered, and returns what is told instead; None means that the answer gets lost on the way.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sameboat.client.http import events_in
from tests.hostile.forwarding import HOP, App, Message, body_of


@dataclass(frozen=True)
class Asked:
    """One request as it reached the server."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}" + (f"?{self.query}" if self.query else "")

    def everything(self) -> bytes:
        """All that the server saw of it, for searching."""
        head = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return f"{self.line}\n{head}\n".encode() + self.body


@dataclass(frozen=True)
class Answered:
    """One answer, whole."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    def telling(self, body: Any, status: int | None = None) -> Answered:
        """The same answer with another JSON body."""
        return replace(self, body=json.dumps(body).encode(), status=status or self.status)


Tamper = Callable[[Asked, Answered], "Answered | None"]
LiveTamper = Callable[[str, dict[str, Any]], "list[tuple[str, dict[str, Any]]]"]
Refuse = Callable[[Asked], "Answered | None"]


@dataclass
class Mallory:
    """Wraps `app`. Tampers by route: `POST /api/circles/*/events`, where `*` is one part of the path."""

    app: App
    seen: list[Asked] = field(default_factory=list)
    _tampers: list[tuple[re.Pattern[str], Tamper]] = field(default_factory=list)
    _before: list[tuple[re.Pattern[str], Refuse]] = field(default_factory=list)
    _live: list[LiveTamper] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextlib.contextmanager
    def tampering(self, route: str, tamper: Tamper) -> Iterator[None]:
        """While inside, answers to this route pass through `tamper`."""
        with _while_in(self._tampers, (_pattern(route), tamper)):
            yield

    @contextlib.contextmanager
    def instead(self, route: str, refuse: Refuse) -> Iterator[None]:
        """While inside, `refuse` may answer this route before the real server hears of it."""
        with _while_in(self._before, (_pattern(route), refuse)):
            yield

    @contextlib.contextmanager
    def telling(self, tamper: LiveTamper) -> Iterator[None]:
        """While inside, everything told on live streams passes through `tamper`."""
        with _while_in(self._live, tamper):
            yield

    @contextlib.contextmanager
    def recording(self) -> Iterator[list[Asked]]:
        """The requests that come in while inside."""
        first = len(self.seen)
        found: list[Asked] = []
        try:
            yield found
        finally:
            found.extend(self.seen[first:])

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = await _read(scope, receive)
        with self._lock:
            self.seen.append(asked)
        if asked.path == "/api/stream":
            await self.app(scope, _again(asked.body, receive), _Retelling(self, send))
            return
        answer = self._first_word(asked) or await _whole_answer(self.app, scope, asked)
        for pattern, tamper in list(self._tampers):
            if answer is not None and pattern.fullmatch(f"{asked.method} {asked.path}"):
                answer = tamper(asked, answer)
        await _tell(send, answer or Answered(502, (), b""))

    def _first_word(self, asked: Asked) -> Answered | None:
        for pattern, refuse in list(self._before):
            if pattern.fullmatch(f"{asked.method} {asked.path}"):
                answer = refuse(asked)
                if answer is not None:
                    return answer
        return None

    def retold(self, block: str) -> str:
        """One event of a live stream after all live tampers; may be none or several."""
        live = next(events_in(iter([*block.split("\n"), ""])), None)
        if live is None:
            return block + "\n\n"
        told = [(live.kind, live.body)]
        for tamper in list(self._live):
            told = [out for one in told for out in tamper(*one)]
        return "".join(f"id: {live.cursor}\nevent: {kind}\ndata: {json.dumps(body)}\n\n" for kind, body in told)


class _Retelling:
    """A `send` that cuts a live stream into events and passes each through Mallory."""

    def __init__(self, mallory: Mallory, send: Any) -> None:
        self.mallory, self.send, self.rest = mallory, send, ""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.body" and message.get("body"):
            self.rest += message["body"].decode().replace("\r\n", "\n")
            *blocks, self.rest = self.rest.split("\n\n")
            message = {**message, "body": "".join(self.mallory.retold(one) for one in blocks).encode()}
        await self.send(message)


@contextlib.contextmanager
def _while_in(table: list[Any], entry: Any) -> Iterator[None]:
    table.append(entry)
    try:
        yield
    finally:
        table.remove(entry)


def _pattern(route: str) -> re.Pattern[str]:
    return re.compile(re.escape(route).replace(r"\*", "[^/]+"))


async def _read(scope: Message, receive: Any) -> Asked:
    body = await body_of(receive)
    headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"])
    return Asked(scope["method"], scope["path"], scope["query_string"].decode(), headers, body)


def _again(body: bytes, receive: Any) -> Any:
    """A `receive` that gives a body already read, then whatever comes."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def once_more() -> Message:
        return messages.pop() if messages else await receive()

    return once_more


async def _whole_answer(app: App, scope: Message, asked: Asked) -> Answered:
    status, headers, parts = 502, [], []

    async def gone() -> Message:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def keep(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], message["headers"]
        else:
            parts.append(message.get("body", b""))

    await app(scope, _again(asked.body, gone), keep)
    named = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in headers)
    return Answered(status, named, b"".join(parts))


async def _tell(send: Any, answer: Answered) -> None:
    headers = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in answer.headers if n.lower() not in HOP]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})

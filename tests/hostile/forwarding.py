"""What stands behind Mallory: every request goes on to another server over real HTTP, the answer back as it comes.

Cut with httptools, as the server itself does: with a client made for people this way took more of the processor than
server and members together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import httptools

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
HOP = {"connection", "transfer-encoding", "keep-alive", "content-length", "date", "server", "accept-encoding"}
# Well before the server hangs up by itself, so that nothing is asked over a line that is just being closed.
FRESH_SECONDS = 2.0


class Forward:
    """An ASGI application that is another server. Raises OSError where nobody is there, or no whole answer comes."""

    def __init__(self, origin: str) -> None:
        there = urlsplit(origin)
        self.host, self.port = there.hostname, there.port
        self.idle: list[_Line] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        body = await body_of(receive)
        line = await self._line()
        line.ask(scope, body)
        # Handed on as it comes, until it is whole or whoever asked has gone.
        left = asyncio.ensure_future(_until_gone(receive))
        telling = asyncio.ensure_future(line.tell(send))
        try:
            await asyncio.wait({left, telling}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (left, telling):
                task.cancel()
            _, told = await asyncio.gather(left, telling, return_exceptions=True)
            self._let_go(line)
        if isinstance(told, OSError):
            raise told

    async def _line(self) -> _Line:
        loop = asyncio.get_running_loop()
        while self.idle:
            line = self.idle.pop()
            if line.is_free and loop.time() - line.since < FRESH_SECONDS:
                return line
            line.hang_up()
        _, line = await loop.create_connection(_Line, self.host, self.port)
        return line

    def _let_go(self, line: _Line) -> None:
        if line.is_free:
            self.idle.append(line)
        else:
            line.hang_up()


class _Line(asyncio.Protocol):
    """A connection to the server: one request at a time, and its answer as ASGI messages."""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.is_free = True
        self.since = 0.0

    def ask(self, scope: Message, body: bytes) -> None:
        """Sends a request as it came in, over what is between these two alone."""
        self.is_free = False
        self.method = scope["method"]
        self.status_and_headers: Message = {}
        self.told: asyncio.Queue[Message | OSError] = asyncio.Queue()
        self.parser = httptools.HttpResponseParser(self)
        query = b"?" + scope["query_string"] if scope["query_string"] else b""
        headers = [pair for pair in scope["headers"] if pair[0].decode("latin-1").lower() not in HOP]
        headers += [(b"accept-encoding", b"identity"), (b"content-length", str(len(body)).encode())]
        head = [b"%s %s%s HTTP/1.1" % (self.method.encode(), scope["raw_path"], query), *map(b": ".join, headers)]
        self.transport.write(b"\r\n".join([*head, b"", body]))

    async def tell(self, send: Send) -> None:
        """Hands the answer on. Raises OSError where it breaks off."""
        while True:
            message = await self.told.get()
            if isinstance(message, OSError):
                raise message
            await send(message)
            if not message.get("more_body", True):
                return

    def hang_up(self) -> None:
        self.transport.abort()

    # What asyncio and httptools call ------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.is_free:
            self.told.put_nowait(ConnectionError("the answer broke off"))
        self.is_free = False

    def on_message_begin(self) -> None:
        self.headers: list[tuple[bytes, bytes]] = []

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.decode("latin-1").lower() not in HOP:
            self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        status = self.parser.get_status_code()
        self.told.put_nowait({"type": "http.response.start", "status": status, "headers": self.headers})
        if self.method == "HEAD":
            # A length is told and nothing follows, which only who asked can know: this line is not used again.
            self.told.put_nowait({"type": "http.response.body", "body": b"", "more_body": False})

    def on_body(self, part: bytes) -> None:
        self.told.put_nowait({"type": "http.response.body", "body": part, "more_body": True})

    def on_message_complete(self) -> None:
        self.is_free = self.parser.should_keep_alive() and not self.transport.is_closing()
        self.since = asyncio.get_running_loop().time()
        self.told.put_nowait({"type": "http.response.body", "body": b"", "more_body": False})


async def body_of(receive: Receive) -> bytes:
    """The body of a request, whole."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return b"".join(parts)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

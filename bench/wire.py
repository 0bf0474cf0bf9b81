"""Raw asyncio sockets that speak just enough HTTP, so that the measuring side is never what is slow."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

HOST = "127.0.0.1"
PATIENCE = 60.0


@dataclass(frozen=True)
class Seat:
    """How one person reaches the server: port, origin, and the cookie of their session."""

    port: int
    origin: str
    cookie: str

    def head(self, method: str, path: str, *more: str) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.origin.partition('://')[2]}",
            f"Origin: {self.origin}",
            f"Cookie: {self.cookie}",
            *more,
            "\r\n",
        ]
        return "\r\n".join(lines).encode()

    def post(self, path: str, body: Any) -> bytes:
        """A whole request, made before the clock runs."""
        sent = json.dumps(body).encode()
        return self.head("POST", path, "Content-Type: application/json", f"Content-Length: {len(sent)}") + sent


class Line:
    """One kept-alive connection that posts ready-made requests."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> Line:
        return cls(*await asyncio.open_connection(HOST, port))

    async def post(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        size = 0
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        return status, await self.reader.readexactly(size)

    def close(self) -> None:
        self.writer.close()


Heard = Callable[[bytes, bytes, float], None]


class Ear(asyncio.Protocol):
    """One live stream. Calls `heard(kind, told, moment)` for each event; `moment` is when its bytes came."""

    def __init__(self, request: bytes, heard: Heard) -> None:
        self.request, self.heard = request, heard
        self.raw = b""
        self.text = b""
        self.is_open = False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    @classmethod
    async def open(cls, seat: Seat, heard: Heard) -> Ear:
        """Returns once the server has answered 200 and said its first word."""
        request = seat.head("GET", "/api/stream", "Accept: text/event-stream")
        loop = asyncio.get_running_loop()
        _, ear = await loop.create_connection(lambda: cls(request, heard), HOST, seat.port)
        await asyncio.wait_for(ear.opened, PATIENCE)
        return ear

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        moment = time.perf_counter()
        self.raw += data
        if not self.is_open and not self._open():
            return
        self._unchunk()
        *blocks, self.text = self.text.split(b"\n\n")
        for block in blocks:
            self._tell(block, moment)
        if (blocks or self.text) and not self.opened.done():
            self.opened.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("the stream was refused or cut"))

    def close(self) -> None:
        if self.transport:
            self.transport.close()

    def _open(self) -> bool:
        head, ended, rest = self.raw.partition(b"\r\n\r\n")
        if not ended:
            return False
        if head[9:12] != b"200" or b"chunked" not in head.lower():
            self.opened.set_exception(ConnectionError(head.decode("latin-1")))
        self.is_open, self.raw = True, rest
        return True

    def _unchunk(self) -> None:
        while True:
            size, ended, rest = self.raw.partition(b"\r\n")
            if not ended or len(rest) < (length := int(size, 16)) + 2:
                return
            self.text += rest[:length].replace(b"\r\n", b"\n")
            self.raw = rest[length + 2 :]

    def _tell(self, block: bytes, moment: float) -> None:
        kind, told = b"", b""
        for line in block.split(b"\n"):
            name, _, value = line.partition(b":")
            if name == b"event":
                kind = value.strip()
            elif name == b"data":
                told = value.strip()
        if told:
            self.heard(kind, told, moment)

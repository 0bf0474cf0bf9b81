"""Requests to one site: JSON in, JSON out, one cookie, and the live stream.

Everything that comes back is a stranger's word until the protocol has checked it; here only its outer
shape is checked. Nothing secret passes this module except the sign-in key (SPEC 3).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

PATIENCE = httpx.Timeout(20.0)
LARGEST_EVENT = 4_194_304
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*\Z")


class Refused(Exception):
    """The server said no. `code` is its stable word, `body` all it said beside."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.status = status
        self.body = body
        self.code = str(body.get("code", "refused"))
        self.sentence = str(body.get("sentence", "That could not be done."))
        super().__init__(f"{status} {self.code}")


class Away(Exception):
    """No answer came. What was asked may or may not have been done."""


class BadAnswer(Exception):
    """The server answered something that is not in the API."""


@dataclass(frozen=True)
class Live:
    """One thing told on the stream: its kind, its body, and the cursor to go on from."""

    kind: str
    body: dict[str, Any]
    cursor: str


def b64(value: bytes) -> str:
    """base64url without padding (SPEC 1)."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unb64(value: object) -> bytes:
    """The bytes of base64url without padding. Padding, other characters, trailing bits: BadAnswer."""
    if not isinstance(value, str) or not _BASE64URL.match(value):
        raise BadAnswer("not base64url")
    try:
        found = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError) as error:
        raise BadAnswer("not base64url") from error
    if b64(found) != value:
        raise BadAnswer("not base64url")
    return found


def listed(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects in an answer. Raises BadAnswer."""
    found = body.get(name)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise BadAnswer(f"no list: {name}")
    return found


def number(body: dict[str, Any], name: str) -> int:
    """A whole number from 0 in an answer. Raises BadAnswer."""
    found = body.get(name)
    if type(found) is not int or not 0 <= found < 2**53:
        raise BadAnswer(f"no number: {name}")
    return found


def attachments_of(body: dict[str, Any]) -> dict[bytes, bytes]:
    """The bytes that belong to an event, by the hash the server gives; hashes are checked where used."""
    found = body.get("attachments", {})
    if not isinstance(found, dict):
        raise BadAnswer("no attachments")
    return {unb64(name): unb64(value) for name, value in found.items()}


@cache
def _trusted() -> ssl.SSLContext:
    """Who may vouch for a site's certificate. Reading the list takes longer than most requests: once is enough."""
    return httpx.create_ssl_context(trust_env=False)


class Wire:
    """One site as seen by one person's client. `watch` sees every request before it goes (tests)."""

    def __init__(self, origin: str, *, watch: Callable[[httpx.Request], None] | None = None) -> None:
        self.origin = origin.rstrip("/")
        self.http = httpx.Client(
            base_url=f"{self.origin}/api",
            timeout=PATIENCE,
            headers={"Origin": self.origin},
            follow_redirects=False,
            trust_env=False,
            verify=_trusted(),
            event_hooks={"request": [watch] if watch else []},
        )

    def get(self, path: str, **query: int | str) -> dict[str, Any]:
        return self._ask("GET", path, query=query)

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return self._ask("POST", path, {} if body is None else body)

    def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._ask("PUT", path, body)

    def delete(self, path: str) -> dict[str, Any]:
        return self._ask("DELETE", path, {})

    def close(self) -> None:
        self.http.close()

    def _ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        query: dict[str, int | str] | None = None,
    ) -> dict[str, Any]:
        """One request. Raises Refused, Away, or BadAnswer for what is not a JSON object."""
        try:
            answer = self.http.request(method, path, json=body, params=query)
        except httpx.TransportError as error:
            raise Away(type(error).__name__) from None
        if answer.status_code == 204:
            return {}
        try:
            told = answer.json()
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
            told = None
        if answer.status_code >= 500:
            raise Away(str(answer.status_code))
        if not isinstance(told, dict):
            raise BadAnswer(f"{answer.status_code}: not a JSON object")
        if answer.status_code >= 300:
            raise Refused(answer.status_code, told)
        return told

    def stream(self, after: str | None = None) -> Iterator[Live | None]:
        """Opens the live stream. None stands for a heartbeat, the first for "you are connected".

        Ends when the server ends it. Raises Refused, Away, BadAnswer.
        """
        query = {"after": after} if after else {}
        try:
            with self.http.stream("GET", "/stream", params=query, headers={"Accept": "text/event-stream"}) as answer:
                if answer.status_code != 200:
                    answer.read()
                    raise Refused(answer.status_code, _object(answer.text))
                yield None
                yield from events_in(answer.iter_lines())
        except httpx.TransportError as error:
            raise Away(type(error).__name__) from None


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {}


def events_in(lines: Iterator[str]) -> Iterator[Live | None]:
    """Server-sent events as the HTML standard cuts them: fields, ended by an empty line."""
    kind, cursor, told, size = "message", "", "", 0
    for line in lines:
        size += len(line)
        if size > LARGEST_EVENT:
            raise BadAnswer("an event without end")
        if line.startswith(":"):
            size = 0
            yield None
        elif not line:
            if told:
                yield Live(kind, _object(told), cursor)
            kind, told, size = "message", "", 0
        else:
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "event":
                kind = value
            elif name == "id":
                cursor = value
            elif name == "data":
                told += value

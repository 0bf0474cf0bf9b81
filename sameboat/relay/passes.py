"""Passes to the relay (TURN, RFC 8656): made from a secret that this site shares with it, good for a while, of nobody.

The shape is coturn's `use-auth-secret`: a user name that begins with the second at which it ends, and its HMAC-SHA1
as password. The name's other half is random, so that the relay cannot tell whose it is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

LASTS = 4 * 3_600
SHORTEST_SECRET = 16
_URL = re.compile(r"(turn|turns):[A-Za-z0-9.\-\[\]:]+(\?transport=(udp|tcp))?")


@dataclass(frozen=True)
class Pass:
    """As WebRTC takes it: `urls`, `username`, `credential`; `until` in seconds since 1970 UTC."""

    urls: list[str]
    username: str
    credential: str
    until: int


def is_set_up() -> bool:
    """Whether there is a relay. Without one nobody can ring: no voice goes straight from person to person."""
    return bool(settings.TURN_URLS and settings.TURN_SECRET) and not list(set_up_wrong())


def make_pass(*, now: int) -> Pass:
    """A new pass, good for four hours."""
    until = now + LASTS
    username = f"{until}:{secrets.token_hex(8)}"
    proof = hmac.new(settings.TURN_SECRET.encode(), username.encode(), hashlib.sha1).digest()
    return Pass(list(settings.TURN_URLS), username, base64.b64encode(proof).decode(), until)


def set_up_wrong() -> Iterator[str]:
    """What in the settings must be mended before members can ring: the setting's name, and what to do."""
    if settings.TURN_URLS and not settings.TURN_SECRET:
        yield "TURN_SECRET is empty: write what stands behind static-auth-secret in the relay's own settings."
    if settings.TURN_SECRET and not settings.TURN_URLS:
        yield "TURN_URLS is empty: write where the relay is, such as turn:relay.example.org:3478."
    if 0 < len(settings.TURN_SECRET) < SHORTEST_SECRET:
        yield "TURN_SECRET is short: whoever guesses it uses your relay. Take at least 16 characters."
    if not all(_URL.fullmatch(url) for url in settings.TURN_URLS):
        yield "TURN_URLS holds an address that is none: each begins with turn: or turns: and a host."


def how_ringing_goes() -> dict[str, object]:
    """For the operator's page: whether members can ring each other, and else why not."""
    return {"on": is_set_up(), "none": not (settings.TURN_URLS or settings.TURN_SECRET), "wrong": list(set_up_wrong())}

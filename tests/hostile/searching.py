"""Looking for a secret in bytes, in every way it could have been written there."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator

_WORDS = re.compile(rb"[A-Za-z0-9_+/-]{8,}=*")


def written(secret: bytes) -> list[bytes]:
    """Raw, hex, base64, base64url at any offset, JSON array of numbers."""
    ways = [secret, secret.hex().encode(), secret.hex().upper().encode()]
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + secret)
        inner = whole[4 if shift else 0 : -4]
        ways += [inner, inner.translate(bytes.maketrans(b"+/", b"-_"))]
    numbers = list(secret)
    ways += [json.dumps(numbers)[1:-1].encode(), json.dumps(numbers, separators=(",", ":"))[1:-1].encode()]
    return ways


def found_in(haystack: bytes, secret: bytes) -> bool:
    """Whether a secret of at least 8 bytes stands in these bytes, also inside what is base64 there."""
    assert len(secret) >= 8
    layers = [haystack, *_unwrapped(haystack)]
    return any(way in layer for layer in layers for way in written(secret))


def _unwrapped(haystack: bytes) -> Iterator[bytes]:
    for word in _WORDS.findall(haystack):
        try:
            yield base64.urlsafe_b64decode(word.rstrip(b"=") + b"=" * (-len(word.rstrip(b"=")) % 4))
        except (binascii.Error, ValueError):
            continue

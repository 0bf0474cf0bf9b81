"""Deterministic CBOR, arrays only, and strict base64url: SPEC.md section 1.

A shape is `"u"`, `"bool"`, `"any"`, `"b"`, `"b32"` (32 bytes), `"t64"` (1 to 64 code points), `"t0-64"`,
any of these with `?` for "or null", a list (an array of exactly these), `Many`, `Maybe` or `Either`.
"""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, NoReturn

import cbor2

from sameboat.protocol.failures import Failure

LARGEST = 2**53 - 1
DEEPEST = 16
_SIMPLE = {0xF4, 0xF5, 0xF6}
_EMPTY = 0x80


@dataclass(frozen=True)
class Many:
    """An array of any length, or of at most `most`, of one shape."""

    of: "Shape"
    most: int | None = None


@dataclass(frozen=True)
class Maybe:
    """A shape, or null."""

    of: "Shape"


@dataclass(frozen=True)
class Either:
    """One of two shapes."""

    one: "Shape"
    other: "Shape"


Shape = str | list[Any] | Many | Maybe | Either


def _refuse() -> NoReturn:
    raise Failure("not_canonical")


def _check(value: Any, depth: int) -> None:
    kind = type(value)
    if kind is list or kind is tuple:
        if depth > DEEPEST:
            _refuse()
        for item in value:
            _check(item, depth + 1)
    elif kind is str:
        if not unicodedata.is_normalized("NFC", value):
            _refuse()
        if any(0xD800 <= ord(c) <= 0xDFFF for c in value if c > "\ud7ff"):
            _refuse()
    elif kind is int:
        if not 0 <= value <= LARGEST:
            _refuse()
    elif value is not None and kind not in (bytes, bool):
        _refuse()


def enc(value: Any) -> bytes:
    """The one encoding of a value. Raises `not_canonical` for what the encoding does not know."""
    _check(value, 1)
    return cbor2.dumps(value)


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, argument and next position of the item that begins at `at`."""
    first = data[at]
    major, short = first >> 5, first & 31
    if major in (1, 5, 6) or (major == 7 and first not in _SIMPLE) or short > 27:
        _refuse()
    if major == 7 or short < 24:
        return major, short, at + 1
    size = 1 << (short - 24)
    if at + 1 + size > len(data):
        _refuse()
    return major, int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size


def _scan(data: bytes) -> None:
    """Refuse before parsing: nesting, lengths beyond the end, other types, bytes left over."""
    at, size, left, outer = 0, len(data), 1, list[int]()
    while left or outer:
        if left == 0:
            left = outer.pop()
            continue
        left -= 1
        if at >= size:
            _refuse()
        if data[at] < 24 or (data[at] == _EMPTY and len(outer) < DEEPEST):
            at += 1  # the shortest items, of which a hostile array has the most
            continue
        major, argument, at = _head(data, at)
        if major in (2, 3):
            at += argument
        elif major == 4:
            outer.append(left)
            left = argument
            if len(outer) > DEEPEST or argument > size:
                _refuse()
    if at != size:
        _refuse()


def _fits_text(value: Any, bounds: str) -> bool:
    low, _, high = bounds.rpartition("-")
    return type(value) is str and int(low or 1) <= len(value) <= int(high)


def _fits_atom(value: Any, atom: str) -> bool:
    if atom.endswith("?"):
        return value is None or _fits_atom(value, atom[:-1])
    if atom == "u":
        return type(value) is int
    if atom == "bool":
        return type(value) is bool
    if atom == "any":
        return True
    if atom[0] == "b":
        return type(value) is bytes and (atom == "b" or len(value) == int(atom[1:]))
    return _fits_text(value, atom[1:])


def fits(value: Any, shape: Shape) -> bool:
    """Whether a decoded value has exactly this shape."""
    if isinstance(shape, str):
        return _fits_atom(value, shape)
    if isinstance(shape, Maybe):
        return value is None or fits(value, shape.of)
    if isinstance(shape, Either):
        return fits(value, shape.one) or fits(value, shape.other)
    if type(value) is not list:
        return False
    if isinstance(shape, Many):
        room = shape.most is None or len(value) <= shape.most
        return room and all(fits(item, shape.of) for item in value)
    return len(value) == len(shape) and all(map(fits, value, shape))


def decode(data: bytes, shape: Shape, most: int) -> Any:
    """Parse `data` (at most `most` bytes) that must be the one encoding of a value of this shape."""
    if len(data) > most:
        _refuse()
    _scan(data)
    try:
        value = cbor2.loads(data)
    except (cbor2.CBORError, ValueError, OverflowError, UnicodeError):
        _refuse()
    if not fits(value, shape) or enc(value) != data:
        _refuse()
    return value


def b64u(data: bytes | memoryview) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def un_b64u(text: str) -> bytes:
    """Bytes of a base64url text; padding, other characters and non-zero trailing bits are `not_canonical`."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        _refuse()
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        _refuse()
    if b64u(data) != text:
        _refuse()
    return data

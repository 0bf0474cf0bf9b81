"""The contact's key in two halves, a file each: with one alone nothing can be opened, and nothing learned of the other.

One half is random, the other is the key with the first added bit by bit (XOR), so each alone is only chance.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.protocol.encoding import b64u, un_b64u
from sameboat.protocol.failures import Failure

HEAD = "Half of a contact key. Keep it where nobody else looks, and never in one place with the other half."
SIZE = 32


class BadHalves(Exception):
    """The files are not the two halves of one key; the message says what to do."""


def make(folder: Path) -> tuple[list[Path], str]:
    """Writes two new halves, readable by their owner only. Returns their places and the public half, in base64url."""
    key = X25519PrivateKey.generate()
    public, first = b64u(key.public_key().public_bytes_raw()), secrets.token_bytes(SIZE)
    halves = [first, _added(first, key.private_bytes_raw())]
    places = [folder / f"contact-half-{number}.txt" for number in (1, 2)]
    folder.mkdir(parents=True, exist_ok=True)
    for number, (place, half) in enumerate(zip(places, halves, strict=True), start=1):
        _write(place, f"{HEAD}\nnumber: {number}\npublic: {public}\nhalf: {b64u(half)}\n")
    return places, public


def joined(places: Sequence[Path]) -> X25519PrivateKey:
    """The key of two halves. Raises BadHalves."""
    if len(places) != 2:
        raise BadHalves("This takes both halves: --half FIRST --half SECOND")
    (one, public), (other, same_public) = _read(places[0]), _read(places[1])
    if one == other:
        raise BadHalves("This is one half, twice. The other person has the other one.")
    key = X25519PrivateKey.from_private_bytes(_added(one, other))
    if public != same_public or key.public_key().public_bytes_raw() != public:
        raise BadHalves("These halves are not of one key. An older key has older halves.")
    return key


def _added(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _write(place: Path, text: str) -> None:
    try:
        found = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadHalves(f"{place} is there already. A key that is written over opens nothing any more.") from None
    with os.fdopen(found, "w", encoding="utf-8") as file:
        file.write(text)


def _read(place: Path) -> tuple[bytes, bytes]:
    """The half and the public half that stand in a file."""
    try:
        lines = place.read_text(encoding="utf-8").splitlines()[1:]
    except (OSError, UnicodeDecodeError):
        raise BadHalves(f"{place} cannot be read.") from None
    told = dict(line.split(": ", 1) for line in lines if ": " in line)
    try:
        half, public = un_b64u(told.get("half", "")), un_b64u(told.get("public", ""))
    except Failure:
        raise BadHalves(f"{place} is no half of a key.") from None
    if len(half) != SIZE or len(public) != SIZE:
        raise BadHalves(f"{place} is no half of a key.")
    return half, public

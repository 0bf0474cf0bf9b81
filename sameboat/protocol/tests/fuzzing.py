"""Inputs nobody meant, for everything that reads bytes of others. What a reader may do: take the one form, or refuse.

The inputs are made from the vectors by chance, the same each time; `fuzz_by_coverage` lets atheris choose them by
the code they reach.
"""

import contextlib
import functools
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sameboat.protocol.account import BODIES
from sameboat.protocol.content import read_content
from sameboat.protocol.doorway import INVITE_CARD, KNOCK, PREVIEW
from sameboat.protocol.encoding import Many, Shape, b64u, decode, enc, un_b64u
from sameboat.protocol.envelope import read_envelope
from sameboat.protocol.epochs import CARD
from sameboat.protocol.failures import NAMES, Failure, require
from sameboat.protocol.gatherings import read_said
from sameboat.protocol.log import read_event
from sameboat.protocol.primitives import unpad
from sameboat.protocol.release import read_release
from sameboat.protocol.signals import is_voice
from sameboat.protocol.tests.cases_basic import LENIENT
from sameboat.protocol.tests.make_vectors import FILES
from sameboat.protocol.tests.playing import read_vectors

MOST = 65536
SLOWEST = 0.1
SHAPES: tuple[Shape, ...] = (CARD, PREVIEW, INVITE_CARD, KNOCK, Many("b32", 4096), *BODIES.values())
VOICE = (
    f"v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=fingerprint:sha-256 {':'.join(['0A'] * 32)}\r\n"
    "a=candidate:1 1 udp 9 192.0.2.1 3478 typ relay raddr 0.0.0.0 rport 0\r\n"
)
# Heads of items that are longer than needed, endless, or of a kind that has no place here.
ODD_HEADS = [bytes.fromhex(text) for text in (
    "1800", "190000", "1a00000000", "1b0000000000000000", "1b0020000000000000", "1bffffffffffffffff", "3800", "58",
    "5b7f7f7f7f7f7f7f7f", "5f", "62c328", "6365cc81", "63eda080", "64f4908080", "78", "7f", "81" * 17, "98",
    "9bffffffffffffffff", "9f", "a0", "bf", "c0", "d9d9f7", "e0", "f0", "f7", "f800", "f97e00", "fa7fc00000",
    "fb7ff8000000000000", "ff",
)]  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """How bytes are read, and how what was read is written again: to the same bytes, or they had two forms."""

    read: Callable[[bytes], Any]
    again: Callable[[Any], bytes] | None = None


def _of(shape: Shape) -> Reader:
    return Reader(lambda data: decode(data, shape, MOST), enc)


READERS: dict[str, Reader] = {
    "any": _of("any"),
    "event": Reader(read_event, lambda event: enc([event.raw, event.signature])),
    "envelope": Reader(read_envelope, lambda envelope: enc([envelope.header.raw, envelope.sealed])),
    "base64url": Reader(lambda data: un_b64u(data.decode("latin-1")), lambda read: b64u(read).encode()),
    "padding": Reader(lambda data: unpad(data, MOST), None),
    "content": Reader(lambda data: read_content(data, False), enc),
    "said in a meeting": Reader(read_said, enc),
    "voice of a call": Reader(lambda data: require(is_voice(data.decode("latin-1")), "not_canonical")),
    "release": Reader(lambda data: read_release(data, b"\x03" + bytes(31))),
    **{f"shape {number}": _of(shape) for number, shape in enumerate(SHAPES)},
}


def judge(data: bytes) -> list[str]:
    """What each reader says. Anything but a named refusal, or taking the one form, is an error that rises."""
    return [_verdict(reader, data) for reader in READERS.values()]


def _verdict(reader: Reader, data: bytes) -> str:
    try:
        value = reader.read(data)
    except Failure as no:
        assert no.code in NAMES
        return no.code
    assert reader.again is None or reader.again(value) == data, "taken, though it is not the one form"
    return "success"


def slow_readers(data: bytes, slowest: float = SLOWEST) -> list[str]:
    """Readers that work longer than `slowest` seconds; a machine that was busy elsewhere gets further chances."""
    return [name for name, reader in READERS.items() if not any(_is_quick(reader, data, slowest) for _ in range(4))]


def _is_quick(reader: Reader, data: bytes, slowest: float) -> bool:
    begun = time.thread_time()
    with contextlib.suppress(Failure):
        reader.read(data)
    return time.thread_time() - begun < slowest


def _byte_strings(value: Any) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _byte_strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _byte_strings(inner)


def _insides() -> Iterator[bytes]:
    """One good value for each thing that stands sealed in the vectors, where no byte string shows it."""
    opening, b16, b32, b64 = [bytes(32), "text"], bytes(16), bytes(32), bytes(64)
    policy = [90, 30, 0, [], None]
    says: list[list[Any]] = [
        ["say", "room", None, None, 0, "hello"], ["hear", b32], ["take-back", b32], ["affirm", b32, b64],
        ["voice-part", b16, 0, b32],
        ["propose-policy", opening, opening, None, policy, b32, 9, b64, ""], ["choice", "nudge", "on"],
        ["propose-role", b16, 0, b32, 9, b64], ["of a later version"],
    ]  # fmt: skip
    yield from (enc([1_790_000_000, [b32], *said]) for said in says)
    yield enc([opening, opening, opening, [[b16, opening, [b32, b64]]]])
    yield enc([b32, b32, opening, opening, opening, "Ana", "", "", b32, 9])
    yield enc([b32, "for whom", b16])
    yield enc([enc([b32, b32]), b64, b64, opening, "hello"])
    yield enc([1, [[b32, 9, b32]]])
    yield enc([1, "{}"])
    yield enc([1, "https://boat.example", b32, [[b32, 2, b16, b32, b32, b64, b64]]])
    yield VOICE.encode()
    yield enc([enc([1, "1.0", 9, [["a", "1"]], [["/", b32, []]], []]), b64])


@functools.cache
def seeds() -> list[bytes]:
    """Every byte string of the vectors, what stands sealed in them, and the forms that lenient readers take."""
    cases = [case for name in FILES for case in read_vectors(name)]
    found = {data for case in cases for data in _byte_strings([case["in"], case.get("out")]) if len(data) <= 4096}
    found |= {bytes.fromhex(text) for text in LENIENT.values()} | set(_insides())
    return sorted(found, key=lambda data: (len(data), data))


def inputs(count: int, number: int) -> Iterator[bytes]:
    """`count` inputs, the same for the same number."""
    dice, pool = random.Random(number), seeds()
    for _ in range(count):
        data = bytearray(dice.choice(pool))
        for _ in range(dice.choice((0, 1, 1, 1, 2, 3, 5))):
            data = bytearray(dice.choice(CHANGES)(dice, bytes(data), pool))
        yield bytes(data[:MOST])


def _another_byte(dice: random.Random, data: bytes, pool: list[bytes]) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.randbytes(1) + data[at + 1 :]


def _another_bit(dice: random.Random, data: bytes, pool: list[bytes]) -> bytes:
    if not data:
        return b"\0"
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]


def _cut(dice: random.Random, data: bytes, pool: list[bytes]) -> bytes:
    one, other = sorted((dice.randrange(len(data) + 1), dice.randrange(len(data) + 1)))
    return dice.choice((data[:one], data[other:], data[:one] + data[other:]))


def _odd_head(dice: random.Random, data: bytes, pool: list[bytes]) -> bytes:
    at = dice.choice((0, 1, dice.randrange(len(data) + 1)))
    return data[:at] + dice.choice(ODD_HEADS) + data[at + dice.randrange(3) :]


def _spliced(dice: random.Random, data: bytes, pool: list[bytes]) -> bytes:
    other = dice.choice(pool)
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


def _wrapped(dice: random.Random, data: bytes, pool: list[bytes]) -> bytes:
    return (
        dice.choice((b"\x81" * dice.randrange(1, 20), enc(data)[:-1], b"")) + data + dice.choice((b"", b"\xf6", data))
    )


def _rewritten(dice: random.Random, data: bytes, pool: list[bytes]) -> bytes:
    """A well-formed value with one part of another kind."""
    try:
        value = decode(data, "any", MOST)
    except Failure:
        return enc([data, dice.randbytes(64)])
    holder = value
    while isinstance(holder, list) and holder:
        at = dice.randrange(len(holder))
        if not isinstance(holder[at], list) or dice.random() < 0.3:
            odd = [None, True, 0, 2**53 - 1, "", "é", b"", bytes(16), bytes(32), bytes(64), [], [[]]]
            holder[at] = dice.choice(odd)
            break
        holder = holder[at]
    try:
        return enc(value)
    except Failure:
        # One list more, in the innermost of sixteen, is a value that nobody can write.
        return data


CHANGES = (_another_byte, _another_bit, _cut, _odd_head, _spliced, _wrapped, _rewritten, _rewritten)

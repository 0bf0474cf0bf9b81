"""Vectors of what is said on a line of a meeting by voice: SPEC.md section 20."""

from typing import Any

from sameboat.protocol.encoding import enc
from sameboat.protocol.gatherings import SAID_MOST, SPENT_MOST, VOICES_MOST
from sameboat.protocol.tests.cases import Cases, bytes_of

ORDER = [bytes_of(f"member {n}", 16) for n in range(VOICES_MOST)]
BY, BEGAN = ORDER[1], 1_764_000_000_000
ROUND = [1, 2, BEGAN, BY, ORDER[:3], ORDER[:1], 30, False]
SAID = [1, True, False, 0, None]


def gathering() -> Cases:
    """SPEC.md section 20."""
    cases = Cases("Meetings by voice: what is called so, and what is said on a line of it. SPEC.md section 20.")
    cases.add("its name", "gathering-of", circle=bytes_of("circle", 32))
    said: dict[str, list[Any]] = {
        "listening": [1, False, False, 0, None], "muted": SAID, "open": [1, True, True, 0, None],
        "a hand": [1, True, False, 1_764_000_000, None], "a round": [*SAID[:4], ROUND],
        "the largest": [1, True, True, 2**53 - 1, [2, 5, 2**53 - 1, BY, ORDER, ORDER, SPENT_MOST, True]],
    }  # fmt: skip
    for name, one in said.items():
        cases.add(name, "read-said", said=enc(one))
    for name, round_ in _odd_rounds().items():
        cases.add(name, "read-said", "not_canonical", said=enc([*SAID[:4], round_]))
    _odd(cases)
    return cases


def _odd_rounds() -> dict[str, list[Any]]:
    return {
        "another kind": [3, *ROUND[1:]],
        "four minutes": [1, 4, *ROUND[2:]],
        "no minutes": [1, 0, *ROUND[2:]],
        "nobody in it": [*ROUND[:4], [], [], 0, False],
        "one twice in it": [*ROUND[:4], [BY, BY], [], 0, False],
        "one twice past": [*ROUND[:5], [ORDER[0], ORDER[0]], 0, False],
        "past, and not in it": [*ROUND[:5], [ORDER[5]], 0, False],
        "nine in it": [*ROUND[:4], [*ORDER, bytes(16)], [], 0, False],
        "spent for ever": [*ROUND[:6], SPENT_MOST + 1, False],
        "by nobody": [*ROUND[:3], b"", *ROUND[4:]],
        "too little of it": ROUND[:7],
    }


def _odd(cases: Cases) -> None:
    odd: dict[str, tuple[str, bytes]] = {
        "open without a microphone": ("not_canonical", enc([1, False, True, 0, None])),
        "a later version": ("unknown_version", enc([2, "whatever"])),
        "no version": ("not_canonical", enc([])),
        "no array": ("not_canonical", enc("said")),
        "too little": ("not_canonical", enc(SAID[:4])),
        "too much": ("not_canonical", enc([*SAID, None])),
        "a byte behind": ("not_canonical", enc(SAID) + b"\0"),
        "too long": ("not_canonical", enc([1, bytes(SAID_MOST)])),
        "nothing": ("not_canonical", b""),
    }
    for name, (expect, raw) in odd.items():
        cases.add(name, "read-said", expect, said=raw)

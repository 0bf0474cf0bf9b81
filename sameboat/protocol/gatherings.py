"""A group's meeting by voice: what its signals are called by, and what is said on a line of it. SPEC 20."""

from typing import Any

from sameboat.protocol.encoding import Many, Maybe, Shape, decode, fits
from sameboat.protocol.failures import require
from sameboat.protocol.primitives import h

SAID_MOST = 512
VOICES_MOST = 8
SPENT_MOST = 36_000
_ROUND: list[Shape] = ["u", "u", "u", "b16", Many("b16", VOICES_MOST), Many("b16", VOICES_MOST), "u", "bool"]
_SAID: list[Shape] = ["u", "bool", "bool", "u", Maybe(_ROUND)]


def gathering_of(circle: bytes) -> bytes:
    """What a group's meeting by voice is called in signals, 16 bytes: each group has one."""
    return h("gathering", circle)[:16]


def read_said(raw: bytes) -> list[Any]:
    """`[v, mic, open, hand, round or None]`, or `not_canonical`, `unknown_version`."""
    said: list[Any] = decode(raw, "any", SAID_MOST)
    require(type(said) is list and fits(said[:1], ["u"]), "not_canonical")
    require(said[0] == 1, "unknown_version")
    require(fits(said, _SAID), "not_canonical")
    _, mic, is_open, _, round_ = said
    require(mic or not is_open, "not_canonical")
    require(round_ is None or _is_round(round_), "not_canonical")
    return said


def _is_round(round_: list[Any]) -> bool:
    kind, minutes, _, _, order, past, spent, _ = round_
    return (
        kind in (1, 2)
        and minutes in (1, 2, 3, 5)
        and 0 < len(order) == len(set(order))
        and len(past) == len(set(past))
        and set(past) <= set(order)
        and spent <= SPENT_MOST
    )

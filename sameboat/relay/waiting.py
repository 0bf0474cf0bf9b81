"""Signals that wait to be fetched: in this process's memory alone, for two minutes, and gone with the process.

No row says who rings whom, or who meets. Whoever's page is closed finds here what rings when they open it; where they
asked to be told of rings, a row of `told.Errand` says for about a minute that somebody rings, and not who.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

LASTS = 120
# Requests are answered beside each other: one that began a moment earlier reckons by the second before.
BESIDE = 60
# From one member to another: whoever floods takes nobody else's ring away.
MOST_BY_ONE = 16
# Eight who meet by voice tell the whole of a group of thirty every minute: 700 in two minutes, of 300 bytes each.
MOST = 8_192
Place = tuple[bytes, bytes]
Way = tuple[bytes, bytes, bytes]


@dataclass(frozen=True)
class Signal:
    """Sealed from one member of a circle to another; `until` in seconds since 1970 UTC."""

    id: bytes
    circle: bytes
    author: bytes
    to: bytes
    call: bytes
    sealed: bytes
    until: int


# By group, whom it is to, and whom it is from.
_waiting: defaultdict[Way, list[Signal]] = defaultdict(list)
_lock = threading.Lock()


def put(signal: Signal, *, now: int) -> None:
    """Keeps it for whom it is to. Too many of one author's: their oldest go; of all: of whoever has most."""
    with _lock:
        _forget(now)
        mine = _waiting[signal.circle, signal.to, signal.author]
        mine.append(signal)
        del mine[:-MOST_BY_ONE]
        if sum(map(len, _waiting.values())) > MOST:
            del max(_waiting.values(), key=len)[0]


def of(places: Iterable[Place], *, now: int) -> list[Signal]:
    """What waits for these members, each in its circle; fetching takes nothing away, for one may have two devices."""
    with _lock:
        _forget(now)
        mine = set(places)
        found = [signal for (circle, to, _), all_of in _waiting.items() if (circle, to) in mine for signal in all_of]
        return sorted(found, key=lambda signal: signal.until)


def _forget(now: int) -> None:
    for way, signals in list(_waiting.items()):
        # A clock that was moved back keeps nothing.
        signals[:] = [signal for signal in signals if now < signal.until <= now + LASTS + BESIDE]
        if not signals:
            del _waiting[way]

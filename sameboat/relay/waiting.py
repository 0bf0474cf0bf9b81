"""Signals that wait to be fetched: in this process's memory alone, for two minutes, and gone with the process.

There is no row of a call anywhere. Whoever's page is closed finds here what rings when they open it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

LASTS = 120
MOST_FOR_ONE = 64
MOST = 4_096
Place = tuple[bytes, bytes]


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


_waiting: defaultdict[Place, list[Signal]] = defaultdict(list)
_lock = threading.Lock()


def put(signal: Signal, *, now: int) -> None:
    """Keeps it for whom it is to. Where too many wait for one, or for all, the oldest go."""
    with _lock:
        _forget(now)
        mine = _waiting[signal.circle, signal.to]
        mine.append(signal)
        del mine[:-MOST_FOR_ONE]
        while sum(map(len, _waiting.values())) > MOST:
            oldest = min((one for one in _waiting.values() if one), key=lambda waiting: waiting[0].until)
            del oldest[0]


def of(places: Iterable[Place], *, now: int) -> list[Signal]:
    """What waits for these members, each in its circle; fetching takes nothing away, for one may have two devices."""
    with _lock:
        _forget(now)
        return [signal for place in places for signal in _waiting.get(place, ())]


def _forget(now: int) -> None:
    for place, signals in list(_waiting.items()):
        # A clock that was moved back keeps nothing.
        signals[:] = [signal for signal in signals if now < signal.until <= now + LASTS]
        if not signals:
            del _waiting[place]

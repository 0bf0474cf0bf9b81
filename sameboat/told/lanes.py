"""The threads that bring errands out, and the lines they keep open for as long as there is more to bring.

They never touch the database. Making what is sent is short work for one lane at a time, in a gap between requests
(`turns`); waiting for somebody's answer needs no turn.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Protocol, Self

from sameboat.told.leases import Carried, Went
from sameboat.told.models import Errand

# So many lines to push services at once; letters go over one.
LANES = 8
# So long, in seconds, what was carried waits for more, to be written down together.
MOMENT = 0.25


class Carrier(Protocol):
    """Brings errands of one kind out, one after the other, over lines of its own. Nothing is raised."""

    def bring(self, errand: Errand) -> Went: ...
    def close(self) -> None: ...


class _Lanes:
    """One kind's errands, taken by as many threads as there is work for."""

    def __init__(self, most: int, carrier: Callable[[], Carrier], done: Callable[[Carried], None]) -> None:
        self._most, self._carrier, self._done = most, carrier, done
        self._waiting: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._threads = 0

    def take(self, errands: list[Errand]) -> None:
        for errand in errands:
            self._waiting.put(errand)
        while self._threads < min(self._most, len(errands)):
            self._threads += 1
            threading.Thread(target=self._work, daemon=True, name="telling").start()

    def end(self) -> None:
        for _ in range(self._threads):
            self._waiting.put(None)

    def _work(self) -> None:
        with contextlib.closing(self._carrier()) as carrier:
            while (errand := self._waiting.get()) is not None:
                self._done(Carried(errand, carrier.bring(errand)))


class Lanes:
    """Pushes over a few lines at once, letters over one, for as long as a round of carrying lasts."""

    def __init__(self, pushes: Callable[[], Carrier], letters: Callable[[], Carrier]) -> None:
        self._done: queue.SimpleQueue[Carried] = queue.SimpleQueue()
        self._left = 0
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._pushes = _Lanes(LANES, pushes, self._put)
        self._letters = _Lanes(1, letters, self._put)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pushes.end()
        self._letters.end()

    def carry(self, batch: list[Errand]) -> Iterator[list[Carried]]:
        """Each errand, within a moment of its being known how it went."""
        self._left = left = len(batch)
        self._is_over.clear()
        self._pushes.take([one for one in batch if one.device_id is not None])
        self._letters.take([one for one in batch if one.device_id is None])
        while left:
            self._is_over.wait(MOMENT)
            if some := [self._done.get() for _ in range(self._done.qsize())]:
                left -= len(some)
                yield some

    def _put(self, carried: Carried) -> None:
        self._done.put(carried)
        with self._lock:
            self._left -= 1
            if not self._left:
                self._is_over.set()

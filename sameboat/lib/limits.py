"""Rate limits that slow a stranger down and never lock a person out.

Counters live in this process's memory under a keyed digest; the key is random and changes every day, so
yesterday's counters cannot be tied to anyone, and no address is ever stored. The longest wait is 30 s.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from sameboat.lib.refusals import SlowDown

LONGEST_WAIT = 30.0
DAY = 86_400
REMEMBERED = 50_000


@dataclass
class Limit:
    """A leaking bucket: `burst` tries at once, then one every `every` seconds (at most 30)."""

    name: str
    burst: int
    every: float
    _key: bytes = field(repr=False, default_factory=lambda: secrets.token_bytes(32))
    _day: int = field(repr=False, default=0)
    _levels: OrderedDict[bytes, tuple[float, float]] = field(repr=False, default_factory=OrderedDict)
    _lock: threading.Lock = field(repr=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if not 0 < self.every <= LONGEST_WAIT:
            raise ValueError("a person would be locked out")

    def spend(self, who: str, *, now: float) -> None:
        """Counts one try by `who` at `now` (seconds). Raises SlowDown with the seconds to wait."""
        with self._lock:
            self._turn_of_day(now)
            spot = hashlib.blake2b(f"{self.name}\0{who}".encode(), key=self._key, digest_size=16).digest()
            level, at = self._levels.get(spot, (0.0, now))
            level = max(0.0, level - max(0.0, now - at) / self.every)
            if level + 1 > self.burst:
                # A refused try is not counted: waiting once is always enough.
                raise SlowDown(wait=math.ceil((level + 1 - self.burst) * self.every))
            self._levels[spot] = (level + 1, now)
            self._levels.move_to_end(spot)
            if len(self._levels) > REMEMBERED:
                self._levels.popitem(last=False)

    def forget(self, who: str) -> None:
        """Clears one counter, for example after a sign-in that worked."""
        with self._lock:
            spot = hashlib.blake2b(f"{self.name}\0{who}".encode(), key=self._key, digest_size=16).digest()
            self._levels.pop(spot, None)

    def _turn_of_day(self, now: float) -> None:
        if int(now // DAY) != self._day:
            self._day = int(now // DAY)
            self._key = secrets.token_bytes(32)
            self._levels.clear()

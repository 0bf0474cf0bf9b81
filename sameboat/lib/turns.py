"""Whoever is at a page comes first: what the site does by itself goes on in the gaps between requests.

All threads share one interpreter and one writer's place in the database. A round with ten thousand things to do would
stand in the way of every message for as long as it lasts.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# After an answer its news are still on their way to the streams.
GAP = 0.004
# On a site that is never still, one step goes on after so long.
LONGEST = 0.02
STEP = 0.001

_lock = threading.Lock()
_served = 0
_last = 0.0


@contextmanager
def serving() -> Iterator[None]:
    """While a request is being answered."""
    global _served, _last
    with _lock:
        _served += 1
    try:
        yield
    finally:
        with _lock:
            _served -= 1
            _last = time.monotonic()


def give_way() -> None:
    """Before one short step: waits until nobody is being answered."""
    until = time.monotonic() + LONGEST
    while (now := time.monotonic()) < until and (_served or now < _last + GAP):
        time.sleep(STEP)

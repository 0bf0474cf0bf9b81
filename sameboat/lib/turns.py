"""Whoever is at a page comes first: what the site does by itself goes on in the gaps between requests, and seldom.

All threads share one interpreter and one writer's place in the database. A round with ten thousand things to do would
stand in the way of every message for as long as it lasts.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

# After an answer its news are still on their way to the streams.
GAP = 0.004
# On a site that is never still, one step goes on after so long.
LONGEST = 0.02
# So long one spell of much work lasts, and one more thing of it.
SPELL = 0.001
# After a request somebody is there for so long; meanwhile each step is followed by so many times its length of rest.
THERE = 1.0
RESTS = 7
LONGEST_REST = 0.5
# Whoever waits for the interpreter has it after so long, if it is held by what the site does by itself; and else.
SOON, USUAL = 0.001, sys.getswitchinterval()

Thing = TypeVar("Thing")
_lock = threading.Lock()
_served = 0
_working = 0
_last = -THERE
_mine = threading.local()


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


@contextmanager
def working() -> Iterator[None]:
    """While the site does something by itself."""
    global _working
    with _lock:
        _working += 1
        sys.setswitchinterval(SOON)
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if not _working:
                sys.setswitchinterval(USUAL)


def rest_after(worked: float) -> float:
    """The seconds of rest after a step of so many."""
    is_somebody_there = _served or time.monotonic() < _last + THERE
    return min(worked * RESTS, LONGEST_REST) if is_somebody_there else 0.0


def give_way() -> None:
    """Before one short step: rests from this thread's last one, and waits until nobody is being answered."""
    time.sleep(rest_after(time.thread_time() - getattr(_mine, "began", 0.0)))
    until = time.monotonic() + LONGEST
    # Looked for seldom: each look takes the interpreter from whoever is being answered.
    while (now := time.monotonic()) < until and (_served or now < _last + GAP):
        time.sleep(GAP if _served else _last + GAP - now)
    _mine.began = time.thread_time()


def in_spells(things: Iterable[Thing]) -> Iterator[Thing]:
    """Much work, thing by thing: after each short spell of it whoever is at a page comes first."""
    over = 0.0
    for thing in things:
        if time.monotonic() >= over:
            give_way()
            over = time.monotonic() + SPELL
        yield thing

"""Who has the room before them just now, so that nobody is told of what they are reading.

Only whoever wants to be told says so, only their own browser, and it is kept in this process's memory for a minute
and a half: never stored, never shown to anyone, gone with the process.
"""

from __future__ import annotations

import threading

LASTS = 90
_here: dict[bytes, int] = {}
_lock = threading.Lock()


def come(account: bytes, *, now: int) -> None:
    """This person looks at the page; to be said again within LASTS seconds."""
    with _lock:
        for gone in [one for one, until in _here.items() if until <= now]:
            del _here[gone]
        _here[account] = now + LASTS


def go(account: bytes) -> None:
    """They look away."""
    with _lock:
        _here.pop(account, None)


def is_here(account: bytes, *, now: int) -> bool:
    """Whether they look at the page. A clock that was moved back makes nobody stay."""
    return now < _here.get(account, 0) <= now + LASTS

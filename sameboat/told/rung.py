"""How often a closed page is told that somebody rings: in this process's memory alone, for an hour, and in no row.

Whoever is rung is told once in two minutes, whoever rings; and of one person's rings three times in an hour.
"""

from __future__ import annotations

import threading

APART = 120
HOUR = 3_600
MOST_BY_ONE = 3

# Account → when it was told of a ring, and by whose.
_told: dict[bytes, list[tuple[int, bytes]]] = {}
_lock = threading.Lock()


def may_tell(account: bytes, by: bytes, *, now: int) -> bool:
    """Whether this ring is told, which then counts. `now` in seconds since 1970 UTC."""
    with _lock:
        _forget(now)
        before = _told.get(account, [])
        if any(now < at + APART for at, _ in before) or [who for _, who in before].count(by) >= MOST_BY_ONE:
            return False
        _told[account] = [*before, (now, by)]
        return True


def _forget(now: int) -> None:
    for account, before in list(_told.items()):
        # A clock that was moved back keeps nothing.
        kept = [(at, by) for at, by in before if now - HOUR < at <= now]
        if kept:
            _told[account] = kept
        else:
            del _told[account]

"""Tells whoever waits that a study has a new entry. A hint only: the truth is in the database."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import uuid
from collections.abc import Iterator


class Bell:
    """Rung from any thread; waited for on an event loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[uuid.UUID, set[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}

    def ring(self, study: uuid.UUID) -> None:
        """Something was written to the study and is committed."""
        with self._lock:
            waiting = list(self._waiting.get(study, ()))
        for loop, event in waiting:
            # A loop that has just closed has nobody left to tell.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(event.set)

    @contextlib.contextmanager
    def listening(self, study: uuid.UUID) -> Iterator[asyncio.Event]:
        """An event that is set whenever the study's bell rings; whoever waits clears it."""
        place = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.setdefault(study, set()).add(place)
        try:
            yield place[1]
        finally:
            with self._lock:
                self._waiting[study].discard(place)
                if not self._waiting[study]:
                    del self._waiting[study]


bell = Bell()

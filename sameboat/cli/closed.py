"""Whether the site is open: `serve` holds a lock on the data folder for as long as it runs."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StillOpen(Exception):
    """Another process serves this data folder."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Holds the data folder. Raises StillOpen where another process does."""
    with (folder / "open.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StillOpen("This site is open. Stop `sameboat serve` first.") from None
        yield

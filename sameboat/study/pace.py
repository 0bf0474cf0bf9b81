"""How far a long piece of work has come, and a way to stop it between two steps.

Loops that can take long go `along` what they go through. Beside such work stands a Pace, in the context of its thread;
without one, going along costs nothing and stops nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

One = TypeVar("One")


class Stopped(Exception):
    """Whoever asked for the work cancelled it. What it wrote goes with the transaction it was in."""


@dataclass
class Pace:
    """Steps done of those known so far; `stop` is set by whoever cancels."""

    total: int = 0
    done: int = 0
    stop: bool = False
    _deep: bool = False

    def along(self, things: Iterable[One]) -> Iterator[One]:
        """Each in turn; what lies within a step or has no length is not counted, yet can be stopped. Raises Stopped."""
        is_outer, self._deep = not self._deep, True
        counted = is_outer and isinstance(things, Sized)
        self.total += len(things) if counted and isinstance(things, Sized) else 0
        try:
            for thing in things:
                self.check()
                yield thing
                self.done += counted
        finally:
            self._deep = not is_outer

    def check(self) -> None:
        if self.stop:
            raise Stopped


here: ContextVar[Pace | None] = ContextVar("pace", default=None)


def along(things: Iterable[One]) -> Iterator[One]:
    """Goes through them at the pace of this context. Raises Stopped."""
    pace = here.get()
    return iter(things) if pace is None else pace.along(things)


def check() -> None:
    """The last moment at which it can be stopped, as before what was written is kept. Raises Stopped."""
    pace = here.get()
    if pace is not None:
        pace.check()

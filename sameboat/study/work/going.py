"""Work in a thread of its own, one piece for each page that asked for something long.

It is known in this process only, as files that wait to be looked at are; what it made waits in memory, for an hour at
most, so that no file with words in it lies anywhere.
"""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import TypeVar, cast

from django.conf import settings
from django.db import connections
from django.http import HttpResponseBase, StreamingHttpResponse

from sameboat.lib.refusals import NotHere
from sameboat.study import pace
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.models import Researcher
from sameboat.study.work.memory import give_back
from sameboat.study.work.room import room

SOON_SECONDS = 0.8
LONG_SECONDS = 0.25
KEPT_SECONDS = 3600


@dataclass
class Work:
    """One piece: what it is called, where Cancel leads, and, at its end, the answer or what went wrong."""

    title: str
    back: str
    researcher: uuid.UUID
    study: uuid.UUID | None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    pace: pace.Pace = field(default_factory=pace.Pace)
    ended: threading.Event = field(default_factory=threading.Event)
    answer: HttpResponseBase | None = None
    wrong: Exception | None = None
    began: float = field(default_factory=time.monotonic)
    # While one piece with this name is under way, asking for it again leads to it.
    name: str = ""

    @property
    def was_stopped(self) -> bool:
        return isinstance(self.wrong, pace.Stopped)


class InPieces(StreamingHttpResponse):
    """A file too large to be held in memory: `make` gives its pieces, from the first, each time it is fetched.

    Its length in bytes is said first, so that a browser shows how much is still to come.
    """

    def __init__(self, make: Callable[[], Iterator[bytes]], content_type: str, length: int) -> None:
        super().__init__(make(), content_type=content_type, headers={"Content-Length": str(length)})
        self._make, self._length = make, length

    def anew(self) -> InPieces:
        """The same file, from its beginning."""
        fresh = InPieces(self._make, self["Content-Type"], self._length)
        fresh["Content-Disposition"] = self["Content-Disposition"]
        return fresh


Answer = TypeVar("Answer", bound=HttpResponseBase)
_known: dict[str, Work] = {}
_lock = threading.Lock()


def beside(work: Work, doing: Callable[[], Answer]) -> Answer | SeeOther:
    """The answer of `doing`, where it comes soon; else a way to a page that shows how far it is.

    Raises what `doing` raises soon; what it raises later, that page says. Where the settings keep work within the
    request, as tests in a transaction must, `doing` is simply done.
    """
    if not settings.WORK_BESIDE:
        with room():
            return doing()
    _drop_old()
    if (same := _under_way(work)) is not None:
        return SeeOther(f"/work/{same.token}")
    _known[work.token] = work
    threading.Thread(target=copy_context().run, args=(_run, work, doing), daemon=True).start()
    if not work.ended.wait(SOON_SECONDS):
        return SeeOther(f"/work/{work.token}")
    _known.pop(work.token, None)
    return cast(Answer, outcome(work))


def _run(work: Work, doing: Callable[[], HttpResponseBase]) -> None:
    pace.here.set(work.pace)
    try:
        with room():
            answer = doing()
        with _lock:
            # A withdrawal meanwhile takes away what was made from the study as it was.
            work.answer = answer if work.token in _known else None
    except Exception as wrong:
        work.wrong = wrong
    finally:
        connections.close_all()
        work.ended.set()
        # Nobody waits for this.
        give_back(thorough=time.monotonic() - work.began > LONG_SECONDS)


def _under_way(work: Work) -> Work | None:
    every = [one for one in _known.values() if one.name and not one.ended.is_set()]
    return next((one for one in every if (one.name, one.researcher) == (work.name, work.researcher)), None)


def outcome(work: Work) -> HttpResponseBase:
    """What it made. Raises what it raised, and NotHere where that was taken away."""
    if work.wrong is not None:
        raise work.wrong
    if work.answer is None:
        raise NotHere
    return work.answer


def known(researcher: Researcher, token: str) -> Work:
    """One's own piece of work. Raises NotHere."""
    found = _known.get(token)
    if found is None or found.researcher != researcher.id:
        raise NotHere
    return found


def forget(study: uuid.UUID) -> None:
    """Stops all work in a study, and drops what it has made."""
    with _lock:
        for work in [one for one in _known.values() if one.study == study]:
            work.pace.stop = True
            work.answer = None
            _known.pop(work.token, None)


def _drop_old() -> None:
    for work in list(_known.values()):
        if work.ended.is_set() and time.monotonic() - work.began > KEPT_SECONDS:
            _known.pop(work.token, None)

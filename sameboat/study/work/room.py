"""No room left on the disk: whatever writes says so in a sentence, and nothing is stored by half."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from sameboat.lib.refusals import Refusal
from sameboat.web.answers import refuse

# No space, no space left of what somebody may use, and a file larger than any may be.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# SQLite calls only the first of these full; a share that is used up it calls an error of writing.
_SQLITE_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}
_POSTGRESQL_FULL = "53100"


class NoRoom(Refusal):
    status = 507
    code = "no_room"
    sentence = "There is no room left on the disk. Nothing was stored. Make some room, and try again."


def is_full(problem: BaseException) -> bool:
    """Whether this says that nothing more can be written: to a file, by SQLite or by PostgreSQL (disk_full)."""
    if isinstance(problem, OSError):
        return problem.errno in _FULL
    cause = problem.__cause__
    return isinstance(problem, DatabaseError) and (
        getattr(cause, "sqlite_errorname", "") in _SQLITE_FULL or getattr(cause, "sqlstate", "") == _POSTGRESQL_FULL
    )


@contextmanager
def room() -> Iterator[None]:
    """What is done inside needs room. Raises NoRoom in place of an error that says that there is none."""
    try:
        yield
    except (OSError, DatabaseError) as problem:
        if not is_full(problem):
            raise
        raise NoRoom from problem


class RoomMiddleware:
    """Answers a full disk wherever it was met."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return refuse(request, NoRoom()) if is_full(problem) else None

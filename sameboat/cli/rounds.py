"""What `serve` does by itself, in one thread beside the site: fading, letting go, the nightly copy.

A round that fails is tried again at its next time; it is written to the log by place, never by content.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection

from sameboat.circles.rounds import delete_closed, empty_circles_go, fade, forget
from sameboat.config.copies import BEFORE_RESTORE, let_go, write_copy
from sameboat.lib import clock, turns
from sameboat.meetings.actions import forget_meetings
from sameboat.outside.actions import forget_old
from sameboat.oversight.actions import forget_reports
from sameboat.oversight.acts import forget_acts
from sameboat.told.looking import look_in
from sameboat.told.rounds import forget_unanswered, remind, tell

HOUR = 3600
DAY = 24 * HOUR
LOOK_EVERY = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Round:
    """One piece of work: `do(now)` with `now` in seconds since 1970, every so many seconds."""

    name: str
    every: int
    do: Callable[[int], object]


def empty_journal(now: int) -> None:
    """What was deleted leaves SQLite's journal too, where a quiet site would keep it for weeks (P35).

    Whoever writes waits for half a second at most; where somebody reads for longer it is left for the next time.
    """
    if connection.vendor != "sqlite":
        return
    patience = int(settings.DATABASES["default"]["OPTIONS"]["timeout"]) * 1000
    with connection.cursor() as rows:
        rows.execute("PRAGMA busy_timeout=500")
        try:
            rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            rows.execute(f"PRAGMA busy_timeout={patience}")


def nightly_copy(now: int) -> None:
    """A copy of the database; those older than 14 days go, and what was set aside when one was put back."""
    folder = settings.DATA / "backups"
    write_copy(settings.DATABASES["default"], folder, now=clock.now())
    let_go(folder, now=clock.now())
    let_go(settings.DATA / BEFORE_RESTORE, now=clock.now(), keep_newest=False)


def ended_staff_sessions(now: int) -> None:
    Session.objects.filter(expire_date__lt=clock.now()).delete()


def old_concerns(now: int) -> None:
    forget_old(now=clock.now())


def old_reports(now: int) -> None:
    forget_reports(now=now)
    forget_acts(now=now)


ROUNDS: list[Round] = [
    Round("talk fades", HOUR, fade),
    Round("closed accounts go", HOUR, delete_closed),
    Round("empty circles go", HOUR, empty_circles_go),
    Round("what has run out", HOUR, forget),
    Round("meetings that are over", DAY, forget_meetings),
    Round("the journal of what was deleted", HOUR, empty_journal),
    Round("nightly copy", DAY, nightly_copy),
    Round("ended staff sessions", DAY, ended_staff_sessions),
    Round("old concerns", DAY, old_concerns),
    Round("old reports", DAY, old_reports),
    Round("addresses nobody answered for", DAY, forget_unanswered),
]
# In a thread of its own: a push service or mail server that is slow holds up nothing else (decision 0031).
TELLING: list[Round] = [
    Round("telling", 2, tell), Round("reminders of meetings", 10, remind), Round("please look in", 60, look_in),
]  # fmt: skip


class Rounds(threading.Thread):
    """Does each round when it is due, by the site's own clock. The first of a daily one is an hour after start."""

    def __init__(self, rounds: list[Round]) -> None:
        super().__init__(name="rounds", daemon=True)
        started = clock.seconds()
        self._due = {one: started + min(one.every, HOUR) for one in rounds}
        self._ending = threading.Event()

    def run(self) -> None:
        while not self._ending.wait(LOOK_EVERY):
            now = clock.seconds()
            for one in [one for one, due in self._due.items() if due <= now]:
                self._due[one] = now + one.every
                self._try(one, int(now))

    def end(self) -> None:
        """Lets the round at hand finish, and no other begin."""
        self._ending.set()
        if self.is_alive():
            self.join(timeout=10)

    def _try(self, one: Round, now: int) -> None:
        try:
            with turns.working():
                one.do(now)
        except Exception:
            log.exception("a round did not end well")
        finally:
            close_old_connections()

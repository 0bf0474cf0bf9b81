"""`sameboat restore FILE` or `sameboat restore latest`: puts a copy back. What is there now is copied first.

It opens the day in which members' devices hand back what the copy did not hold (`sameboat restored`).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from sameboat.circles.actions.restoring import known, note_restored
from sameboat.circles.models import Restored
from sameboat.cli.closed import StillOpen, held
from sameboat.cli.restored import said
from sameboat.config.copies import BEFORE_RESTORE, NoProgram, NotACopy, copies, put_back, time_of, write_copy
from sameboat.lib import clock
from sameboat.lib.tables import bring_up_to_date
from sameboat.told.rounds import begin_anew


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("copy", help="the copy's file, or `latest`")


def run(options: argparse.Namespace) -> int:
    """Prints what was put back. 1 where there is no such copy, it is damaged, or the site is open."""
    database = settings.DATABASES["default"]
    kept = copies(settings.DATA / "backups")
    try:
        copy = (kept[0] if kept else Path("latest")) if options.copy == "latest" else Path(options.copy)
        with held(settings.DATA):
            before = write_copy(database, settings.DATA / BEFORE_RESTORE, now=clock.now())
            earlier = earlier_ones()
            put_back(database, copy)
            connection.close()
            bring_up_to_date()
            now = int(clock.seconds())
            day = note_restored(earlier, to=time_of(copy) or int(copy.stat().st_mtime), now=now)
            begin_anew(now)
    except (StillOpen, NotACopy, NoProgram) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Put back: {copy.name}. What was here before is in {before}; delete it when all is well.")
    print(said(day.until))
    return 0


def earlier_ones() -> list[Restored]:
    """What the database that goes knows of earlier times; one that is damaged or too old knows nothing."""
    try:
        return known()
    except DatabaseError:
        return []

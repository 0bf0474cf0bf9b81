"""`sameboat restored`: a copy was put back by other means than `restore`. Opens the day in which members mend it."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from sameboat.circles.actions import restoring
from sameboat.config.copies import time_of
from sameboat.lib import clock
from sameboat.told.rounds import begin_anew


def arguments(parser: argparse.ArgumentParser) -> None:
    what = "the copy's file name, or when it was made: 2026-11-21 or 2026-11-21T03:00 (UTC)"
    parser.add_argument("copy", nargs="?", help=what)
    parser.add_argument("--over", action="store_true", help="end the day now: everything is taken again")


def run(options: argparse.Namespace) -> int:
    """Prints until when the day lasts. 1 where the time of the copy cannot be read."""
    now = int(clock.seconds())
    if options.over:
        print("Everything is taken again." if restoring.end_day(now=now) else "There was no such day.")
        return 0
    to = moment(options.copy or "")
    if to is None:
        print("When was the copy made? Type: sameboat restored 2026-11-21T03:00", file=sys.stderr)
        return 1
    day = restoring.note_restored(restoring.known(), to=to, now=now)
    begin_anew(now)
    print(said(day.until))
    return 0


def moment(text: str) -> int | None:
    """Seconds since 1970 of a copy's name or a written time; None for anything else."""
    named = time_of(Path(text))
    if named is not None:
        return named
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return int((found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).timestamp())


def said(until: int) -> str:
    """For whoever runs the site: what goes on by itself, and what does not."""
    end = datetime.datetime.fromtimestamp(until, datetime.UTC)
    return (
        f"Until {end:%A %H:%M} UTC members' devices hand back what they hold; only messages are taken beside that.\n"
        "Phones, mailboxes and calendar addresses stand as in the copy: tell members to look at How you are told."
    )

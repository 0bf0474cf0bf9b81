"""`sameboat backup`: a consistent copy of the database, also while the site is open. 14 days are kept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings

from sameboat.config.copies import NoProgram, NotACopy, let_go, write_copy
from sameboat.lib import clock


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, help="folder for the copy; without it, backups in the data folder")


def run(options: argparse.Namespace) -> int:
    """Prints the place of the copy."""
    folder = options.to or settings.DATA / "backups"
    try:
        place = write_copy(settings.DATABASES["default"], folder, now=clock.now())
    except (NoProgram, NotACopy) as problem:
        print(problem, file=sys.stderr)
        return 1
    let_go(folder, now=clock.now())
    print(place)
    return 0

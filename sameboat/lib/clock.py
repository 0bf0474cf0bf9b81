"""The time, in one place. Actions never ask for it: it is passed in as `now`.

Where the setting `CLOCK_FILE` names a file, the number of seconds in it is added to the real time, so that
a test can move a running server through days. `sameboat check --deploy` refuses that setting.
"""

from __future__ import annotations

import datetime
import time
from pathlib import Path

from django.conf import settings


def now() -> datetime.datetime:
    """The present moment, aware, in UTC."""
    return datetime.datetime.fromtimestamp(seconds(), tz=datetime.UTC)


def seconds() -> float:
    """Seconds since 1970 UTC, moved by the clock file if there is one."""
    return time.time() + _moved_by(settings.CLOCK_FILE)


def _moved_by(clock_file: str) -> float:
    if not clock_file:
        return 0.0
    try:
        return float(Path(clock_file).read_text(encoding="ascii").strip() or 0)
    except FileNotFoundError:
        return 0.0

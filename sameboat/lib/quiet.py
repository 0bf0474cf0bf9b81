"""A log line that says where something went wrong and never what was sent."""

from __future__ import annotations

import logging
import traceback
from pathlib import PurePath


class PlaceOnly(logging.Formatter):
    """Level, logger, exception class and code places. Messages, arguments, paths and values are dropped.

    An exception's own text is dropped too: a database error can quote a whole row.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname} {record.name} at {record.module}:{record.lineno}"
        if not record.exc_info or record.exc_info[0] is None:
            return line
        frames = traceback.extract_tb(record.exc_info[2])[-12:]
        places = " < ".join(
            f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)
        )
        return f"{line}: {record.exc_info[0].__name__} in {places}"

"""Files on their way in: at most so many at once; too many, and a full disk, are met with all that was sent read.

Who stops reading early cuts the line, and the browser then shows its own error in place of our sentence.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    StopFutureHandlers,
    TemporaryFileUploadHandler,
)

from sameboat.lib.refusals import Refusal
from sameboat.study.work.room import NoRoom, is_full

MOST_FILES = 300
# Those beyond the most are named, up to here.
MOST_NAMED = 5000


class TooManyFiles(Refusal):
    status = 413
    code = "too_many_files"
    sentence = (
        f"More than {MOST_NAMED:,} files came at once, so nothing was stored. "
        f"Please choose up to {MOST_FILES} of them, and then the next."
    )


class TooMany(InMemoryUploadedFile):
    """Stands in the place of a file beyond the most: only its name is known."""


class CountingHandler(FileUploadHandler):
    """Goes before the others, and keeps what is beyond the most from them."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._number = 0

    @property
    def _beyond(self) -> bool:
        return self._number > MOST_FILES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._number += 1
        if self._number > MOST_NAMED:
            raise SkipFile
        if self._beyond:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if self._beyond else raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        if not self._beyond:
            return None
        return TooMany(io.BytesIO(), None, self.file_name or "file", self.content_type, 0, None)

    def upload_complete(self) -> None:
        """Raises TooManyFiles."""
        if self._number > MOST_NAMED:
            raise TooManyFiles


class DiskHandler(TemporaryFileUploadHandler):
    """Writes files beside the database. Where there is no room it reads on, keeps nothing, and at the end says so."""

    _full = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not self._full:
            self._try(lambda: super(DiskHandler, self).new_file(*args, **kwargs))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self._full:
            self._try(lambda: super(DiskHandler, self).receive_data_chunk(raw_data, start))
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        found: list[UploadedFile[Any] | None] = []
        if not self._full:
            self._try(lambda: found.append(super(DiskHandler, self).file_complete(file_size)))
        return found[0] if found else None

    def _try(self, write: Any) -> None:
        try:
            write()
        except OSError as problem:
            if not is_full(problem):
                raise
            self._full = True
            self.upload_interrupted()

    def upload_interrupted(self) -> None:
        """Drops the file that is under way, also where what is left of it cannot be written."""
        try:
            super().upload_interrupted()
        except OSError as problem:
            if not is_full(problem):
                raise

    def upload_complete(self) -> None:
        """Raises NoRoom."""
        if self._full:
            raise NoRoom

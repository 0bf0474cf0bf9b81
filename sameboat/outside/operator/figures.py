"""Numbers about the machine, never about people: room on the disk, age of the last backup."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Storage:
    """Bytes under the data folder, and bytes left on its disk."""

    used: int
    left: int


def storage() -> Storage:
    folder = Path(settings.DATA)
    used = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Storage(used=used, left=shutil.disk_usage(folder).free)


def last_backup() -> datetime | None:
    """When the newest copy in the data folder was written; None where there is none."""
    return _newest("backups")


def last_restore() -> datetime | None:
    """When a copy was last put back on this server, which keeps what was there before; None for never."""
    return _newest("before-restore")


def _newest(folder: str) -> datetime | None:
    files = [file for file in (Path(settings.DATA) / folder).glob("*") if file.is_file()]
    if not files:
        return None
    return datetime.fromtimestamp(max(file.stat().st_mtime for file in files), tz=UTC)

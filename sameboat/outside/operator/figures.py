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


def last_done(what: str) -> datetime | None:
    """When `backup` or `restore` last ended well, from the stamp that the command leaves; None for never."""
    stamp = Path(settings.DATA) / f"{what}.done"
    if not stamp.exists():
        return None
    return datetime.fromtimestamp(stamp.stat().st_mtime, tz=UTC)

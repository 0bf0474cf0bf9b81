"""Assets: gathered at start into the data folder, under names that hold their hash, compressed.

Gathering takes part of a second and is skipped when nothing changed, so that neither a developer nor an
operator has a step to forget.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class AssetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed names; what Vite already hashed keeps its name beside."""

    manifest_strict = False


def _fingerprint() -> str:
    """Changes when any asset's place, size or time does."""
    seen = hashlib.sha256(settings.VERSION.encode())
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            seen.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def gather() -> None:
    """Brings STATIC_ROOT up to date. Does nothing when it already is."""
    root = Path(settings.STATIC_ROOT)
    mark = root / ".fingerprint"
    wanted = _fingerprint()
    if mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(wanted, encoding="ascii")


def integrity(hashed_name: str) -> str:
    """The `integrity` value of a gathered file: the page may run these bytes and no others."""
    digest = hashlib.sha384((Path(settings.STATIC_ROOT) / hashed_name).read_bytes()).digest()
    return "sha384-" + base64.b64encode(digest).decode("ascii")

"""Assets: gathered at start into the data folder, under names that hold their hash, compressed.

Gathering takes part of a second and is skipped when nothing changed, so that neither a developer nor an
operator has a step to forget.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

PACKED = ".gz"


class _Packer(Compressor):  # type: ignore[misc]
    """Takes what the build has packed better, and slower, than there is time for at a start; packs the rest itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        packed = {file: file.with_name(file.name + PACKED) for _, file in _assets()}
        self._ready = {file.read_bytes(): there for file, there in packed.items() if there.exists()}

    def compress_gzip(self, data: bytes) -> bytes:
        ready = self._ready.get(data)
        packed: bytes = super().compress_gzip(data) if ready is None else ready.read_bytes()
        return packed


class AssetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed names; what Vite already hashed keeps its name beside."""

    manifest_strict = False

    def create_compressor(self, **options: Any) -> Compressor:
        return _Packer(**options)


def _assets() -> Iterator[tuple[str, Path]]:
    """Every asset of every module: its name below `/assets/`, and where it lies."""
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))


def _fingerprint() -> str:
    """Changes when any asset's place, size or time does."""
    seen = hashlib.sha256(settings.VERSION.encode())
    for name, file in _assets():
        state = file.stat()
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
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=[f"*{PACKED}"])
    mark.write_text(wanted, encoding="ascii")


def integrity(hashed_name: str) -> str:
    """The `integrity` value of a gathered file: the page may run these bytes and no others."""
    digest = hashlib.sha384((Path(settings.STATIC_ROOT) / hashed_name).read_bytes()).digest()
    return "sha384-" + base64.b64encode(digest).decode("ascii")

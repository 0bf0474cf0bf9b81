"""Work that is done once per state of its inputs: a stamp holds the inputs' digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.machine import ROOT

FOLDER = ROOT / ".stamps"


def digest(paths: Iterable[Path], *also: str) -> str:
    """One digest of the files' names and bytes, folders taken whole, and any further words."""
    seen = hashlib.sha256("\0".join(also).encode())
    for path in paths:
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.exists() and "node_modules" not in file.parts:
                seen.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return seen.hexdigest()


def fresh(name: str, wanted: str) -> bool:
    """Whether this work was last done for exactly these inputs."""
    stamp = FOLDER / name
    return stamp.exists() and stamp.read_text(encoding="ascii") == wanted


def done(name: str, wanted: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(wanted, encoding="ascii")

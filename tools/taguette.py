"""Taguette in an environment of its own, from requirements/taguette.txt: for a test and for the bench, never for us."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

from tools import machine, stamps
from tools.bootstrap import install

VENV = machine.ROOT / ".venv-taguette"


def python() -> Path:
    """The interpreter of that environment, made if need be. Raises `machine.Missing` where it cannot be made."""
    locked = machine.ROOT / "requirements" / "taguette.txt"
    wanted = stamps.digest([locked], sys.version)
    found = VENV / "bin" / "python"
    stamps.FOLDER.mkdir(exist_ok=True)
    with (stamps.FOLDER / "taguette-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (stamps.fresh("taguette", wanted) and found.exists()):
            _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
            install(VENV, ["--require-hashes", "-r", str(locked)])
            stamps.done("taguette", wanted)
    return found


def _run(command: list[str]) -> None:
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise machine.Missing(f"This did not work: {' '.join(command)}\n{result.stdout}{result.stderr}")

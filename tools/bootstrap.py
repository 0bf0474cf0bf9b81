"""Makes the project's own environment: `python3 -m tools.bootstrap [--python PATH --venv FOLDER]`.

Needs only Python 3.11. Quiet when there is nothing to do.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import subprocess
import sys
from pathlib import Path

from tools import machine, stamps


def ensure(python: str, venv: Path) -> None:
    """An environment at `venv` with the locked requirements and the project itself, editable."""
    locked = [machine.ROOT / "requirements" / "dev.txt", machine.ROOT / "pyproject.toml"]
    wanted = stamps.digest(locked, str(machine.version(python)), str(venv))
    if stamps.fresh(f"python{venv.name}", wanted) and (venv / "bin" / "sameboat").exists():
        return
    print(f"Making the Python environment in {venv.name} ...", flush=True)
    if not (venv / "bin" / "pip").exists():
        _make(python, venv)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _quiet([*pip, "--require-hashes", "-r", str(locked[0])])
    _quiet([*pip, "--no-deps", "--no-build-isolation", "--editable", str(machine.ROOT)])
    stamps.done(f"python{venv.name}", wanted)


def _make(python: str, venv: Path) -> None:
    made = subprocess.run([python, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True)
    if made.returncode != 0:
        raise machine.Missing("Python has no venv here. Type: sudo apt install python3-venv")


def ensure_node() -> None:
    """A Node that can build: the machine's, else from the package index into the environment."""
    if machine.node():
        return
    print("Fetching Node into the environment ...", flush=True)
    pip = [
        str(machine.VENV / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    _quiet([*pip, "--require-hashes", "-r", str(machine.ROOT / "requirements" / "node.txt")])
    if not machine.node():
        raise machine.Missing("No Node 22.12 or newer found. Type: sudo apt install nodejs npm")


def _quiet(command: list[str]) -> None:
    """Runs a command; its words are shown only when it fails."""
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise machine.Missing(f"This did not work: {' '.join(command)}\n{result.stdout}{result.stderr}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--venv", type=Path, default=machine.VENV)
    options = parser.parse_args()
    stamps.FOLDER.mkdir(exist_ok=True)
    with (stamps.FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            ensure(os.fspath(options.python), options.venv.resolve())
            if options.venv.resolve() == machine.VENV:
                ensure_node()
        except machine.Missing as problem:
            print(problem, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

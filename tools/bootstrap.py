"""Makes the project's own environment: `python3 -m tools.bootstrap [--python PATH --venv FOLDER]`.

Needs only Python 3.11. Quiet when there is nothing to do.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import subprocess
import sys
import tempfile
from itertools import takewhile
from pathlib import Path

from tools import machine, stamps

LOCKED = machine.ROOT / "requirements" / "dev.txt"


def ensure(python: str, venv: Path) -> None:
    """An environment at `venv` with the locked requirements and the project itself, editable."""
    wanted = stamps.digest([LOCKED, machine.ROOT / "pyproject.toml"], str(machine.version(python)), str(venv))
    if stamps.fresh(f"python{venv.name}", wanted) and (venv / "bin" / "sameboat").exists():
        return
    print(f"Making the Python environment in {venv.name} ...", flush=True)
    if not (venv / "bin" / "pip").exists():
        _make(python, venv)
    install(venv, ["--require-hashes", "-r", str(LOCKED)])
    install(venv, ["--no-deps", "--no-build-isolation", "--editable", str(machine.ROOT)])
    stamps.done(f"python{venv.name}", wanted)


def install(venv: Path, what: list[str]) -> None:
    """By uv, which takes a tenth of the time; by pip where uv finds no way to the packages that pip knows of."""
    python = str(venv / "bin" / "python")
    quick = [_uv(venv), "pip", "install", "--quiet", "--python", python, *what]
    # Where it cannot get out, pip may know another way: it need not try for long.
    once = {**os.environ, "UV_HTTP_RETRIES": "1"}
    if subprocess.run(quick, capture_output=True, env=once).returncode != 0:
        _quiet([*_pip(venv), *what])


def _uv(venv: Path) -> str:
    """The locked uv: that of the main environment, else brought into this one first."""
    for program in (machine.VENV / "bin" / "uv", venv / "bin" / "uv"):
        if machine.version(program):
            return str(program)
    lines = iter(LOCKED.read_text(encoding="utf-8").splitlines())
    first = next(line for line in lines if line.startswith("uv=="))
    alone = [first, *takewhile(lambda line: line.startswith(" "), lines)]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(alone))
        file.flush()
        _quiet([*_pip(venv), "--require-hashes", "-r", file.name])
    return str(venv / "bin" / "uv")


def _pip(venv: Path) -> list[str]:
    return [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _make(python: str, venv: Path) -> None:
    made = subprocess.run([python, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True)
    if made.returncode != 0:
        raise machine.Missing("Python has no venv here. Type: sudo apt install python3-venv")


def ensure_node() -> None:
    """A Node that can build: the machine's, else from the package index into the environment."""
    if machine.node():
        return
    print("Fetching Node into the environment ...", flush=True)
    _quiet([*_pip(machine.VENV), "--require-hashes", "-r", str(machine.ROOT / "requirements" / "node.txt")])
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

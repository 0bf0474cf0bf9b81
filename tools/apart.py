"""Environments apart, each from a lock file of its own: for what ours must not hold, or must be seen without.

`taguette` is for a test and for the bench, never for us; `base` is what a running server needs and nothing else, as
whoever installs the project has it.
"""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

from tools import machine, stamps
from tools.bootstrap import install


def python(name: str, *, compiled: bool = False) -> Path:
    """The interpreter of the environment of `requirements/NAME.txt`, made if need be, of the main environment's Python.

    `compiled`: as pip leaves it, for who measures; what is compiled at its first use weighs more, and takes longer,
    that once. Raises `machine.Missing` where it cannot be made.
    """
    main = machine.VENV / "bin" / "python"
    locked, venv = machine.ROOT / "requirements" / f"{name}.txt", machine.ROOT / f".venv-{name}"
    wanted = stamps.digest([locked], str(machine.version(main)))
    found = venv / "bin" / "python"
    stamps.FOLDER.mkdir(exist_ok=True)
    with (stamps.FOLDER / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (stamps.fresh(name, wanted) and found.exists()):
            _run([str(main), "-m", "venv", "--clear", str(venv)])
            install(venv, ["--require-hashes", "-r", str(locked)])
            stamps.done(name, wanted)
        if compiled:
            _run([str(found), "-m", "compileall", "-q", str(venv / "lib")])
    return found


def _run(command: list[str]) -> None:
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise machine.Missing(f"This did not work: {' '.join(command)}\n{result.stdout}{result.stderr}")

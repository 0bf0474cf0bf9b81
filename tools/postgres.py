"""A temporary PostgreSQL for the tests: made, used over a socket, thrown away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.machine import Missing, postgres

# Speed before safety: this cluster is thrown away. The server's own settings are not touched.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300"
SERVICE = "postgres"


def _as_service() -> list[str]:
    """PostgreSQL refuses to run as root, so root steps down to the service's account."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={SERVICE}", f"--regid={SERVICE}", "--clear-groups"]


@contextmanager
def cluster() -> Iterator[str]:
    """Runs a cluster and gives its address for SAMEBOAT_DATABASE. Raises Missing where there is none."""
    programs = postgres()
    # Being told to end must not leave a cluster behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="sameboat-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SERVICE, SERVICE)
        rows = folder / "rows"
        _run([programs / "initdb", "-D", rows, "-U", SERVICE, "-A", "trust", "-E", "UTF8", "--no-sync"])
        options = f"-c listen_addresses= -k {folder} {QUICK}"
        _run([programs / "pg_ctl", "-D", rows, "-o", options, "-l", folder / "log", "-w", "start"])
        try:
            yield f"postgresql://{SERVICE}@/postgres?host={folder}"
        finally:
            _run([programs / "pg_ctl", "-D", rows, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str | Path]) -> None:
    whole = [*_as_service(), *map(str, command)]
    # The server inherits what it is given, and a pipe would never close.
    with tempfile.TemporaryFile("w+") as said:
        result = subprocess.run(whole, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/")
        said.seek(0)
        if result.returncode != 0:
            raise Missing(f"PostgreSQL did not do: {Path(str(command[0])).name}\n{said.read()}")

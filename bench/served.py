"""A real `sameboat serve` process for a bench, and what it costs: seconds, memory, threads."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import must_be

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
# Memory-backed folders would make every commit look free.
NOT_A_DISK = {"tmpfs", "ramfs"}
ASK_DATABASE = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in ("synchronous", "journal_mode"):
        print(cursor.execute(f"PRAGMA {name}").fetchone()[0])
"""


@dataclass
class Served:
    """One server on loopback with its own data folder."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMEBOAT_")}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "sameboat.config.settings",
            "SAMEBOAT_DATA": str(self.data),
            "SAMEBOAT_PORT": str(self.port),
            "SAMEBOAT_ORIGIN": self.origin,
            "SAMEBOAT_START_MODE": "open",
            "SAMEBOAT_EXIT_TO": f"{self.origin}/",
            **{f"SAMEBOAT_{name}": value for name, value in self.settings.items()},
        }

    def start(self) -> float:
        """Starts the process; seconds from there to its first answer."""
        began = time.perf_counter()
        with (self.data / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sameboat.cli", "serve"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"the server did not start:\n{(self.data / 'log').read_text()}")
            time.sleep(0.002)
        return time.perf_counter() - began

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)

    def memory_kb(self) -> int:
        """Memory that is this process's own: resident, less what is shared with files."""
        return sum(_status(self._pid, name) for name in ("RssAnon", "RssShmem"))

    def threads(self) -> int:
        return _status(self._pid, "Threads")

    def assert_durable(self) -> None:
        """A commit of this server is on a disk before it is acknowledged: FULL, in a write-ahead log."""
        said = subprocess.run(
            [sys.executable, "-c", ASK_DATABASE],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        must_be(said.stdout.split(), ["2", "wal"], "synchronous (2 is FULL) and journal mode")
        kind = subprocess.run(
            ["stat", "--file-system", "--format=%T", str(self.data)], capture_output=True, text=True, check=True
        )
        must_be(kind.stdout.strip() in NOT_A_DISK, False, f"data folder on {kind.stdout.strip()}")

    @property
    def _pid(self) -> int:
        must_be(self.process is not None and self.process.poll() is None, True, "server running")
        assert self.process is not None
        return self.process.pid

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/in/", timeout=5) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError:
            raise
        except OSError:
            return False


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise KeyError(name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_server(**settings: str) -> Iterator[Served]:
    """A server that has answered once; gone with its folder afterwards. `settings` stand beside the usual ones."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=build))
    served = Served(folder, free_port(), settings=settings)
    try:
        served.start()
        served.assert_durable()
        yield served
    finally:
        served.stop()
        shutil.rmtree(folder, ignore_errors=True)


def start_seconds(served: Served, times: int) -> list[float]:
    """Starts a server that is already set up again and again; ends with it running."""
    found = []
    for _ in range(times):
        served.stop()
        found.append(served.start())
    return found

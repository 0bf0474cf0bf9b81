"""One real server for each module of hostile tests, with Mallory before it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from tests.hostile.mallory import Forward, Mallory

PATIENCE = 30.0
DAY = 86_400


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Site:
    """A running server: where members go (through Mallory), its data folder, its clock, its liar."""

    origin: str
    folder: Path
    mallory: Mallory
    log: Path
    process: subprocess.Popen[bytes]

    def clock(self, days: float = 0.0, seconds: float = 0.0) -> None:
        """Moves this server's clock away from the real one."""
        (self.folder / "clock").write_text(str(days * DAY + seconds), encoding="ascii")


def environment(folder: Path, port: int, origin: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("SAMEBOAT_")},
        "SAMEBOAT_DATA": str(folder),
        "SAMEBOAT_PORT": str(port),
        "SAMEBOAT_ORIGIN": origin,
        "SAMEBOAT_START_MODE": "open",
        "SAMEBOAT_OPERATOR_CONTACT": "the people of the hall",
        "SAMEBOAT_CLOCK_FILE": str(folder / "clock"),
        "PYTHONUNBUFFERED": "1",
    }


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "import sys; from sameboat.cli import main; sys.exit(main())", *words]


@contextlib.contextmanager
def a_mallory(port: int, before: str) -> Iterator[Mallory]:
    """Mallory on `port`, in a thread of its own, before the server at `before`."""
    mallory = Mallory(Forward(before))
    config = uvicorn.Config(
        mallory, "127.0.0.1", port, log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    liar = uvicorn.Server(config)
    thread = threading.Thread(target=liar.run, daemon=True)
    thread.start()
    _until(lambda: liar.started, "Mallory did not start")
    try:
        yield mallory
    finally:
        liar.should_exit = True
        thread.join(5)


@contextlib.contextmanager
def a_site(folder: Path) -> Iterator[Site]:
    """A real `sameboat serve` with its own data folder, reached through Mallory."""
    folder.mkdir(parents=True, exist_ok=True)
    behind, front = free_port(), free_port()
    origin = f"http://localhost:{front}"
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command("serve"), env=environment(folder, behind, origin), stdout=out, stderr=subprocess.STDOUT
        )
        try:
            _until(lambda: _open(behind, process), f"the server did not start; see {log}")
            with a_mallory(front, f"http://127.0.0.1:{behind}") as mallory:
                yield Site(origin, folder, mallory, log, process)
        finally:
            process.terminate()
            process.wait(10)


def _open(port: int, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the server stopped"
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
        return True
    return False


def _until(happened: object, why: str) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < end, why
        time.sleep(0.02)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with a_site(tmp_path_factory.mktemp("site")) as running:
        yield running

"""A real study in a process of its own, on a laptop or as a team's server, with its own data folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

PATIENCE = 20


@dataclass
class ServedStudy:
    """One running study. `origin` is its address, `data` its folder."""

    data: Path
    port: int
    settings: dict[str, str]
    database: str = ""
    process: subprocess.Popen[str] | None = None

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            "SAMEBOAT_STUDY_DATA": str(self.data),
            "SAMEBOAT_STUDY_PORT": str(self.port),
            "SAMEBOAT_STUDY_DATABASE": self.database,
            **{f"SAMEBOAT_STUDY_{name}": value for name, value in self.settings.items()},
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMEBOAT_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        return {**kept, **ours}

    def start(self) -> ServedStudy:
        """Starts the process and returns once it says that it is open."""
        errors = (self.data / "stderr.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sameboat.study"],
            env=self.environment, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "is open at" in line, f"the study did not start: {self.errors()}"
        return self

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)

    def command(self, *words: str) -> str:
        """Runs the study's program with these words on this data and returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "sameboat.study", *words],
            env=self.environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def browser(self) -> httpx.Client:
        """A client that sends what a browser on the study's own pages would."""
        return httpx.Client(base_url=self.origin, headers={"Origin": self.origin}, timeout=PATIENCE)

    def errors(self) -> str:
        """Everything the study wrote to standard error so far."""
        log = self.data / "stderr.log"
        return log.read_text() if log.exists() else ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _own_database() -> str:
    """A new database beside the one the tests were given; empty for SQLite."""
    given = os.environ.get("SAMEBOAT_STUDY_DATABASE", "")
    if not given:
        return ""
    name = f"study_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(given)._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="session")
def serve_study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., ServedStudy]]:
    """Starts another study: `serve_study(MODE="team")`. All are stopped at the end."""
    served: list[ServedStudy] = []

    def start(**settings: str) -> ServedStudy:
        folder = tmp_path_factory.mktemp("study")
        served.append(ServedStudy(folder, free_port(), settings, database=_own_database()))
        return served[-1].start()

    yield start
    for one in served:
        one.stop()


@pytest.fixture(scope="session")
def laptop_study(serve_study: Callable[..., ServedStudy]) -> ServedStudy:
    """The laptop that most tests share."""
    return serve_study()

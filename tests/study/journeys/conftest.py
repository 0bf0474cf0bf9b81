"""What the coding journeys share: watched devices, and studies with transcripts in them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from sameboat.study.tests.served import ServedStudy
from tests.journeys.devices import PATIENCE_MS, Devices
from tests.study.journeys.desk import Study
from tools.machine import ROOT


@pytest.fixture(scope="session")
def devices(browser: Browser) -> Iterator[Devices]:
    """All devices of the journeys, in the one browser."""
    expect.set_options(timeout=PATIENCE_MS)
    yield Devices(browser)
    for context in browser.contexts:
        context.close()


@pytest.fixture(autouse=True)
def nothing_strange(devices: Devices) -> Iterator[None]:
    """No journey asks anything off its origin, breaks the page's rules, or leaves an error unseen."""
    devices.wrong.clear()
    yield
    assert devices.elsewhere() == []
    assert devices.wrong == []


@pytest.fixture(scope="session")
def team_server(serve_study: Callable[..., ServedStudy]) -> ServedStudy:
    """A team's server, where people come in."""
    return serve_study(MODE="team")


@pytest.fixture
def laptop(laptop_study: ServedStudy, devices: Devices) -> Iterator[Callable[..., Study]]:
    """`laptop(words=50_000)`: a study of its own on the shared laptop; its pages close at the end."""
    yield from _studies(laptop_study, devices)


@pytest.fixture
def team(team_server: ServedStudy, devices: Devices) -> Iterator[Callable[..., Study]]:
    """`team()`: a study of its own on the team's server: Rosa leads, Tariq codes, Noor codes blind, Wim reads."""
    yield from _studies(team_server, devices)


def _studies(served: ServedStudy, devices: Devices) -> Iterator[Callable[..., Study]]:
    made: list[Study] = []

    def make(words: int = 0) -> Study:
        done = subprocess.run(
            [sys.executable, "-m", "tests.study.journeys.furnish", str(words)],
            cwd=ROOT, env=served.environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        made.append(Study(served, devices, **json.loads(done.stdout)))
        return made[-1]

    yield make
    for study in made:
        study.close()

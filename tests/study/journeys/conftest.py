"""What the coding journeys share: watched devices, and studies with transcripts in them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

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
    elsewhere: Any = devices.elsewhere
    assert (elsewhere() if callable(elsewhere) else elsewhere) == []
    assert devices.wrong == []


@pytest.fixture(scope="session")
def team_server(serve_study: Callable[..., ServedStudy]) -> ServedStudy:
    """A team's server, where people come in."""
    return serve_study(MODE="team")


@dataclass
class Furnisher:
    """Puts studies on a running server."""

    served: ServedStudy
    program: subprocess.Popen[str]

    def furnish(self, words: int) -> dict[str, Any]:
        assert self.program.stdin and self.program.stdout
        self.program.stdin.write(f"{words}\n")
        self.program.stdin.flush()
        line = self.program.stdout.readline()
        assert line, "the furnishing ended; its reason stands above"
        found: dict[str, Any] = json.loads(line)
        return found


@pytest.fixture(scope="session")
def furnisher() -> Iterator[Callable[[ServedStudy], Furnisher]]:
    """`furnisher(served)`: one program for each server, kept until the end."""
    known: dict[int, Furnisher] = {}

    def of(served: ServedStudy) -> Furnisher:
        if served.port not in known:
            program = subprocess.Popen(
                [sys.executable, "-m", "tests.study.journeys.furnish"],
                cwd=ROOT, env=served.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            known[served.port] = Furnisher(served, program)
        return known[served.port]

    yield of
    for one in known.values():
        one.program.terminate()
        one.program.wait(20)


Furnish = Callable[[ServedStudy], Furnisher]


@pytest.fixture
def laptop(laptop_study: ServedStudy, furnisher: Furnish, devices: Devices) -> Iterator[Callable[..., Study]]:
    """`laptop(words=50_000)`: a study of its own on the shared laptop; its pages close at the end."""
    yield from _studies(furnisher(laptop_study), devices)


@pytest.fixture
def team(team_server: ServedStudy, furnisher: Furnish, devices: Devices) -> Iterator[Callable[..., Study]]:
    """`team()`: a study of its own on the team's server: Rosa leads, Tariq codes, Noor codes blind, Wim reads."""
    yield from _studies(furnisher(team_server), devices)


def _studies(furnisher: Furnisher, devices: Devices) -> Iterator[Callable[..., Study]]:
    made: list[Study] = []

    def make(words: int = 0) -> Study:
        made.append(Study(furnisher.served, devices, **furnisher.furnish(words)))
        return made[-1]

    yield make
    for study in made:
        study.close()

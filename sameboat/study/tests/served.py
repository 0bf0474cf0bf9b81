"""A real study in a process of its own, on a laptop or as a team's server, with its own data folder."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import httpx
import pytest

from tests.fixtures.servers import PATIENCE, Served, free_port
from tests.fixtures.tables import own_database, tables_only

# A file is written beside the page that asks for it, at the pace of the machine.
WRITTEN = 60
PAUSE = 0.05


@dataclass
class ServedStudy(Served):
    """One running study. `origin` is its address, `data` its folder."""

    PROGRAM: ClassVar[str] = "sameboat.study"
    SERVE: ClassVar[tuple[str, ...]] = ()
    PREFIX: ClassVar[str] = "SAMEBOAT_STUDY_"
    DJANGO: ClassVar[str] = "sameboat.study.config.settings"
    DATABASE_FILE: ClassVar[str] = "study.sqlite3"

    def usual(self) -> dict[str, str]:
        return {}

    def browser(self) -> httpx.Client:
        """A client that sends what a browser on the study's own pages would."""
        return httpx.Client(base_url=self.origin, headers={"Origin": self.origin}, timeout=PATIENCE)


def settled(browser: httpx.Client, answer: httpx.Response) -> httpx.Response:
    """What became of what was asked, once the work for it has ended: the file it made, or where it leads."""
    until = time.monotonic() + WRITTEN
    while answer.headers.get("location", "").startswith("/work/"):
        place = answer.headers["location"]
        page = browser.get(place)
        while page.status_code == 200 and 'content="1"' in page.text:
            assert time.monotonic() < until, page.text
            # Whoever asks without a pause keeps the very work waiting.
            time.sleep(PAUSE)
            page = browser.get(place)
        answer = browser.get(f"{place}/file") if f"{place}/file" in page.text else page
    return answer


@pytest.fixture(scope="session")
def serve_study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., ServedStudy]]:
    """Starts another study: `serve_study(MODE="team")`. All are stopped at the end."""
    served: list[ServedStudy] = []

    def start(**settings: str) -> ServedStudy:
        folder = tmp_path_factory.mktemp("study")
        database = own_database(ServedStudy)
        if not database:
            # One that begins with nothing: test_the_sameboat_command_opens_it_beside_the_groups.
            shutil.copy(tables_only(ServedStudy), folder / ServedStudy.DATABASE_FILE)
        served.append(ServedStudy(folder, free_port(), settings, database=database))
        return served[-1].start()

    yield start
    for one in served:
        one.stop()


@pytest.fixture(scope="session")
def laptop_study(serve_study: Callable[..., ServedStudy]) -> ServedStudy:
    """The laptop that most tests share."""
    return serve_study()

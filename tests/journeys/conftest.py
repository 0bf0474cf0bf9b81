"""What the journeys share: devices that are watched, and a look at every screen with axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.servers import Served
from tests.journeys.devices import PATIENCE_MS, PHONE, Devices
from tests.journeys.kitchen import Kitchen, make_group

OPENED = pytest.StashKey[Devices]()


@pytest.fixture(scope="session")
def devices(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Devices]:
    """All devices of the journeys, in the one browser."""
    expect.set_options(timeout=PATIENCE_MS)
    opened = Devices(browser)
    request.config.stash[OPENED] = opened
    yield opened
    for context in browser.contexts:
        context.close()


@pytest.fixture(autouse=True)
def nothing_strange(devices: Devices) -> Iterator[None]:
    """No journey asks anything off its origin, breaks the page's rules, or leaves an error unseen."""
    devices.wrong.clear()
    yield
    assert devices.elsewhere == []
    assert devices.wrong == []


@pytest.fixture
def open_device(devices: Devices) -> Iterator[Callable[..., Page]]:
    """`open_device(size=DESK)`: a device of this test's own, gone after it."""
    opened: list[Page] = []

    def open_one(size: tuple[int, int] = PHONE, **options: Any) -> Page:
        opened.append(devices.open(size, **options))
        return opened[-1]

    yield open_one
    for page in opened:
        page.context.close()


@pytest.fixture(scope="session")
def kitchens(serve: Callable[..., Served], devices: Devices) -> Callable[..., Kitchen]:
    """`kitchens("Ana", "Ben")`: a group of these on a server of its own, whose clock may be moved."""

    def make(*names: str) -> Kitchen:
        site = serve(START_MODE="open")
        make_group(site.origin, names)
        return Kitchen(site, devices, names)

    return make


@pytest.fixture(scope="session")
def kitchen(kitchens: Callable[..., Kitchen]) -> Kitchen:
    """The group that most journeys share: Ana is its host, Ben and Dee are members."""
    return kitchens("Ana", "Ben", "Dee")


@pytest.fixture
def own_kitchen(kitchens: Callable[..., Kitchen]) -> Iterator[Callable[..., Kitchen]]:
    """`own_kitchen("Ana", "Ben")`: a group of this journey's own, gone after it."""
    made: list[Kitchen] = []

    def make(*names: str) -> Kitchen:
        made.append(kitchens(*(names or ("Ana", "Ben"))))
        return made[-1]

    yield make
    for one in made:
        one.empty()


@pytest.fixture(scope="session")
def coded(serve: Callable[..., Served]) -> Served:
    """A server on which a group is started with the operator's code."""
    return serve(START_MODE="code")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """How many passphrases were stretched in browsers: at most 40 in all journeys together."""
    if (opened := config.stash.get(OPENED, None)) is not None:
        terminalreporter.write_line(f"{opened.unlocks} unlocks on {opened.opened} devices")

"""What the journeys share: devices that are watched, and a look at every screen with axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.relays import Relay
from tests.fixtures.servers import Served
from tests.fixtures.telling import PushService, a_push_service
from tests.hostile.conftest import stretched_once
from tests.journeys.devices import PATIENCE_MS, PHONE, Devices
from tests.journeys.kitchen import Kitchen, make_group
from tests.journeys.notes import TOLD_WORDS

# What the Python client stretches beside a journey; a browser's own is never remembered.
__all__ = ["stretched_once"]

FIVE = ("Ana", "Ben", "Cal", "Dee", "Mo")
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
def group_site(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Served]:
    """`group_site("Ana", "Ben", COUNTRY="us")`: a server of its own, on which these have a group.

    A group is made once for the same names; another server begins with a copy of what was stored then.
    """
    made: dict[tuple[str, ...], Path] = {}

    def start(*names: str, **settings: str) -> Served:
        site = serve(made.get(names), START_MODE="open", **settings)
        if names not in made:
            make_group(site.origin, names)
            if not site.database:
                made[names] = site.copy_to(tmp_path_factory.mktemp("group"))
        return site

    return start


@pytest.fixture(scope="session")
def kitchens(group_site: Callable[..., Served], devices: Devices) -> Callable[..., Kitchen]:
    """`kitchens("Ana", "Ben")`: a group of these on a server of its own, whose clock may be moved."""
    return lambda *names, **settings: Kitchen(group_site(*names, **settings), devices, names)


@pytest.fixture(scope="session")
def pushes() -> Iterator[PushService]:
    """The push service through which the kitchen's site tells people."""
    with a_push_service() as running:
        yield running


@pytest.fixture(scope="session")
def kitchen(kitchens: Callable[..., Kitchen], relay: Relay, pushes: PushService) -> Kitchen:
    """The group that most journeys share: Ana is its host, Ben and Dee are members. Its site has a relay for voices."""
    return kitchens("Ana", "Ben", "Dee", PUSH_TEST_TO=pushes.origin, TOLD_WORDS=TOLD_WORDS, **relay.settings)


@pytest.fixture(scope="session")
def table(kitchens: Callable[..., Kitchen]) -> Kitchen:
    """Five people in another country: they agree on things (`test_agreeing`), one loses a phone (`test_lost`), and
    at last they part (`test_part`)."""
    return kitchens(*FIVE, COUNTRY="us")


@pytest.fixture(scope="session")
def harbour(kitchens: Callable[..., Kitchen]) -> Kitchen:
    """Five people whose server goes away (`test_offline`) and is put back from a copy (`test_sunday`,
    `test_two_stories`), until two are left (`test_two_who_stay`), whose clock goes on for days (`test_wait`)."""
    return kitchens(*FIVE)


@pytest.fixture(scope="session")
def looked_at(kitchens: Callable[..., Kitchen]) -> Kitchen:
    """Those whose screens are looked at: every one of them in every look (`test_screens`), and small ones."""
    return kitchens("Ana", "Ben", "Dee", "Mo")


@pytest.fixture
def own_kitchen(kitchens: Callable[..., Kitchen]) -> Iterator[Callable[..., Kitchen]]:
    """`own_kitchen("Ana", "Ben")`: a group of this journey's own, gone after it."""
    made: list[Kitchen] = []

    def make(*names: str, **settings: str) -> Kitchen:
        made.append(kitchens(*(names or ("Ana", "Ben")), **settings))
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

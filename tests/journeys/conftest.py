"""What the journeys share: devices that are watched, and a look at every screen with axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.devices import Devices


@pytest.fixture(scope="session")
def devices(browser: Browser) -> Iterator[Devices]:
    """All devices of the journeys, in the one browser."""
    opened = Devices(browser)
    yield opened
    opened.close_after(0)


@pytest.fixture(autouse=True)
def nothing_strange(devices: Devices) -> Iterator[None]:
    """No journey asks anything off its origin, breaks the page's rules, or leaves an error unseen."""
    devices.wrong.clear()
    yield
    assert devices.elsewhere() == []
    assert devices.wrong == []


@pytest.fixture
def open_device(devices: Devices) -> Iterator[Callable[..., Page]]:
    """`open_device(size=DESK)`: a device of this test's own, gone after it."""
    first = len(devices.opened)
    yield devices.open
    devices.close_after(first)

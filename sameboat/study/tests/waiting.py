"""Waits for what is read beside the page that shows it, as a browser does that is told to look again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sameboat.study.tests.served import PAUSE, WRITTEN

AGAIN = b'http-equiv="refresh"'


def once_read(page: Any, look: Callable[[], Any]) -> Any:
    """This page, or what stands there once all is read. Whoever looks without a pause keeps the work waiting."""
    until = time.monotonic() + WRITTEN
    while AGAIN in page.content:
        assert time.monotonic() < until, page.content
        time.sleep(PAUSE)
        page = look()
    return page

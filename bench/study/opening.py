"""A text with its passages being opened in Chromium: until all are drawn, and until the first key does something."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Error, Page, Route, ViewportSize

from bench.figures import must_be

WINDOW: ViewportSize = {"width": 1280, "height": 900}
# Longer than this nobody waits; what is not there by then is said to take so long.
PATIENCE = 180.0


@dataclass(frozen=True)
class Opened:
    """Seconds since the page was asked for; `whole` is False where the patience ran out."""

    drawn: float
    key: float
    whole: bool = True


def a_page(browser: Browser, origin: str) -> Page:
    """A page that speaks to this machine only: a server elsewhere must not slow anybody down."""
    page = browser.new_context(viewport=WINDOW).new_page()

    def only_here(route: Route) -> None:
        # Taguette's server fetches its maker's news for this one, and keeps the page waiting where there is no way out.
        if route.request.url.startswith(origin) and not route.request.url.endswith("/messages.js"):
            route.continue_()
        else:
            route.abort()

    page.route("**/*", only_here)
    return page


def ours(browser: Browser, origin: str, study: object, document: str, number: int) -> Opened:
    """The coding screen, which marks these moments itself."""
    page = a_page(browser, origin)
    page.goto(f"{origin}/studies/{study}/coding/#{document}", wait_until="commit")
    drawn = _until(page, "performance.getEntriesByName('study:begun')[0]?.duration ?? 0")
    page.keyboard.press("ArrowDown")
    answered = "(() => { const e = performance.getEntriesByName('study:answered')[0];"
    key = _until(page, f"{answered} return e ? e.startTime + e.duration : 0; }})()") if drawn else 0
    held = f"fetch('/api/studies/{study}/documents/{document}/spans').then((a) => a.json()).then((a) => a.spans.length)"
    must_be(page.evaluate(held), number, "passages of the text")
    page.context.close()
    return _opened(drawn, key)


def theirs(browser: Browser, origin: str, door: str, project: int, document: int, number: int) -> Opened:
    """Taguette's page of a document: drawn when every highlight stands in it. It is one piece of work, so the first
    key is answered right after."""
    page = a_page(browser, origin)
    page.goto(f"{origin}{door}", wait_until="domcontentloaded")
    page.goto(f"{origin}/project/{project}/document/{document}", wait_until="commit")
    there = (
        "(() => { const place = document.getElementById('document-contents');"
        " if (!place || place.textContent.length < 100000) return 0;"
        " const ids = new Set([...place.querySelectorAll('.highlight')].map((e) => e.dataset.highlightId));"
        f" return ids.size === {number} ? performance.now() : 0; }})()"
    )
    try:
        with _not_for_ever(browser):
            drawn = float(page.wait_for_function(there, timeout=PATIENCE * 1000, polling=50).json_value())
    except Error:
        return Opened(PATIENCE, PATIENCE, whole=False)
    answered = "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"
    key = page.evaluate(answered)
    page.context.close()
    return _opened(drawn, key)


@contextmanager
def _not_for_ever(browser: Browser) -> Iterator[None]:
    """Ends the pages' processes when the patience runs out: what is busy without end hears no other request to stop."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [one["id"] for one in told if one["type"] == "renderer"]
    end = threading.Timer(PATIENCE, lambda: [os.kill(page, signal.SIGKILL) for page in pages])
    end.start()
    try:
        yield
    finally:
        end.cancel()


def _until(page: Page, asked: str) -> float:
    """Asks the page until it says a number; 0 where the patience ran out. While it works it cannot answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        said = page.evaluate(asked)
        if said:
            return float(said)
        time.sleep(0.02)
    return 0.0


def _opened(drawn: float, key: float) -> Opened:
    if not drawn:
        return Opened(PATIENCE, PATIENCE, whole=False)
    return Opened(drawn / 1000, max(key, drawn) / 1000)

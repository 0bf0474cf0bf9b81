"""A person who reads, in a real browser: comes in once, and opens the room while a clock runs in the page."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Response, ViewportSize, expect, sync_playwright

from bench.figures import must_be
from tools.machine import chromium

PATIENCE_MS = 60_000
SETTLE_MS = 6_000
PHONE: ViewportSize = {"width": 360, "height": 640}
TALL: ViewportSize = {"width": 1280, "height": 2400}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

# Runs in every page before its own scripts: notes the moment, since navigation, at which the newest words
# have been painted.
WATCH = """(() => {
  const newest = %s;
  const look = () => {
    if (!document.body?.textContent.includes(newest)) return;
    watcher.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.readableAt = performance.now(); }));
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { subtree: true, childList: true, characterData: true });
})()"""

# Scrolls down, a screen at a time, until the newest words stand in sight; a long room has a button for it.
READ_DOWN = """async ([newest, seconds]) => {
  const scrolls = (el) => el.scrollHeight > el.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(el).overflowY);
  const isSeen = () => [...document.querySelectorAll('main article')].some((el) => {
    const { top, bottom } = el.getBoundingClientRect();
    return el.textContent.includes(newest) && top < innerHeight && bottom > 0;
  });
  for (const until = Date.now() + seconds * 1000; Date.now() < until && !isSeen();) {
    const button = [...document.querySelectorAll('button')].find((el) => el.textContent.trim() === 'Go to the newest');
    const inner = [...document.querySelectorAll('main, main *')].filter(scrolls);
    const place = inner.sort((a, b) => b.scrollHeight - a.scrollHeight)[0] ?? document.scrollingElement;
    if (button) button.click();
    else place.scrollTop += place.clientHeight * 0.8;
    await new Promise((done) => setTimeout(done, 100));
  }
}"""

# Scrolls as a person would, a part of a screen at a time, from the newest to the oldest, and reads on the way.
READ_ALL = """async ([pattern, patience]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const seen = new Set();
  const words = new RegExp(pattern, 'g');
  const read = () => { for (const [, n] of document.body.innerText.matchAll(words)) seen.add(Number(n)); };
  const scrolls = (el) => el.scrollHeight > el.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(el).overflowY);
  const inner = [...document.querySelectorAll('main, main *')].filter(scrolls);
  const place = inner.sort((a, b) => b.scrollHeight - a.scrollHeight)[0] ?? document.scrollingElement;
  let still = 0;
  while (still < patience) {
    read();
    const before = [seen.size, place.scrollTop];
    place.scrollTop -= place.clientHeight * 0.6;
    await frame(); await frame();
    read();
    still = seen.size === before[0] && place.scrollTop === before[1] ? still + 1 : 0;
  }
  return [...seen];
}"""


@dataclass
class Reader:
    """One device on which somebody is signed in. `loaded` are the addresses of all it was given."""

    context: BrowserContext
    origin: str
    loaded: set[str] = field(default_factory=set)

    @staticmethod
    def fill_in(page: Page, origin: str, sign_in: str, passphrase: str) -> None:
        """All that the front door asks, but for the press."""
        page.goto(f"{origin}/in/")
        page.get_by_label("Sign-in name", exact=True).fill(sign_in)
        page.get_by_label("Passphrase", exact=True).fill(passphrase)
        page.get_by_role("radio", name="Mine", exact=True).check()

    def come_in(self, sign_in: str, passphrase: str) -> float:
        """Signs in on one's own device; seconds from the press to the first screen."""
        page = self.context.new_page()
        self.fill_in(page, self.origin, sign_in, passphrase)
        began = time.perf_counter()
        page.get_by_role("button", name="Come in", exact=True).click()
        page.get_by_role("link", name="The room", exact=True).first.wait_for()
        took = time.perf_counter() - began
        page.close()
        return took

    def catch_up(self, newest: str) -> None:
        """Reads to the end, and stays until this person's own reading place is kept, sealed."""
        page = self.context.new_page()
        page.goto(f"{self.origin}/in/#/room")
        expect(page.get_by_role("article").first).to_be_visible()
        expect(page.get_by_label("Say something", exact=True)).to_be_visible()
        page.evaluate(READ_DOWN, [newest, PATIENCE_MS / 1000])
        expect(page.get_by_text(newest)).to_be_in_viewport()
        page.wait_for_timeout(SETTLE_MS)
        page.close()

    def open_room(self, newest: str, slower: int = 1) -> tuple[float, Page]:
        """Seconds from navigation to the newest words painted, and the page."""
        page = self.context.new_page()
        page.add_init_script(WATCH % json.dumps(newest))
        if slower > 1:
            self.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(f"{self.origin}/in/#/room", wait_until="commit")
        expect(page.get_by_text(newest)).to_be_in_viewport()
        expect(page.get_by_label("Say something", exact=True)).to_be_visible()
        return float(page.evaluate("() => globalThis.readableAt")) / 1000, page


def read_all(page: Page, pattern: str, expected: int) -> None:
    """Scrolls through the room and asserts that every one of `expected` numbered messages was there."""
    page.set_viewport_size(TALL)
    found = page.evaluate(READ_ALL, [pattern, 60])
    must_be(sorted(found), list(range(expected)), "messages read by scrolling")


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


LATER = re.compile(r"/assets/inside/seldom-")


def a_reader(browser: Browser, origin: str, later: bool = True) -> Reader:
    """A new device of phone size; without `later` the part of the app that is seldom needed never comes."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE_MS)
    reader = Reader(context, origin)

    def note(response: Response) -> None:
        if not re.search(r"/api/", response.url):
            reader.loaded.add(response.url.partition("#")[0])

    context.on("response", note)
    if not later:
        context.route(LATER, lambda route: route.abort())
    return reader

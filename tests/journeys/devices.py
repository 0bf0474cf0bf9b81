"""Devices that people use in journeys. Everything they ask is kept, so that a test can search it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Worker

PATIENCE_MS = 20_000
PHONE = (360, 640)
DESK = (1280, 800)
OWN_HOSTS = {"localhost", "127.0.0.1"}
NO_REQUEST = {"data", "blob", "about"}


def resize(page: Page, size: tuple[int, int]) -> None:
    """The window gets this size, unless it has it."""
    if page.viewport_size != {"width": size[0], "height": size[1]}:
        page.set_viewport_size({"width": size[0], "height": size[1]})


@dataclass(frozen=True)
class Asked:
    """One request as it left the browser."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def everything(self) -> bytes:
        """All that a server sees of it, for searching."""
        return f"{self.method} {self.url}\n{self.headers}\n".encode() + self.body


@dataclass
class Devices:
    """Opens devices in one browser and remembers what they asked and what went wrong in their pages.

    `unlocks` counts the passphrases that were stretched: each takes seconds, and they are never made cheaper for tests.
    """

    browser: Browser
    asked: list[Asked] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    unlocks: int = 0
    opened: int = 0

    def open(self, size: tuple[int, int] = PHONE, **options: Any) -> Page:
        """A page on a new device, with storage of its own."""
        self.opened += 1
        options = {"locale": "en-GB", "timezone_id": "Europe/London", **options}
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", self._note)
        context.on("console", self._listen)
        context.on("page", lambda page: page.on("worker", self._count))
        context.on("weberror", lambda error: self.wrong.append(f"{error.page and error.page.url}: {error.error}"))
        return context.new_page()

    def _count(self, worker: Worker) -> None:
        """The one worker there is stretches a passphrase, and ends."""
        self.unlocks += 1

    def _note(self, request: Request) -> None:
        """Keeps what was asked; addresses that are not ours apart."""
        if _is_elsewhere(request.url):
            self.elsewhere.append(request.url)
        try:
            body = request.post_data_buffer or b""
        except Error:
            body = b""
        self.asked.append(Asked(request.method, request.url, request.headers, body))

    def _listen(self, message: ConsoleMessage) -> None:
        refused = ("Content Security Policy", "Trusted Type", "Integrity")
        if message.type == "error" and any(word in message.text for word in refused):
            self.wrong.append(message.text)


def _is_elsewhere(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in NO_REQUEST and parts.hostname not in OWN_HOSTS

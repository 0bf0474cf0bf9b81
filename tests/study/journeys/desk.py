"""Somebody at the coding screen, and what the server holds afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

from sameboat.study.tests.served import ServedStudy
from tests.journeys.devices import DESK, Devices

SAVED = "saved"


@dataclass
class Study:
    """A furnished study. `documents` and `codes` are ids by name."""

    served: ServedStudy
    devices: Devices
    study: str
    documents: dict[str, str]
    codes: dict[str, str]
    people: dict[str, str]
    cookie: str
    sessions: dict[str, str]
    open: list[Page] = field(default_factory=list)

    @property
    def api(self) -> str:
        return f"{self.served.origin}/api/studies/{self.study}/"

    def sit_down(self, who: str = "", document: str = "A1", size: tuple[int, int] = DESK, **options: Any) -> Coder:
        """Opens the coding screen at a transcript, as this person."""
        page = self.devices.open(size, **options)
        self.open.append(page)
        if who:
            cookie = {"name": self.cookie, "value": self.sessions[who], "url": self.served.origin}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(f"{self.served.origin}/studies/{self.study}/coding/#{self.documents[document]}")
        return Coder(page, self).is_ready()

    def ask(self, path: str, who: str = "") -> Any:
        """What the server answers to this person."""
        cookies = {self.cookie: self.sessions[who]} if who else None
        answer = httpx.get(self.api + path, cookies=cookies, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def text(self, document: str = "A1") -> str:
        found: str = self.ask(f"documents/{self.documents[document]}", self._lead)["text"]
        return found

    def coded(self, document: str = "A1", who: str | None = None) -> list[tuple[str, str]]:
        """Every coded passage as the server has it: the code's name, and the words cut out by code points."""
        asker = self._lead if who is None else who
        names = {code["id"]: code["name"] for code in self.ask("codes", asker)["codes"]}
        text = self.text(document)
        spans = self.ask(f"documents/{self.documents[document]}/spans", asker)["spans"]
        return sorted((names[span[1]], text[span[2] : span[3]]) for span in spans)

    def close(self) -> None:
        for page in self.open:
            page.context.close()

    @property
    def _lead(self) -> str:
        return next(iter(self.sessions), "")


@dataclass
class Coder:
    """One person at one coding screen. Keys go to the page, as fingers would send them."""

    page: Page
    study: Study

    @property
    def reader(self) -> Locator:
        return self.page.locator(".reader")

    @property
    def here(self) -> Locator:
        """The strip below the text."""
        return self.page.locator(".here")

    @property
    def said(self) -> Locator:
        """What a screen reader is told."""
        return self.page.locator("[aria-live=polite]")

    def is_ready(self) -> Coder:
        expect(self.reader.locator(".par").first).to_be_visible()
        expect(self.page.locator(".codes [role=treeitem]").first).to_be_attached()
        return self

    def press(self, *keys: str) -> Coder:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def types(self, text: str) -> Coder:
        self.page.keyboard.type(text)
        return self

    def picks(self, code: str) -> Coder:
        """Puts a code on what is chosen, by typing its name."""
        self.press("Enter").types(code).press("Enter")
        expect(self.page.locator(".picker")).to_have_count(0)
        return self

    def is_saved(self) -> Coder:
        expect(self.page.locator(".saving")).to_have_text(SAVED)
        return self

    def chosen(self) -> str:
        """The words that are drawn as chosen."""
        return "".join(self.reader.locator(".run.chosen").all_inner_texts())

    def sees_coded(self, words: str) -> Coder:
        expect(self.reader.locator(".run.coded", has_text=words).first).to_be_visible()
        return self

    def sees_text(self, words: str) -> Coder:
        expect(self.reader).to_contain_text(words)
        return self

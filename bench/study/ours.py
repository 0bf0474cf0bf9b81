"""Our side: the study on a laptop, used as its pages use it.

It runs in an environment of what it needs and nothing else, as it is installed: where NumPy is, which our tests need,
libraries load it without a use for it.
"""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import time
import uuid
import zipfile
from pathlib import Path
from typing import Any

import httpx
import lxml.html
from openpyxl import load_workbook

from bench.figures import must_be
from bench.served import ROOT, free_port
from bench.study.process import Server
from tools import apart


class Ours:
    """One laptop's study, with the studies on it by name."""

    def __init__(self, folder: Path) -> None:
        self.folder, port = folder, free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMEBOAT_")}
        self.environment = {
            **kept, "SAMEBOAT_STUDY_DATA": str(folder / "data"), "SAMEBOAT_STUDY_PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "sameboat.study.config.settings", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        (folder / "data").mkdir()
        command = [str(apart.python("base", compiled=True)), "-m", "sameboat.study"]
        self.server = Server(command, self.environment, folder, f"http://localhost:{port}", "/")

    def study(self, name: str) -> uuid.UUID:
        """A new study."""
        answer = self._post("/studies/new", data={"name": name})
        return uuid.UUID(answer.headers["Location"].split("/")[2])

    def bring_in(self, study: uuid.UUID, files: list[tuple[str, bytes]]) -> float:
        """Brings files in as a person does who changes nothing: seconds from sending them to stored."""
        began = time.perf_counter()
        place = f"/studies/{study}/transcripts/bring-in"
        answer = self._post(place, files=[("files", file) for file in files])
        look = answer.headers["Location"]
        while "http-equiv" in (page := self.server.client.get(look)).text:
            time.sleep(0.02)
        form = lxml.html.fromstring(page.text).get_element_by_id("keep")
        stored = self._settled(self._post(look, data=dict(form.form_values())))
        seconds = time.perf_counter() - began
        must_be(stored.headers["Location"].endswith(f"#kept-{len(files)}"), True, f"texts stored at {place}")
        return seconds

    def fill(self, study: uuid.UUID, *words: str) -> tuple[str, str]:
        """Codes and passages, straight into the database; the ids of a code and of a text."""
        command = [sys.executable, "-m", "bench.study.fill", str(study), *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        first, second = done.stdout.split()
        return first, second

    def add_spans(self, study: uuid.UUID, code: str, document: str, times: int) -> list[float]:
        """Seconds for each of some passages, one after another."""
        found = []
        for number in range(times):
            sent = {"document": document, "code": code, "start": number * 7, "end": number * 7 + 30}
            began = time.perf_counter()
            answer = self.server.client.post(f"/api/studies/{study}/spans", json=sent)
            found.append(time.perf_counter() - began)
            must_be(answer.status_code, 200, "adding a passage")
        return found

    def listed(self, study: uuid.UUID, code: str, number: int) -> float:
        """The page of all passages of a code."""
        began = time.perf_counter()
        page = self.server.client.get(f"/studies/{study}/passages", params={"code": code})
        seconds = time.perf_counter() - began
        must_be(page.text.count('class="extract"'), number, "passages listed")
        return seconds

    def exported(self, study: uuid.UUID, code: str, kind: str, number: int = 2_000) -> float:
        """A file of all passages of a code."""
        began = time.perf_counter()
        made = self.server.client.post(f"/studies/{study}/exchange/out/extracts.{kind}", data={"code": code})
        answer = self._settled(made)
        seconds = time.perf_counter() - began
        must_be(answer.status_code, 200, f"export {kind}")
        must_be(counted(kind, answer.content), number, f"passages in {kind}")
        return seconds

    def found(self, study: uuid.UUID, query: str, number: int) -> float:
        """A search over all texts of a study."""
        began = time.perf_counter()
        page = self.server.client.get(f"/studies/{study}/search", params={"q": query})
        seconds = time.perf_counter() - began
        total = re.search(r"of ([\d,]+)</p>", page.text)
        must_be(int(total[1].replace(",", "")) if total else 0, number, f"found for {query}")
        return seconds

    def matrix(self, study: uuid.UUID, cells: int) -> float:
        """The page of codes by participant."""
        began = time.perf_counter()
        page = self.server.client.get(f"/studies/{study}/compare", params={"rows": "codes", "by": "participants"})
        seconds = time.perf_counter() - began
        must_be(page.text.count("<td><a "), cells, "cells of the matrix")
        return seconds

    def _settled(self, answer: httpx.Response) -> httpx.Response:
        """What became of it, where it took so long that a page shows how far it is."""
        while answer.headers.get("Location", "").startswith("/work/"):
            place = answer.headers["Location"]
            while 'content="1"' in (page := self.server.client.get(place)).text:
                time.sleep(0.02)
            answer = self.server.client.get(f"{place}/file") if f"{place}/file" in page.text else page
        return answer

    def _post(self, address: str, **sent: Any) -> httpx.Response:
        answer = self.server.client.post(address, **sent)
        must_be(answer.status_code, 303, f"answer of {address}")
        return answer


def counted(kind: str, content: bytes) -> int:
    """How many passages a file of extracts holds."""
    if kind == "csv":
        return sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) - 1
    if kind == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        return int(sheet.max_row) - 1
    words = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    return len(re.findall(r"<w:pStyle w:val=\"(?:Quote|Quotation)\"", words))

"""Taguette 1.5.2 for one person, used as its own pages use it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx

from bench.figures import must_be
from bench.served import ROOT, free_port
from bench.study.process import Server
from tools import apart

TYPES = {"html": "text/html", "vtt": "text/vtt", "docx": "application/octet-stream"}
FILL = ROOT / "bench" / "study" / "fill_taguette.py"
# What Taguette hands Word files to; it comes from no package index.
CALIBRE = shutil.which("ebook-convert")


class Theirs:
    """One person's Taguette."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.python, port = folder, str(apart.python("taguette", compiled=True)), free_port()
        self.database = folder / "taguette.sqlite3"
        command = [
            self.python,
            "-m",
            "taguette.main",
            "--no-browser",
            "--port",
            str(port),
            "--database",
            str(self.database),
        ]
        environment = {**os.environ, "HOME": str(folder), "PYTHONUNBUFFERED": "1"}
        self.server = Server(command, environment, folder, f"http://localhost:{port}", "/health")
        self.door = "/"

    def come_in(self) -> None:
        """Follows the link that it prints when it starts."""
        said = (self.folder / "log").read_text()
        tokens = re.findall(r"token=(\w+)", said)
        self.door = f"/?token={tokens[-1]}"
        self.server.client.cookies.clear()
        self.server.client.get(self.door, follow_redirects=True)
        self.server.client.get("/project/new")
        self.server.client.headers["X-XSRFToken"] = self.server.client.cookies["_xsrf"]

    def project(self, name: str) -> int:
        """A new project."""
        answer = self.server.client.post("/project/new", data={"name": name, "description": ""})
        must_be(answer.is_redirect, True, "Taguette's new project")
        return int(answer.headers["Location"].rsplit("/", 1)[1])

    def bring_in(self, project: int, files: list[tuple[str, bytes]]) -> float:
        """Sends files one after another, as its page does: seconds until all are stored."""
        began = time.perf_counter()
        for name, content in files:
            file = (name, content, TYPES[name.rsplit(".", 1)[1]])
            self._post(project, "document/new", data={"name": name, "description": ""}, files={"file": file})
        return time.perf_counter() - began

    def newest_document(self) -> int:
        """The id of the document that came last."""
        with closing(sqlite3.connect(self.database)) as database:
            return int(database.execute("SELECT max(id) FROM documents").fetchone()[0])

    def fill(self, project: int, document: int, tag: str, number: int) -> int:
        """Highlights of a new tag, by its own code straight into its database; the tag's id."""
        command = [self.python, str(FILL), str(self.database), str(project), str(document), tag, str(number)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return int(done.stdout)

    def add_spans(self, project: int, document: int, tag: int, times: int) -> list[float]:
        """Seconds for each of some highlights, one after another."""
        found = []
        for number in range(times):
            sent = {"start_offset": number * 7, "end_offset": number * 7 + 30, "tags": [tag]}
            began = time.perf_counter()
            self._post(project, f"document/{document}/highlight/new", json=sent)
            found.append(time.perf_counter() - began)
        return found

    def listed(self, project: int, tag: str, number: int) -> float:
        """All highlights of a tag, a page of fifty at a time, as it gives them out."""
        began, seen, page, pages = time.perf_counter(), 0, 1, 1
        while page <= pages:
            answer = self.server.client.get(f"/api/project/{project}/highlights/{tag}", params={"page": page}).json()
            seen, pages, page = seen + len(answer["highlights"]), answer["pages"], page + 1
        seconds = time.perf_counter() - began
        must_be(seen, number, "Taguette's highlights listed")
        return seconds

    def exported(self, project: int, tag: str, kind: str) -> tuple[float, bytes]:
        """A file of all highlights of a tag."""
        began = time.perf_counter()
        answer = self.server.client.get(f"/project/{project}/export/highlights/{tag}.{kind}")
        must_be(answer.status_code, 200, f"Taguette's export {kind}")
        return time.perf_counter() - began, answer.content

    def _post(self, project: int, place: str, **sent: Any) -> httpx.Response:
        answer = self.server.client.post(f"/api/project/{project}/{place}", **sent)
        must_be(answer.status_code, 200, f"Taguette's answer of {place}: {answer.text[:200]}")
        return answer

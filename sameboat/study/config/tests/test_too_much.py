"""More than may come at once is read to its end, kept nowhere, and answered with a page that names the most."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sameboat.study.config import asgi
from sameboat.study.transcripts import arrivals
from sameboat.study.work import uploads

PIECE = b"x" * 2**20


class Sender:
    """A browser that sends so many megabytes, whatever it is told meanwhile."""

    def __init__(self, path: str, megabytes: int) -> None:
        self.left, self.said, self.status = megabytes, b"", 0
        headers = [
            (b"host", b"testserver"), (b"origin", b"http://testserver"),
            (b"content-length", b"%d" % (megabytes * 2**20)),
            (b"referer", b"http://testserver/somewhere"), (b"content-type", b"multipart/form-data; boundary=boat"),
        ]  # fmt: skip
        self.scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
            "server": ("testserver", 80), "client": ("127.0.0.1", 1),
        }  # fmt: skip

    async def receive(self) -> dict[str, Any]:
        self.left -= 1
        return {"type": "http.request", "body": PIECE, "more_body": self.left > 0}

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.said += message.get("body", b"")

    def sent(self) -> Sender:
        def run() -> None:
            asyncio.run(asgi.application(self.scope, self.receive, self.send))

        # In a thread of its own, since another test may have left an event loop in this one.
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        return self


def test_all_of_it_is_read_before_a_page_says_what_the_most_is(settings):
    settings.LARGEST_UPLOAD = 3 * 2**20
    answer = Sender("/studies/x/transcripts/bring-in", 5).sent()
    assert answer.left == 0 and answer.status == 413
    said = answer.said.decode()
    assert "3 MB" in said and "Nothing was stored" in said and 'href="/somewhere"' in said


def test_a_backup_may_be_larger_than_other_files(settings):
    settings.LARGEST_UPLOAD, settings.LARGEST_BACKUP = 3 * 2**20, 6 * 2**20
    assert Sender("/studies/from-file", 5).sent().status != 413
    assert Sender("/studies/from-file", 7).sent().status == 413


def test_what_is_said_to_a_program_stays_short(settings):
    answer = Sender("/api/studies/x", 5).sent()
    assert answer.status == 413 and b"too_long" in answer.said


@pytest.mark.parametrize("number", [13, 20])
def test_more_files_than_can_be_named_are_said_and_none_of_them_waits(signed_in, study, monkeypatch, number):
    monkeypatch.setattr(uploads, "MOST_NAMED", 12)
    rosa, place = signed_in("rosa"), reverse("study-bring-in", kwargs={"sid": study.id})
    before = sorted(arrivals.folder().glob("*/*"))
    files = [SimpleUploadedFile(f"{one}.txt", b"Ana: yes") for one in range(number)]
    answer = rosa.post(place, {"files": files})
    assert answer.status_code == 413 and "nothing was stored" in answer.content.decode()
    assert sorted(arrivals.folder().glob("*/*")) == before
    assert rosa.post(place, {"files": files[:12]}).status_code == 303


def test_to_strangers_and_former_members_there_is_no_such_form(signed_in, study, people, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_NAMED", 1)
    place = reverse("study-bring-in", kwargs={"sid": study.id})
    study.memberships.filter(researcher=people.tariq).delete()
    for name, status in (("wim", 403), ("yara", 404), ("tariq", 404)):
        files = [SimpleUploadedFile(f"{one}.txt", b"Ana: yes") for one in range(3)]
        assert signed_in(name).post(place, {"files": files}).status_code == status

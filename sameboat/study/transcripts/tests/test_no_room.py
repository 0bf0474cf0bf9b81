"""The disk is full while texts are brought in: at each stage it is said, and nothing stays by half.

The last stage, storing, is tried on a running study in tests/study/test_no_room.py.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sameboat.study.team.models import Study
from sameboat.study.tests.waiting import once_read
from sameboat.study.transcripts import arrivals
from sameboat.study.work.room import NoRoom

# What is understood of this is many times as long as the file: a turn for each line.
TALK = b"Ana: yes\nBen: no\n" * 2000


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def address(name: str, study: Study, **more: object) -> str:
    return reverse(name, kwargs={"sid": study.id, **more})


def waiting(study: Study) -> list[Path]:
    return list((arrivals.folder() / study.id.hex).glob("*"))


@pytest.mark.parametrize("content", [TALK * 40, TALK], ids=["as it comes in", "as it is put down"])
def test_a_disk_that_is_full_when_files_are_sent_is_said_beside_them(signed_in, study, content):
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
    files = [SimpleUploadedFile(name, content) for name in ("A1.txt", "A2.txt")]
    with room_for(20_000):
        answer = signed_in("rosa").post(address("study-bring-in", study), {"files": files})
    assert answer.status_code == 507 and NoRoom.sentence in answer.content.decode()
    assert not waiting(study) and not list(settings.FILE_UPLOAD_TEMP_DIR.glob("*"))


def test_a_disk_that_is_full_while_files_are_read_keeps_none_of_them(signed_in, study):
    rosa, files = signed_in("rosa"), [SimpleUploadedFile("A0.txt", b"Ana: yes"), SimpleUploadedFile("A1.txt", TALK)]
    with room_for(50_000):
        answer = rosa.post(address("study-bring-in", study), {"files": files}, follow=True)
        place = answer.request["PATH_INFO"]
        answer = once_read(answer, lambda: rosa.get(place))
    assert answer.status_code == 507 and NoRoom.sentence in answer.content.decode()
    assert not waiting(study)
    if "/bring-in/" in place:
        assert rosa.post(f"{place}/drop").status_code == 303 and rosa.get(place).status_code == 404


def test_what_cannot_be_read_back_is_named(signed_in, study):
    rosa = signed_in("rosa")
    files = [SimpleUploadedFile(f"A{number}.txt", b"Ana: yes") for number in range(2)]
    place = rosa.post(address("study-bring-in", study), {"files": files})["Location"]
    once_read(rosa.get(place), lambda: rosa.get(place))
    next((arrivals.folder() / study.id.hex).glob("*/00001.json")).unlink()
    page = rosa.get(place).content.decode()
    assert "A1.txt was not read" in page and page.count("Store this text") == 1

"""Bad files come in through the page: a sentence names the file and the place, and nothing is stored."""

import html
import random
import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from fpdf import FPDF

from sameboat.study.exchange.tests.projects import WORDS
from sameboat.study.ledger.models import Entry
from sameboat.study.readers import LARGEST_FILE
from sameboat.study.readers.tests.damage import bomb, flagged_as_locked, with_part
from sameboat.study.readers.tests.files import docx_of, zip_of
from sameboat.study.tests.making import stored
from sameboat.study.tests.waiting import once_read

BODY = "word/document.xml"
PROJECT = '<Project xmlns="urn:QDA-XML:project:1.0" name="Out"><Sources>{}</Sources></Project>'
OUTSIDE = '<TextSource guid="00000000-0000-4000-8000-000000000021" name="T" plainTextPath="internal://../../x.txt"/>'
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w>&a;</w>'


def scans() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(20, 20, 100, 100, style="F")
    return bytes(pdf.output())


def part(change) -> bytes:
    return with_part(docx_of(["Ana: Soup?"]), BODY, change)


TEXTS = {
    "locked.docx": (lambda: flagged_as_locked(docx_of(["Ana: Soup?"])), "password"),
    "scans.pdf": (scans, "pictures of pages"),
    "huge.txt": (lambda: b"a" * (LARGEST_FILE + 1), f"{LARGEST_FILE // 2**20} MB"),
    "bomb.docx": (bomb, "100 MB"),
    "entities.docx": (lambda: part(lambda _: ENTITIES), BODY),
    "noise.txt": (lambda: b"Ana: Soup?\n\x81\x8d\x8f\x90\x9d\xff\xfe" + random.Random(4).randbytes(300), "line 2"),
}
PROJECTS = {
    "outside.qdpx": (
        lambda: zip_of({"project.qde": PROJECT.format(OUTSIDE).encode(), "../../x.txt": WORDS.encode()}),
        "lead out of the archive",
    ),
    "entities.qdpx": (lambda: zip_of({"project.qde": ENTITIES}), "project.qde"),
}


def looked_at(client, door: str, field: str, study, name: str, content: bytes):
    """The page on which what came in is looked at, once it is read."""
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
    sent = {field: SimpleUploadedFile(name, content)}
    page = client.post(reverse(door, kwargs={"sid": study.id}), sent, follow=True)
    return once_read(page, lambda: client.get(page.request["PATH_INFO"]))


@pytest.mark.parametrize("name", [*TEXTS, *PROJECTS])
def test_a_file_that_cannot_be_read_is_named_with_its_place_and_nothing_of_it_is_stored(name, study, signed_in):
    door, field = ("study-bring", "file") if name in PROJECTS else ("study-bring-in", "files")
    make, place = (TEXTS | PROJECTS)[name]
    before = stored()
    page = looked_at(signed_in("rosa"), door, field, study, name, make())
    said = html.unescape(page.content.decode())
    assert page.status_code == 200 and name in said and place in said
    if name != "outside.qdpx":  # of a project with a part that leads out, the rest can be brought in
        assert re.search(r'class="wrong"[^>]*>[^<]*' + re.escape(name), said)
        assert "Store this text" not in said
    assert stored() == before and not Entry.objects.exists()


def test_a_transcript_without_speakers_is_said_and_counts_as_the_participants(study, signed_in):
    rosa = signed_in("rosa")
    page = looked_at(rosa, "study-bring-in", "files", study, "A1.txt", b"We cooked. Nobody had to speak.")
    assert page.content.decode().count("No speakers were found") == 1
    assert "counts as the participant’s" in page.content.decode()
    place = page.request["PATH_INFO"]
    rosa.post(place, {"wanted-0": "on", "title-0": "A1", "participant-0": "A1", "group-0": "A"})
    (turn,) = study.turn_set.all()
    assert (turn.role, turn.speaker, turn.start, turn.end) == ("participant", "", 0, 31)


def test_a_participants_code_may_hold_any_digit(study, signed_in):
    rosa = signed_in("rosa")
    for code in ("A\u00b9", "A\u0663", "\u2460"):
        rosa.post(reverse("study-participant-add", kwargs={"sid": study.id}), {"code": code, "group": ""})
    assert study.participant_set.count() == 3
    for page in ("study-exchange", "study-compare", "study-extracts"):
        assert rosa.get(reverse(page, kwargs={"sid": study.id})).status_code == 200

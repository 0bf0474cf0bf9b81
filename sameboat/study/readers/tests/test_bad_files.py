"""Files that cannot be read: a sentence that names the file and the place, soon, and nothing else."""

import json
import random
import time
import zipfile
from contextlib import suppress

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from sameboat.study.readers import LARGEST_FILE, READERS, Unreadable, read
from sameboat.study.readers.archive import Bounded, is_outside
from sameboat.study.readers.tests.damage import bomb, flagged_as_locked, parts_of, with_part
from sameboat.study.readers.tests.files import COLONS, TALK, docx_of, odt_of, pdf_of, said, zip_of
from sameboat.study.text.tests.texts import CALM

LINES = [f"{who}: {words}" for who, words in TALK]
BODY = "word/document.xml"
BOMB = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "soup">' + b"".join(
    b'<!ENTITY %c "%s">' % (97 + at, b"&%c;" % (96 + at) * 10) for at in range(1, 12)
)


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(name, content)
    assert name in refused.value.sentence
    return refused.value.sentence


def test_a_word_file_with_a_password_is_refused_by_name():
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert "password" in refusal("locked.docx", office)
    assert "old kind" in refusal("old.doc", office.replace("EncryptedPackage".encode("utf-16-le"), bytes(32)))
    assert "password" in refusal("zip.docx", flagged_as_locked(docx_of(LINES)))


def test_an_open_document_with_a_password_is_refused_by_name():
    key = b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    locked = with_part(odt_of(LINES), "META-INF/manifest.xml", lambda old: old.replace(b"</manifest:manifest>", key))
    assert "password" in refusal("locked.odt", locked)


def test_a_pdf_with_a_password_and_a_pdf_of_pictures_are_refused():
    locked = FPDF()
    locked.set_encryption(owner_password="o", user_password="u")
    locked.add_page()
    assert "password" in refusal("locked.pdf", bytes(locked.output()))
    scans = FPDF()
    for _ in range(2):
        scans.add_page()
        scans.rect(20, 20, 100, 100, style="F")
    assert "pictures of pages" in refusal("scans.pdf", bytes(scans.output()))


def test_a_page_without_text_among_others_is_named():
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    for line in (*LINES, ""):
        pdf.add_page()
        pdf.multi_cell(0, 6, line)
    found = read("some.pdf", bytes(pdf.output()))
    assert said(found) == list(TALK)
    assert any("page 5" in note for note in found.notes)


def test_a_file_that_is_too_large_is_not_opened():
    assert "50 MB" in refusal("huge.txt", b"a" * (LARGEST_FILE + 1))
    assert "5,000,000" in refusal("long.txt", (b"soup and bread " * 100 + b"\n") * 4_000)


@pytest.mark.parametrize("name", ["empty.txt", "blank.docx", "nothing.md", "none.vtt", "gone.json", "no.pdf"])
def test_an_empty_file_says_so(name):
    refusal(name, b"")
    refusal(name, b"\x00" * 100)
    refusal(name, b" \r\n\r\n ")


def test_a_document_without_words_says_so():
    assert "no words" in refusal("blank.docx", docx_of(["", " "]))
    assert "no words" in refusal("blank.html", b"<html><body><script>1</script></body></html>")
    refusal("blank.vtt", b"WEBVTT\n\n")
    assert "SRT" in refusal("text.srt", COLONS.encode())
    assert "deeper" in refusal("deep.html", b"<div>" * 5000 + b"soup")


def test_a_zip_bomb_is_stopped_and_named():
    started = time.monotonic()
    assert len(bomb()) < 2_000_000
    assert "100 MB" in refusal("bomb.docx", bomb())
    assert time.monotonic() - started < 30


def test_a_part_that_lies_about_its_size_is_stopped():
    class Endless:
        def read(self, size: int) -> bytes:
            return b"x" * size

    stream = Bounded("talk.docx", BODY, Endless(), 10_000_000)
    with pytest.raises(Unreadable, match=r"talk.docx, in word/document.xml"):
        while stream.read(65_536):
            pass


def test_entities_are_never_opened_out():
    for attack in (BOMB + b"]><w>&l;</w>", BOMB[:40] + b'SYSTEM "file:///etc/hostname"><w>&a;</w>'):
        docx = with_part(docx_of(LINES), BODY, lambda _, attack=attack: attack)
        refusal("evil.docx", docx)
        refusal("evil.odt", with_part(odt_of(LINES), "content.xml", lambda _, attack=attack: attack))
    declared = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY ben "Ben">]>'
    body = parts_of(docx_of(["Ana: Soup?", "&ben;: Yes."]))[BODY].split(b"?>", 1)[1].replace(b"&amp;ben;", b"&ben;")
    assert "entities" in refusal("named.docx", with_part(docx_of(LINES), BODY, lambda _: declared + body))


def test_names_that_lead_out_of_an_archive_are_known():
    for name in ("../x", "a/../../x", "/etc/x", "..\\x", "C:\\x", "a\\..\\..\\b"):
        assert is_outside(name)
    assert not is_outside("sources/a..b.txt")


@pytest.mark.parametrize("make", [docx_of, odt_of, pdf_of])
def test_a_file_that_was_cut_short_says_so(make):
    name, whole = f"cut.{make.__name__[:-3]}", make(LINES * 30)
    for part in (0.2, 0.6, 0.95):
        refusal(name, whole[: int(len(whole) * part)])


def test_xml_that_breaks_off_names_the_part_and_the_line():
    broken = with_part(docx_of(LINES), BODY, lambda old: old[: len(old) // 2])
    assert f"in {BODY}, line" in refusal("broken.docx", broken)


def test_what_is_something_else_inside_says_so():
    assert "not a Word document" in refusal("sheet.docx", zip_of({"xl/workbook.xml": b"<x/>"}))
    assert "not an OpenDocument" in refusal("other.odt", zip_of({"x.xml": b"<x/>"}))
    refusal("words.rtf", b"just words")
    assert "line 1" in refusal("talk.vtt", COLONS.encode())
    assert "docx" in refusal("song.mp3", b"ID3" + bytes(100))
    for text in ('{"a": 1}', "[1, 2]", '"x"', "{", '{"segments": [{"text": 5}]}', "[" * 100_000):
        refusal("talk.json", text.encode())


def test_bytes_that_are_no_text_name_the_line():
    noise = random.Random(4).randbytes(3000)
    assert "line 2" in refusal("noise.txt", b"Ana: Soup?\n\x81\x8d\x8f\x90\x9d\xff\xfe" + noise)
    assert "utf-16" in refusal("half.txt", b"\xff\xfe" + "Ana".encode("utf-16-le") + b"\xd8")


@pytest.mark.parametrize("end", READERS)
@CALM
@given(st.binary(max_size=400))
def test_no_bytes_whatever_bring_anything_but_a_transcript_or_a_sentence(end, content):
    try:
        assert read(f"any.{end}", content).text
    except Unreadable as refused:
        assert f"any.{end}" in refused.sentence


@CALM
@given(st.data())
def test_no_damage_to_a_word_file_brings_anything_but_a_transcript_or_a_sentence(data):
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read("any.docx", bytes(content))
    except Unreadable as refused:
        assert "any.docx" in refused.sentence


WHOLE = docx_of(LINES)

SLOW = {
    "colons.txt": "a:" * 500_000,
    "spaces.txt": " " * 1_000_000 + "x",
    "name.txt": ("Aa " * 13 + "\n") * 20_000,
    "digits.txt": "00:" * 300_000,
    "brackets.txt": "[" * 500_000,
    "equals.txt": "K = " * 200_000,
    "stars.md": "*" * 20_000 + "a",
    "deep.md": "> " * 5_000 + "a",
    "links.md": "[a](" * 5_000,
    "deep.html": "<div><b>" * 100_000 + "soup",
    "angles.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 100_000,
    "braces.rtf": "{\\rtf1 " + "{" * 200_000 + "soup",
    "hex.rtf": "{\\rtf1 {\\pict " + "ab" * 5_000_000 + "} soup}",
    "segments.json": json.dumps({"segments": [{"start": 0, "text": "a b"}] * 50_000}),
}


@pytest.mark.parametrize("name", SLOW)
def test_nothing_that_is_made_to_be_slow_hangs(name):
    started = time.process_time()
    with suppress(Unreadable):
        read(name, SLOW[name].encode())
    assert time.process_time() - started < 5


def test_a_part_packed_in_an_unknown_way_is_refused():
    whole = bytearray(docx_of(LINES))
    at = whole.find(b"PK\x01\x02")
    while at >= 0:
        whole[at + 10] = 99
        at = whole.find(b"PK\x01\x02", at + 4)
    refusal("odd.docx", bytes(whole))
    assert zipfile.ZIP_DEFLATED == 8

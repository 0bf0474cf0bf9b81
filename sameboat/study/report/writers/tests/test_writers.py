"""The same report in every format, with words that are hard to set."""

import csv
import datetime
import io
import time
import zipfile
from functools import cache

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from odfdo import Document

from sameboat.study.readers import read
from sameboat.study.report.shapes import (
    Bullets,
    Heading,
    NewPage,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Run,
    Sheet,
    Table,
)
from sameboat.study.report.writers import (
    WRITERS,
    write_csv,
    write_docx,
    write_html,
    write_odt,
    write_pdf,
    write_xlsx,
)
from sameboat.study.report.writers.sheets import calculates
from sameboat.study.text.plain import storable
from sameboat.study.text.tests.texts import CALM, HARD

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120" viewBox="0 0 300 120">'
    '<rect x="10" y="20" width="120" height="30" fill="#1d5c58"/>'
    '<text x="10" y="80" font-size="18">meals in A</text></svg>'
)
HARD_WORDS = "🫖 tea, שלום and مرحبا, cafe\u0301 <b>&amp; “done”"
REPORT = Report(
    "What keeps people coming",
    (
        Heading("A table of one's own"),
        Paragraph((Run("Everybody "), Run("ate", strong=True), Run(" together"), Run(" often", emphasis=True))),
        Quotation(HARD_WORDS, "A1", "turn 12"),
        Quotation("First line.\nSecond  line.", "B2"),
        Bullets(("soup", "bread"), numbered=True),
        Bullets(("kettle", "table")),
        Heading("Who said it", 2),
        Table(("Theme", "A", "B"), (("meals", 3, 0.25), ("talks", None, True)), "How often"),
        Picture(SVG, "Meals: three in A, none in B", "Meals by group"),
        NewPage(),
        Paragraph("A quiet end.", quiet=True),
    ),
    (("Question", "What keeps people coming?"),),
    datetime.date(2026, 3, 2),
)
WORDS = ["What keeps people coming", "A table of one's own", "together", "A1", "Second", "bread", "kettle", "meals",
         "0.25", "yes", "How often", "Meals by group", "A quiet end.", "2026-03-02"]  # fmt: skip


@cache
def whole(kind: str) -> bytes:
    """The report above in one format."""
    return WRITERS[kind](REPORT)


def words_in(kind: str, content: bytes) -> str:
    if kind == "pdf":
        document = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return read(f"report.{kind}", content).text


@pytest.mark.parametrize("kind", WRITERS)
def test_every_word_of_the_report_is_in_every_format(kind):
    found = words_in(kind, whole(kind))
    for words in WORDS:
        assert words in found, words


@pytest.mark.parametrize("kind", ["docx", "odt", "html"])
def test_hard_words_come_out_of_the_file_as_they_went_in(kind):
    found = words_in(kind, whole(kind))
    assert HARD_WORDS in found
    assert "First line.\nSecond  line." in found or kind == "html"


@settings(CALM, max_examples=2 * settings.default.max_examples // 5)
@given(HARD)
def test_any_passage_comes_back_from_docx_and_odt_character_by_character(text):
    text = f"<{storable(text)}>"
    expected = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    report = Report("T", (Quotation(text, "A1"),))
    for kind in ("docx", "odt"):
        found = words_in(kind, WRITERS[kind](report))
        assert found.removeprefix("T\n").removesuffix("\n— A1") == expected


def test_the_word_file_has_headings_lists_tables_and_pictures_that_are_such():
    document = docx.Document(io.BytesIO(whole("docx")))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "Quote", "List Number", "List Bullet", "Caption"} <= set(styles)
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows][1] == ["meals", "3", "0.25"]
    picture = document.inline_shapes[0]
    assert picture._inline.docPr.get("descr") == "Meals: three in A, none in B"
    assert document.core_properties.title == REPORT.title


def test_numbered_lists_begin_at_one_again():
    report = Report("T", (Bullets(("a", "b"), True), Paragraph("x"), Bullets(("c",), True)))
    document = docx.Document(io.BytesIO(write_docx(report)))
    numbers = {p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"}
    assert len(numbers) == 2


def test_the_odt_is_whole_and_its_picture_is_listed():
    content = whole("odt")
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert parts.read("mimetype") == b"application/vnd.oasis.opendocument.text"
    assert b"Pictures/picture1.png" in parts.read("META-INF/manifest.xml")
    assert parts.read("Pictures/picture1.png").startswith(b"\x89PNG")
    headings = Document(io.BytesIO(content)).body.headers
    assert [(one.text_recursive, one.level) for one in headings] == [
        ("A table of one's own", "1"),
        ("Who said it", "2"),
    ]


def test_the_page_is_escaped_and_needs_nothing_from_anywhere():
    evil = "<script>alert(1)</script>"
    svg = SVG.replace("<rect", f"{evil}<rect")
    report = Report(evil, (Heading(evil), Paragraph(evil), Quotation(evil, evil), Picture(svg, '" onerror="x', evil),
                           Table((evil,), ((evil,),), evil), Bullets((evil,))), ((evil, evil),))  # fmt: skip
    page = write_html(report).decode()
    assert "<script" not in page and 'alt="&quot; onerror=&quot;x"' in page
    root = etree.HTML(page)
    sources = root.xpath("//@src | //@href")
    assert len(sources) == 1 and sources[0].startswith("data:image/svg+xml;base64,")
    assert not root.xpath("//script | //link | //iframe | //@onerror")


def test_the_pdf_holds_emoji_hebrew_and_arabic_and_names_what_no_font_has():
    content = whole("pdf")
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 2
    text = document[0].get_textpage().get_text_bounded()
    assert "🫖" in text and ("שלום" in text or "םולש" in text)
    assert len(content) < 400_000
    with_han = write_pdf(Report("T", (Paragraph("茶"),)))
    assert "U+8336" in words_in("pdf", with_han)


def test_a_table_wider_than_a_page_is_set_in_parts_with_its_first_column_again():
    head = ("Code", *(f"P{at}" for at in range(1, 21)))
    report = Report("T", (Table(head, (("meals", *range(20)),)),))
    tables = docx.Document(io.BytesIO(write_docx(report))).tables
    assert [len(table.columns) for table in tables] == [8, 8, 7]
    assert all(table.cell(1, 0).text == "meals" for table in tables)


def test_two_thousand_quotations_are_written_in_no_time():
    report = Report(
        "T", tuple(Quotation("We ate soup and bread and talked about the week. " * 3, "A1") for _ in range(2000))
    )
    for write, most in ((write_docx, 2), (write_html, 1), (write_odt, 6)):
        started = time.process_time()
        write(report)
        assert time.process_time() - started < most


SHEET = Sheet("Extracts: all/of [them]", ("Participant", "Text", "Words", "When"), (
    ("A1", "=1+1", 2, datetime.date(2026, 3, 2)),
    ("A2", "@SUM(A1)\nsecond, \"quoted\" line", None, datetime.datetime(2026, 3, 2, 12, 30, tzinfo=datetime.UTC)),
    ("B1", "-soup", True, None), ("B2", "+44", 0.5, None), ("B3", " 🫖 plain", -3, None),
))  # fmt: skip


def rows_of_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_has_one_row_for_each_and_nothing_in_it_is_calculated():
    rows = rows_of_csv(write_csv(SHEET))
    assert [row[1] for row in rows[1:]] == ["'=1+1", '\'@SUM(A1)\nsecond, "quoted" line', "'-soup", "'+44", " 🫖 plain"]
    assert [row[2] for row in rows[1:]] == ["2", "", "yes", "0.5", "-3"]
    assert rows[1][3] == "2026-03-02" and rows[2][3] == "2026-03-02 12:30:00"


def test_a_workbook_keeps_text_as_text_whatever_it_begins_with():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([SHEET, SHEET])))
    assert len(set(book.sheetnames)) == 2
    page = book.worksheets[0]
    assert [page.cell(row, 2).data_type for row in range(2, 7)] == ["s"] * 5
    assert [page.cell(row, 2).value for row in range(2, 7)] == [row[1] for row in SHEET.rows]
    assert page.cell(2, 2).quotePrefix
    assert [page.cell(row, 3).value for row in range(2, 7)] == [2, None, True, 0.5, -3]
    assert [str(page.cell(row, 4).value) for row in (2, 3)] == ["2026-03-02 00:00:00", "2026-03-02 12:30:00"]
    assert all(page.cell(row, 4).is_date for row in (2, 3))


def test_a_workbook_takes_any_name_for_a_sheet():
    names = ("'soup'", "x" * 30 + "'s", "X" * 31, "", "[]:*?/\\")
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([Sheet(name, ("One",), [("1",)]) for name in names])))
    assert book.sheetnames == ["soup", "x" * 30, "X" * 31, "Sheet", "Sheet (2)"]


@settings(CALM, max_examples=3 * settings.default.max_examples // 5)
@given(st.lists(st.tuples(st.text(max_size=8), HARD), max_size=5))
def test_any_text_comes_back_from_csv_and_xlsx(rows):
    sheet = Sheet("Texts", ("One", "Two"), rows)
    expected = [[storable(cell) for cell in row] for row in rows]
    back = rows_of_csv(write_csv(sheet))[1:]
    assert back == [[f"'{cell}" if calculates(cell) else cell for cell in row] for row in expected]
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet]))).worksheets[0]
    assert [[cell.value or "" for cell in row] for row in page.iter_rows(min_row=2)] == expected

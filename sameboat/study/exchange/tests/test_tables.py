"""Codebooks in tables, and extracts in a plain one."""

import io

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Alignment

from sameboat.study.exchange.codebook_tables import described, read_codebook_table, taken_apart
from sameboat.study.exchange.extracts import HEAD, Extract, place_of, read_extracts
from sameboat.study.readers import Unreadable
from sameboat.study.readers.tests.files import saved, zip_of
from sameboat.study.report.shapes import Sheet
from sameboat.study.report.writers import write_csv
from sameboat.study.text.tests.texts import CALM, HARD


def word(rows: list[list[str]], indents: dict[int, int] | None = None) -> bytes:
    document = docx.Document()
    document.add_heading("Codebook")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for at, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
        cells[0].paragraphs[0].paragraph_format.left_indent = docx.shared.Twips((indents or {}).get(at, 0))
    return saved(document)


def workbook(rows: list[list[str]], indents: dict[int, int] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for at, row in enumerate(rows):
        book.active.append(row)
        book.active.cell(at + 1, 1).alignment = Alignment(indent=(indents or {}).get(at, 0))
    return saved(book)


def codes(content: bytes, name: str = "codes.docx") -> list[tuple[str, str | None, str]]:
    project, _ = read_codebook_table(name, content)
    names = {code.guid: code.name for code in project.codes}
    return [(code.name, names.get(code.parent), code.description) for code in project.codes]


NVIVO = [["Name", "Description", "Files", "References"], ["belonging", "to be part", "3", "12"],
         ["meals", "", "2", "4"], ["soup", "in a bowl", "1", "1"], ["talks", "", "", ""]]  # fmt: skip
EXPECTED = [
    ("belonging", None, "to be part"),
    ("meals", "belonging", ""),
    ("soup", "meals", "in a bowl"),
    ("talks", None, ""),
]


def test_a_table_in_word_with_names_set_in():
    assert codes(word(NVIVO, {2: 360, 3: 720})) == EXPECTED


def test_a_workbook_with_names_set_in():
    assert codes(workbook(NVIVO, {2: 1, 3: 2}), "codes.xlsx") == EXPECTED


@pytest.mark.parametrize("level", ["\\", "\\\\", " > ", "::"])
def test_names_with_a_path_in_them(level):
    rows = [["Code", "Definition"], [f"belonging{level}meals{level}soup", "in a bowl"], ["talks", ""]]
    assert codes(workbook(rows), "codes.xlsx") == [
        ("belonging", None, ""),
        ("meals", "belonging", ""),
        ("soup", "meals", "in a bowl"),
        ("talks", None, ""),
    ]


def test_a_column_for_the_parent_and_one_for_each_part_of_the_definition():
    rows = [["Name", "Parent", "Definition", "Include", "Exclude", "Example", "Colour"],
            ["meals", "", "eating together", "tea", "shopping", "“we ate”", "#1D5C58"],
            ["soup", "meals", "", "", "", "", "red"]]  # fmt: skip
    project, _ = read_codebook_table("codes.xlsx", workbook(rows))
    assert taken_apart(project.codes[0].description) == {
        "definition": "eating together", "include": "tea", "exclude": "shopping", "example": "“we ate”",
    }  # fmt: skip
    assert [code.colour for code in project.codes] == ["#1d5c58", ""]
    assert project.codes[1].parent == project.codes[0].guid


@CALM
@given(
    st.lists(
        HARD.filter(lambda text: not any(f"{one}: " in text for one in ("Include", "Exclude", "Example"))),
        min_size=4,
        max_size=4,
    )
)
def test_a_description_is_taken_apart_as_it_was_put_together(parts):
    cells = dict(
        zip(("definition", "include", "exclude", "example"), (part.strip("\n") for part in parts), strict=True)
    )
    assert taken_apart(described(cells)) == cells


def test_columns_that_are_not_understood_are_named():
    _, account = read_codebook_table("codes.docx", word(NVIVO))
    assert account.left_out == ["Columns that were not read: Files, References."]


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"Name,Definition\n", zip_of({"x": b""}), workbook([["a", "b"]])[:900], word([["a", "b"]])],
)
def test_a_table_without_names_is_refused_by_name(content):
    with pytest.raises(Unreadable, match=r"bad\.xlsx"):
        read_codebook_table("bad.xlsx", content)


TEXT = "🫖 We ate soup.\nThen we talked. We ate soup."


def test_extracts_go_out_and_come_in_again_by_place_and_by_words():
    rows = [
        ("A1", "A1", "A", "meals", 2, 14, TEXT[2:14], "Rosa", None, ""),
        ("A1", "A1", "A", "=talks", None, None, "Then we talked.", "", None, ""),
    ]
    found = read_extracts("extracts.csv", write_csv(Sheet("Extracts", HEAD, rows)))
    assert [place_of(one, TEXT) for one in found] == [(2, 14), (TEXT.index("Then"), TEXT.index("Then") + 15)]
    assert [one.row for one in found] == [2, 3]


def test_an_extract_whose_words_are_elsewhere_is_found_and_one_that_is_there_twice_is_not():
    assert place_of(Extract(2, "A1", "meals", "Then we talked.", 0, 3), TEXT) == (
        TEXT.index("Then"),
        TEXT.index("Then") + 15,
    )
    assert place_of(Extract(2, "A1", "meals", "We ate soup.", 1, 4), TEXT) is None
    assert place_of(Extract(2, "A1", "meals", "bread", 1, 4), TEXT) is None
    assert place_of(Extract(2, "A1", "meals", "", None, None), TEXT) is None


def test_a_table_of_extracts_with_semicolons_or_without_a_column_is_told_apart():
    assert read_extracts("x.csv", b"File;Tag;Content\nA1;meals;soup\n")[0] == Extract(2, "A1", "meals", "soup")
    with pytest.raises(Unreadable, match=r"bad\.csv, row 1.*Code"):
        read_extracts("bad.csv", b"Document,Text\nA1,soup\n")
    with pytest.raises(Unreadable, match=r"bad\.csv"):
        read_extracts("bad.csv", io.BytesIO(b"").getvalue())

"""Tables by themselves: csv and xlsx, safe to open in a program that calculates."""

from __future__ import annotations

import csv
import datetime
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

from sameboat.study.pace import along
from sameboat.study.report.shapes import Cell, Sheet
from sameboat.study.text.later import Later
from sameboat.study.text.plain import storable

# Not needed for csv.
xlsxwriter: Any = Later("xlsxwriter")

# A cell that begins so is calculated by spreadsheet programs, also from csv; the wide forms too in some languages.
_CALCULATES = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767
_FORBIDDEN_IN_NAMES = str.maketrans("[]:*?/\\", "       ")


def write_csv(sheet: Sheet) -> bytes:
    """RFC 4180 in UTF-8 with a mark, which Excel needs. Text that would be calculated gets an apostrophe before it."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow([_as_words(name) for name in sheet.head])
    for row in along(sheet.rows):
        writer.writerow([_as_words(cell) for cell in row])
    return made.getvalue().encode("utf-8-sig")


def calculates(text: str) -> bool:
    """Whether a spreadsheet program would take this text for a formula."""
    return text.lstrip(" ").startswith(_CALCULATES)


def _as_words(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return cell
    if isinstance(cell, datetime.datetime):
        return cell.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S") if cell.tzinfo else cell.isoformat(" ")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    text = storable(cell)
    return f"'{text}" if calculates(text) else text


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a sheet for each table, made in memory. Text is text, whatever it begins with."""
    made, taken = io.BytesIO(), set[str]()
    # Without `in_memory` rows would wait in a file that outlives whoever ends the program meanwhile.
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    looks = _Looks(book)
    for sheet in sheets:
        page = book.add_worksheet(_name(sheet.name, taken))
        page.freeze_panes(1, 0)
        for at, name in enumerate(sheet.head):
            page.set_column(at, at, 60 if "text" in name.lower() else 18)
            if name:
                page.write_string(0, at, storable(name), looks.head)
        for below, row in enumerate(along(sheet.rows), 1):
            for at, value in enumerate(row):
                _put(page, below, at, value, looks)
    book.close()
    return made.getvalue()


class _Looks:
    """How cells of a workbook look."""

    def __init__(self, book: Any) -> None:
        # A cell without any look would not be written, and an empty row at the end be lost.
        self.empty = book.add_format()
        self.head = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        wrapped = {"text_wrap": True, "valign": "top"}
        # By whether it would be calculated, and whether it has several lines.
        self.text = {
            (False, False): None,
            (False, True): book.add_format(wrapped),
            (True, False): book.add_format({"quote_prefix": True}),
            (True, True): book.add_format({**wrapped, "quote_prefix": True}),
        }


def _put(page: Any, row: int, column: int, value: Cell, looks: _Looks) -> None:
    if value == "":
        page.write_blank(row, column, None, looks.empty)
    elif isinstance(value, str):
        text = storable(value)[:_LONGEST_CELL]
        page.write_string(row, column, text, looks.text[calculates(text), "\n" in text])
    elif isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.UTC).replace(tzinfo=None) if value.tzinfo else value
        page.write_datetime(row, column, moment, looks.moment)
    elif isinstance(value, datetime.date):
        page.write_datetime(row, column, value, looks.day)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif value is not None and math.isfinite(value):
        page.write_number(row, column, value)


def _name(wanted: str, taken: set[str]) -> str:
    """A sheet's name as xlsx allows it: 31 characters, none of the forbidden, no apostrophe at its ends, each once."""
    plain = " ".join(storable(wanted).translate(_FORBIDDEN_IN_NAMES).split())[:31].strip("'") or "Sheet"
    name, count = plain, 1
    while name.lower() in taken:
        count += 1
        name = f"{plain[: 28 - len(str(count))]} ({count})"
    taken.add(name.lower())
    return name


def names_of(sheets: Iterable[Sheet]) -> list[str]:
    """The names that sheets get in a workbook."""
    taken: set[str] = set()
    return [_name(sheet.name, taken) for sheet in sheets]

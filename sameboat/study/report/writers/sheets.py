"""Tables by themselves: csv and xlsx, safe to open in a program that calculates."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any

from sameboat.study.pace import along
from sameboat.study.report.shapes import Cell, Sheet
from sameboat.study.text.later import Later
from sameboat.study.text.plain import storable

# Not needed for csv.
openpyxl: Any = Later("openpyxl")
styles: Any = Later("openpyxl.styles")
cells: Any = Later("openpyxl.cell")

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
    """A workbook with a sheet for each table, written row by row. Text is text, whatever it begins with."""
    book = openpyxl.Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        page = book.create_sheet(_name(sheet.name, taken))
        page.freeze_panes = "A2"
        for at, name in enumerate(sheet.head):
            page.column_dimensions[openpyxl.utils.get_column_letter(at + 1)].width = (
                60 if "text" in name.lower() else 18
            )
        page.append([_cell(page, name, head=True) for name in sheet.head])
        for row in along(sheet.rows):
            page.append([_cell(page, value) for value in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(page: object, value: Cell, head: bool = False) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).replace(tzinfo=None) if value.tzinfo else value
    if not isinstance(value, str):
        return value
    text = storable(value)[:_LONGEST_CELL]
    if not head and not calculates(text) and "\n" not in text:
        return text
    cell = cells.WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.quotePrefix = calculates(text)
    if "\n" in text:
        cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
    if head:
        cell.font = styles.Font(bold=True)
    return cell


def _name(wanted: str, taken: set[str]) -> str:
    """A sheet's name as xlsx allows it: 31 characters, none of the forbidden, each once."""
    plain = " ".join(storable(wanted).translate(_FORBIDDEN_IN_NAMES).split()).strip("'")[:31] or "Sheet"
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

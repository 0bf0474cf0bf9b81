"""Coded extracts as a plain table: out with one row for each, and in again by what they say."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from sameboat.study.exchange.positions import says_so
from sameboat.study.readers.encoding import decode
from sameboat.study.readers.shapes import LARGEST_FILE, Unreadable
from sameboat.study.text.plain import storable

HEAD = ("Document", "Participant", "Group", "Code", "Start", "End", "Text", "Coder", "Made on", "Memo")
_NAMES = {
    "document": ("document", "file", "source", "document name"),
    "code": ("code", "tag", "node", "codes", "tags"),
    "text": ("text", "extract", "content", "quotation", "segment", "quote"),
    "start": ("start", "begin", "from"),
    "end": ("end", "to"),
    "coder": ("coder", "user", "author"),
}
_MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Extract:
    """One row, counted from 1: document and code by name, what it says, and where it stands if the table tells."""

    row: int
    document: str
    code: str
    text: str
    start: int | None = None
    end: int | None = None
    coder: str = ""


def read_extracts(name: str, content: bytes) -> list[Extract]:
    """The rows of a csv of extracts. Raises Unreadable where a column that is needed is not there."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(f"{name} is larger than {LARGEST_FILE // 2**20} MB, which is the most for one file.")
    text = decode(name, content).text
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), dialect=_dialect(text)))[: _MOST_ROWS + 1]
    except csv.Error as wrong:
        raise Unreadable(f"{name}: this is not a table with commas. Save it again as csv.") from wrong
    titles = [title.strip().lower() for title in rows[0]] if rows else []
    places = {kind: next((titles.index(one) for one in names if one in titles), None) for kind, names in _NAMES.items()}
    for kind in ("document", "code", "text"):
        if places[kind] is None:
            raise Unreadable(f"{name}, row 1: no column is called “{kind.capitalize()}”.")
    return [_extract(at, row, places) for at, row in enumerate(rows[1:], 2) if any(row)]


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)

    class Found(csv.excel):
        delimiter = separator

    return Found


def _extract(at: int, row: list[str], places: dict[str, int | None]) -> Extract:
    def cell(kind: str) -> str:
        place = places[kind]
        return storable(row[place]) if place is not None and place < len(row) else ""

    def number(kind: str) -> int | None:
        return int(cell(kind)) if cell(kind).strip().isdigit() else None

    words = cell("text")
    words = words[1:] if words[:1] == "'" and words[1:2] in tuple("=+-@\t＝＋－＠ ") else words
    return Extract(
        at, cell("document").strip(), cell("code").strip(), words, number("start"), number("end"), cell("coder").strip()
    )


def place_of(extract: Extract, text: str) -> tuple[int, int] | None:
    """Where an extract stands in its document: where it says, if the words are there; else where they are, if once."""
    start, end = extract.start, extract.end
    if (
        start is not None
        and end is not None
        and 0 <= start < end <= len(text)
        and says_so(text[start:end], extract.text)
    ):
        return start, end
    first = text.find(extract.text) if extract.text.strip() else -1
    if first < 0 or text.find(extract.text, first + 1) >= 0:
        return None
    return first, first + len(extract.text)

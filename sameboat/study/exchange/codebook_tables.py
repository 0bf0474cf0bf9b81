"""Codebooks as tables, the way NVivo gives them out: a row for each code, in docx, xlsx or csv."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sameboat.study.exchange.refi.guids import derived
from sameboat.study.exchange.refi.parts import colour_of
from sameboat.study.exchange.shapes import Account, Code, Project
from sameboat.study.readers.archive import open_part, open_zip, xml_events
from sameboat.study.readers.encoding import decode
from sameboat.study.readers.shapes import LARGEST_FILE, Unreadable
from sameboat.study.text.plain import storable

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What columns are called, here and elsewhere. The first of each line is what they are called here.
_COLUMNS = {
    "name": ("name", "code", "node", "codes", "nodes", "tag", "path", "theme", "label", "code name"),
    "parent": ("parent", "under", "parent code", "category", "parent name"),
    "definition": ("definition", "description", "meaning", "memo", "comment"),
    "include": ("include", "inclusion", "when to use", "inclusion criteria"),
    "exclude": ("exclude", "exclusion", "when not to use", "exclusion criteria"),
    "example": ("example", "examples", "quotation"),
    "colour": ("colour", "color"),
}
_MOST_ROWS = 20_000
_LEVELS = ("\\\\", "\\", " > ", "::")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as it was found. `depth` is how far its name was set in."""

    cells: dict[str, str]
    depth: int


def read_codebook_table(name: str, content: bytes) -> tuple[Project, Account]:
    """The codes of a table in docx, xlsx or csv. Raises Unreadable, where no column is for the names too."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(f"{name} is larger than {LARGEST_FILE // 2**20} MB, which is the most for one file.")
    rows = _rows(name, content)
    head, below = _head(name, rows)
    account = Account()
    known = set().union(*_COLUMNS.values())
    if strange := [title for _, title in rows[below - 1] if title.strip() and title.strip().lower() not in known]:
        account.leave_out(f"Columns that were not read: {', '.join(sorted(set(strange)))[:200]}.")
    entries = [entry for row in rows[below:] if (entry := _entry(head, row)) is not None]
    project = Project(name.rsplit(".", 1)[0], codes=_codes(name, entries, account))
    if not project.codes:
        raise Unreadable(f"{name}: there is a heading for names, but no code below it.")
    account.kept["codes"] = len(project.codes)
    return project, account


Row = list[tuple[int, str]]


def _rows(name: str, content: bytes) -> list[Row]:
    """All rows, each cell with how far it is set in."""
    if not content.startswith(b"PK"):
        text = decode(name, content).text
        return [[(_indent(cell), storable(cell)) for cell in row] for row in csv.reader(io.StringIO(text))][:_MOST_ROWS]
    with open_zip(name, content) as archive:
        parts = archive.namelist()
        if "word/document.xml" in parts:
            return _rows_of_word(name, archive)
    if "xl/workbook.xml" not in parts:
        raise Unreadable(f"{name} is neither a Word document nor a workbook.")
    return _rows_of_workbook(name, content)


def _rows_of_word(name: str, archive: zipfile.ZipFile) -> list[Row]:
    rows: list[Row] = []
    with open_part(name, archive, "word/document.xml") as stream:
        for event, element in xml_events(name, "word/document.xml", stream, (f"{_WORD}tr",)):
            if event == "end" and len(rows) < _MOST_ROWS:
                rows.append([_cell_of_word(cell) for cell in element.iterchildren(f"{_WORD}tc")])
                element.clear()
    return rows


def _cell_of_word(cell: Any) -> tuple[int, str]:
    lines = ["".join(text.text or "" for text in one.iter(f"{_WORD}t")) for one in cell.iter(f"{_WORD}p")]
    indent = cell.find(f".//{_WORD}ind")
    left = (indent.get(f"{_WORD}left") or indent.get(f"{_WORD}start") or "0") if indent is not None else "0"
    steps = int(left) // 180 if left.isdecimal() else 0
    text = "\n".join(lines).rstrip()
    return max(steps, _indent(text)), storable(text)


def _rows_of_workbook(name: str, content: bytes) -> list[Row]:
    try:
        with open_zip(name, content) as archive:
            if sum(info.file_size for info in archive.infolist()) > 200 * 2**20:
                raise Unreadable(f"{name} opens out to more than 200 MB. We stopped there.")
        # Loaded only where a workbook is read: it takes as long as the study itself.
        book = import_module("openpyxl").load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        page = book.worksheets[0]
        found = []
        for row in page.iter_rows(max_row=_MOST_ROWS, max_col=40):
            found.append([_cell_of_workbook(cell) for cell in row])
        return found
    except (
        KeyError,
        ValueError,
        TypeError,
        zipfile.BadZipFile,
        IndexError,
        SyntaxError,
    ) as wrong:
        raise Unreadable(f"{name} is damaged: its first sheet could not be read. Save it again.") from wrong


def _cell_of_workbook(cell: Any) -> tuple[int, str]:
    text = "" if cell.value is None else storable(str(cell.value))
    alignment = getattr(cell, "alignment", None)
    return max(int(getattr(alignment, "indent", 0) or 0), _indent(text)), text


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t\u00a0"))


def _head(name: str, rows: list[Row]) -> tuple[dict[int, str], int]:
    """Which column is what, and the first row below the heading."""
    for at, row in enumerate(rows[:30]):
        titles = [title.strip().lower() for _, title in row]
        found = {
            place: kind for kind, names in _COLUMNS.items() for place, title in enumerate(titles) if title in names
        }
        if "name" in found.values() and len(titles) > 1:
            first: dict[int, str] = {}
            for place in sorted(found):
                if found[place] not in first.values():
                    first[place] = found[place]
            return first, at + 1
    raise Unreadable(
        f"{name}, row 1: no column is called “Name” or “Code”, so there is no telling where the codes are."
    )


def _entry(head: dict[int, str], row: Row) -> Entry | None:
    cells = {kind: row[place][1].strip(" \t\u00a0\n") for place, kind in head.items() if place < len(row)}
    depth = next((row[place][0] for place, kind in head.items() if kind == "name" and place < len(row)), 0)
    return Entry(cells, depth) if cells.get("name") else None


def _codes(name: str, entries: Iterable[Entry], account: Account) -> list[Code]:
    """Codes below one another by a path in the name, by a column for the parent, or by how far a name is set in."""
    made: dict[tuple[str, ...], Code] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    above: list[tuple[int, tuple[str, ...]]] = []
    for entry in entries:
        path = _path(entry.cells["name"])
        if len(path) == 1:
            above = [one for one in above if one[0] < entry.depth]
            parent = by_name.get(entry.cells.get("parent", "").lower()) or _path(entry.cells.get("parent", ""))
            path = (*(parent or (above[-1][1] if above else ())), *path)
            above.append((entry.depth, path))
        if path in made and made[path].description:
            account.mend(f"“{path[-1]}” stands in the table more than once; the first was taken.")
            continue
        _add(name, path, entry.cells, made)
        by_name.setdefault(path[-1].lower(), path)
    return _parents_first(made)


def _path(name: str) -> tuple[str, ...]:
    for level in _LEVELS:
        if level in name.strip(level):
            return tuple(part.strip() for part in name.split(level) if part.strip())
    return (name.strip(),) if name.strip() else ()


def _add(name: str, path: tuple[str, ...], cells: dict[str, str], made: dict[tuple[str, ...], Code]) -> None:
    for length in range(1, len(path) + 1):
        own = path[:length]
        if own not in made:
            parent = made[own[:-1]].guid if length > 1 else None
            made[own] = Code(derived(name, "table", *own), own[-1], parent=parent)
    code = made[path]
    code.description, code.colour = described(cells), colour_of(cells.get("colour", ""))


def _parents_first(made: dict[tuple[str, ...], Code]) -> list[Code]:
    ordered: list[Code] = []
    waiting: list[tuple[str, ...]] = [path for path in reversed(made) if len(path) == 1]
    while waiting:
        path = waiting.pop()
        ordered.append(made[path])
        waiting.extend(one for one in reversed(made) if len(one) == len(path) + 1 and one[:-1] == path)
    return ordered


_PARTS = (("include", "Include"), ("exclude", "Exclude"), ("example", "Example"))


def described(cells: dict[str, str]) -> str:
    """One description of a definition, what to include and exclude, and an example."""
    parts = [cells.get("definition", "")]
    parts += [f"{title}: {cells[kind]}" for kind, title in _PARTS if cells.get(kind)]
    return "\n\n".join(part for part in parts if part)


def taken_apart(description: str) -> dict[str, str]:
    """What `described` put together, again: definition, include, exclude, example."""
    cells, rest = {"definition": "", "include": "", "exclude": "", "example": ""}, description
    for kind, title in reversed(_PARTS):
        mark = f"\n\n{title}: "
        at = (f"\n\n{rest}").rfind(mark)
        if at >= 0:
            cells[kind] = f"\n\n{rest}"[at + len(mark) :]
            rest = f"\n\n{rest}"[2:at] if at else ""
    return {**cells, "definition": rest}

"""Coded extracts as a plain table: out with one row for each, and in again by what they say."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from sameboat.study.exchange.positions import says_so
from sameboat.study.exchange.refi.guids import derived
from sameboat.study.exchange.shapes import Account, Code, Coding, Project, Selection, Source, User
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
        return int(cell(kind)) if cell(kind).strip().isdecimal() else None

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


def project_of_extracts(name: str, content: bytes) -> tuple[Project, Account]:
    """Extracts as a project whose texts are still to be found: each source is a title and its passages' words.

    Places are settled by `settle_extracts` once the texts are known. Raises Unreadable.
    """
    rows, account = read_extracts(name, content), Account()
    project = Project(name.rsplit(".", 1)[0])
    codes: dict[str, Code] = {}
    users: dict[str, User] = {}
    sources: dict[str, Source] = {}
    for row in rows:
        source = sources.setdefault(
            row.document.casefold(), Source(derived(name, "text", row.document.casefold()), row.document)
        )
        user = (
            users.setdefault(row.coder, User(derived(name, "user", row.coder), row.coder)).guid if row.coder else None
        )
        guid = derived(name, "row", str(row.row))
        made = Selection(guid, row.start or 0, row.end or 0, row.text, user=user)
        made.codings = [Coding(derived(guid, one), _code(name, one, codes), user) for one in _codes_of(row.code)]
        source.selections.append(made)
    project.codes, project.users, project.sources = list(codes.values()), list(users.values()), list(sources.values())
    account.kept.update({"rows": len(rows), "codes": len(codes), "texts they are from": len(sources)})
    return project, account


def _codes_of(written: str) -> list[str]:
    return [part.strip() for part in written.split(";") if part.strip()]


def _code(name: str, path: str, codes: dict[str, Code]) -> str:
    parent, whole = None, ""
    for part in [piece.strip() for piece in path.split(" > ") if piece.strip()]:
        whole = f"{whole} > {part}" if whole else part
        parent = codes.setdefault(whole, Code(derived(name, "code", whole), part, parent=parent)).guid
    return parent or ""


def settle_extracts(project: Project, account: Account, texts: dict[str, tuple[str, str]]) -> None:
    """Puts each extract where its words are. `texts` gives title and text by the title in lower case."""
    for source in project.sources:
        title, text = texts.get(source.name.casefold(), (source.name, ""))
        if not text:
            account.leave_out(f"There is no text called “{source.name}” in this study, so its extracts are not kept.")
        source.name, source.text, kept = title, text, []
        for one in source.selections if text else ():
            place = place_of(Extract(0, "", "", one.name, one.start if one.end else None, one.end or None), text)
            if place is None:
                account.leave_out(f"“{title}”: an extract was not found in it, or more than once.")
            else:
                one.start, one.end = place
                kept.append(one)
        source.selections = kept
    project.sources = [source for source in project.sources if source.text]

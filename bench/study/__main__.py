"""The study beside Taguette 1.5.2: `python -m bench.study [--only import open list search start] [--ours]`.

Prints a table and, as its last line, one JSON object: each row as NAME and `taguette_NAME`. Seconds end in `_s`.
`null`: Taguette cannot do it, or not on this machine: it hands Word files to Calibre (`ebook-convert`), which comes
from elsewhere. Without it those rows of Taguette are `null`; ours need nothing beside.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.reader import a_browser
from bench.served import ROOT
from bench.study import made, opening
from bench.study.ours import Ours, counted
from bench.study.theirs import CALIBRE, Theirs

SPANS = (0, 500, 2_000, 10_000)
CODES, ADDED, TIMES = 300, 20, 3
AT_REST_SECONDS = 1.0
NOBODY = uuid.UUID(int=0)
Row = tuple[str, float | None, float | None, str]


@dataclass
class Both:
    """Both programs with what was brought in: ours by study, Taguette's by project."""

    ours: Ours
    theirs: Theirs | None
    talk: uuid.UUID = NOBODY
    many: uuid.UUID = NOBODY
    there: bool = False
    project: int = 0
    filled: dict[int, tuple[str, str, str, int]] = field(default_factory=dict)


@contextmanager
def both(alone: bool) -> Iterator[Both]:
    """Both servers, started on folders of their own on a disk; gone afterwards."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-study-", dir=build))
    for name in ("ours", "theirs"):
        (folder / name).mkdir()
    found = Both(Ours(folder / "ours"), None if alone else Theirs(folder / "theirs"))
    try:
        found.ours.server.start()
        found.talk, found.many = found.ours.study("Long talks"), found.ours.study("A hundred talks")
        if found.theirs:
            found.theirs.server.start()
            found.theirs.come_in()
            found.project = found.theirs.project("Long talks")
        yield found
    finally:
        found.ours.server.stop()
        if found.theirs:
            found.theirs.server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def imports(on: Both) -> Iterator[Row]:
    """Texts of 50,000 words in three formats; a hundred of 10,000."""
    for kind, content in (("html", made.html), ("vtt", made.vtt), ("docx", made.docx)):
        files = [(f"{kind} {number}.{kind}", content(made.LONG, number)) for number in range(TIMES)]
        mine = median(on.ours.bring_in(on.talk, [file]) for file in files)
        other = _theirs_in(on, on.project, [[file] for file in files], kind)
        yield f"import_50k_{kind}_s", mine, other, f"bring in 50,000 words, {kind}"
    people, hundred = _people(), _hundred()
    mine = on.ours.bring_in(on.many, hundred)
    on.there = True
    other = _theirs_in(on, on.theirs.project("A hundred talks"), [hundred], "docx") if on.theirs else None
    yield "import_100_docx_s", mine, other, "bring in 100 docx of 10,000 words"
    pages = [(f"{who}.html", made.html(made.SHORT, seed)) for who, seed in people]
    mine = on.ours.bring_in(on.ours.study("A hundred pages"), pages)
    other = _theirs_in(on, on.theirs.project("A hundred pages"), [pages], "html") if on.theirs else None
    yield "import_100_html_s", mine, other, "bring in 100 html of 10,000 words"


def _people() -> list[tuple[str, int]]:
    """A hundred participants of four groups, each with the seed of their talk."""
    return [(f"{'ABCD'[number // 25]}{number % 25 + 1}", number) for number in range(made.MANY)]


def _hundred() -> list[tuple[str, bytes]]:
    return [(f"{who}.docx", made.docx(made.SHORT, seed)) for who, seed in _people()]


def _theirs_in(on: Both, project: int, batches: list[list[tuple[str, bytes]]], kind: str) -> float | None:
    if on.theirs is None or (kind == "docx" and CALIBRE is None):
        return None
    return median(on.theirs.bring_in(project, batch) for batch in batches)


def _fill(on: Both) -> None:
    """A text for each number of passages, in both."""
    if on.filled:
        return
    for number in SPANS:
        file = f"with {number}"
        on.ours.bring_in(on.talk, [(f"{file}.html", made.html(made.LONG, 7))])
        code, document = on.ours.fill(on.talk, "spans", file, str(number))
        place = 0
        if on.theirs:
            on.theirs.bring_in(on.project, [(f"{file}.html", made.html(made.LONG, 7))])
            place = on.theirs.newest_document()
            on.theirs.fill(on.project, place, f"tag{number}", number)
        on.filled[number] = (code, document, f"tag{number}", place)


def openings(on: Both) -> Iterator[Row]:
    """A text of 50,000 words with nothing on it, and with more and more."""
    _fill(on)
    for number in SPANS:
        _, document, _, place = on.filled[number]
        with a_browser() as browser:
            mine = [opening.ours(browser, on.ours.server.origin, on.talk, document, number) for _ in range(TIMES)]
            other = None
            if on.theirs:
                server = on.theirs.server
                other = opening.theirs(browser, server.origin, on.theirs.door, on.project, place, number)
        more = "" if other is None or other.whole else " (Taguette: at least so long)"
        about = f"50,000 words with {number:,} passages"
        yield f"open_{number}_s", median(one.drawn for one in mine), other and other.drawn, f"{about}, drawn{more}"
        yield f"key_{number}_s", median(one.key for one in mine), other and other.key, f"{about}, first key{more}"


def lists(on: Both) -> Iterator[Row]:
    """Two thousand passages of one code: adding to them, listing and exporting them."""
    _fill(on)
    code, _, tag, _ = on.filled[2_000]
    for kind in ("list", "csv", "xlsx", "docx"):
        mine, other = [], []
        for _ in range(TIMES):
            listing = kind == "list"
            mine.append(on.ours.listed(on.talk, code, 2_000) if listing else on.ours.exported(on.talk, code, kind))
            if on.theirs and (kind != "docx" or CALIBRE):
                other.append(_their_list(on.theirs, on.project, tag, kind))
        name = "list_2000_s" if kind == "list" else f"export_{kind}_s"
        about = "list 2,000 passages of a code" if kind == "list" else f"export 2,000 passages of a code, {kind}"
        yield name, median(mine), median(other) if other else None, about
    empty, bare, _, bare_place = on.filled[0]
    mine = on.ours.add_spans(on.talk, empty, bare, ADDED)
    other = []
    if on.theirs:
        other = on.theirs.add_spans(on.project, bare_place, on.theirs.fill(on.project, bare_place, "more", 0), ADDED)
    yield "add_span_s", median(mine), median(other) if other else None, "add a passage"
    # Here both have done the same; what comes after this only one of them can do.
    yield "memory_mb", *_memory(on), "memory after the same work, MB"


def _memory(on: Both) -> tuple[float, float | None]:
    return on.ours.server.memory_mb(), on.theirs.server.memory_mb() if on.theirs else None


def _their_list(theirs: Theirs, project: int, tag: str, kind: str) -> float:
    if kind == "list":
        return theirs.listed(project, tag, 2_000)
    seconds, content = theirs.exported(project, tag, kind)
    if kind in ("csv", "xlsx"):
        made_of = counted(kind, content)
        if made_of != 2_000:
            raise RuntimeError(f"Taguette's {kind} holds {made_of}")
    return seconds


def searches(on: Both) -> Iterator[Row]:
    """Over a million words, which Taguette cannot search; and 300 codes by 100 participants."""
    if not on.there:
        on.ours.bring_in(on.many, _hundred())
    hits = sum(made.RARE in said for seed in range(made.MANY) for _, said in made.lines(made.SHORT, seed))
    for name, query, about in (
        ("search_1m_s", made.RARE, "search a million words"),
        ("near_1m_s", f"NEAR({made.RARE} {made.NEAR_RARE}, 5)", "two words near each other, in a million"),
    ):
        yield name, median(on.ours.found(on.many, query, hits) for _ in range(TIMES)), None, about
    on.ours.fill(on.many, "matrix", str(CODES))
    on.ours.matrix(on.many, CODES * made.MANY)
    mine = median(on.ours.matrix(on.many, CODES * made.MANY) for _ in range(TIMES))
    yield "matrix_300x100_s", mine, None, "table of 300 codes by 100 participants"


def ends(on: Both) -> Iterator[Row]:
    """What both weigh after all that, once they have come to rest, and how soon they are open again."""
    time.sleep(AT_REST_SECONDS)
    yield "memory_at_the_end_mb", *_memory(on), "memory after the searches and the table as well, MB"
    mine = median(on.ours.server.again() for _ in range(TIMES))
    other = median(on.theirs.server.again() for _ in range(TIMES)) if on.theirs else None
    yield "start_s", mine, other, "start to first answer"


PARTS = {"import": imports, "open": openings, "list": lists, "search": searches, "start": ends}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.study", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=sorted(PARTS), help="some parts")
    parser.add_argument("--ours", action="store_true", help="without Taguette")
    options = parser.parse_args()
    began, rows = time.perf_counter(), []
    with both(options.ours) as on:
        for name, part in PARTS.items():
            if not options.only or name in options.only:
                for row in part(on):
                    rows.append(row)
                    print(_line(row), flush=True)
    behind = [row[0] for row in rows if row[2] is not None and row[1] is not None and row[1] > row[2]]
    print(f"  measured in {time.perf_counter() - began:.0f} s; behind Taguette: {', '.join(behind) or 'nowhere'}")
    figures = {}
    for name, mine, other, _ in rows:
        figures[name] = None if mine is None else round(mine, 3)
        figures[f"taguette_{name}"] = None if other is None else round(other, 3)
    print(json.dumps(figures))
    return 0


def _line(row: Row) -> str:
    name, mine, other, about = row
    said = [f"{value:>10.3f}" if value is not None else f"{'–':>10}" for value in (mine, other)]
    return f"  {about:<62}{said[0]}{said[1]}   {name}"


if __name__ == "__main__":
    sys.exit(main())

"""Figures as tables that leave: whole, however little of them a page or a drawing has room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sameboat.study.analysis.attributes import IS
from sameboat.study.analysis.comparing import BY, ROWS, SHOWN, Wish, ways_by
from sameboat.study.analysis.covering import Open
from sameboat.study.analysis.framework import cells_of
from sameboat.study.analysis.matrix import Cell, Line, Matrix, matrix, meetings, passages
from sameboat.study.analysis.ordering import arranged
from sameboat.study.analysis.pictures import charts
from sameboat.study.coding import access
from sameboat.study.coding.places import places
from sameboat.study.report.quoting import Passage, Quotable
from sameboat.study.report.shapes import Cell as TableCell
from sameboat.study.report.shapes import Sheet
from sameboat.study.report.unsaid import Leaving
from sameboat.study.team.access import Seat
from sameboat.study.themes import access as theme_access

_Row = tuple[TableCell, ...]


def comparison(seen: Matrix, wish: Wish, leaving: Leaving) -> list[Sheet]:
    """One comparison in passages, in words and in shares; what the page shows comes first."""
    seen = replace(seen, rows=[Line(one.id, leaving.names.get(one.id, one.name)) for one in seen.rows])
    shown = sorted(SHOWN, key=lambda show: show != wish.show)
    by = wish.by.removeprefix(IS) if wish.by.startswith(IS) else wish.by.removesuffix("s")
    return [_sheet(f"{ROWS[wish.rows]} by {by}, {show}", seen, show) for show in shown]


def _sheet(name: str, seen: Matrix, show: str) -> Sheet:
    head = ("", *(column.name for column in seen.columns))
    return Sheet(name, head, [(row.name, *_cells(seen, row, show)) for row in seen.rows])


def _cells(seen: Matrix, row: Line, show: str) -> Iterator[TableCell]:
    nothing = Cell(0, 0, 0.0)
    for column in seen.columns:
        found: int | float = getattr(seen.cells.get((row.id, column.id), nothing), show)
        yield round(found, 6) if show == "share" else found


def tables(seat: Seat, leaving: Leaving) -> list[Sheet]:
    """Every comparison, every chart's figures and the framework, none of them cut short."""
    found: list[Sheet] = []
    ways = ways_by(seat)
    for rows in ROWS:
        # Of codes only what everybody looks for: there may be hundreds, and as many headings.
        for by in BY if rows == "codes" else ways:
            seen = arranged(matrix(seat, rows, by), "book", "any", "passages")
            if seen.rows and seen.columns:
                found += comparison(seen, Wish(rows, by, "passages", None, "book", "any"), leaving)
    found += [
        Sheet(one.title, one.head, one.rows)
        for one in charts(seat, leaving.names)
        if one.name not in ("often", "together")
    ]
    found += [sheet for sheet in (together(seat, leaving), framework(seat, leaving)) if sheet.rows]
    return found or [Sheet("Nothing yet", ("",), [])]


def together(seat: Seat, leaving: Leaving) -> Sheet:
    """In how many turns of talk two codes stand together: each pair once, the most often met first."""
    names = {one.id: one.name for one in leaving.renamed(access.codebook(seat))}
    met = meetings(passages(seat, places(seat)))
    pairs: list[tuple[str, str, int]] = []
    for (one, other), times in met.items():
        if one in names and other in names and str(one) < str(other):
            first, second = sorted((names[one], names[other]))
            pairs.append((first, second, times))
    pairs.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    return Sheet("Codes that meet", ("Code", "Other code", "Turns"), list(pairs))


def framework(seat: Seat, leaving: Leaving) -> Sheet:
    """What each participant says to each theme, in the researchers' words."""
    whose, themes, written = places(seat), leaving.renamed(theme_access.themes(seat)), cells_of(seat)
    rows: list[_Row] = []
    for one in whose.participants.values():
        said = [written.get((theme.id, one.id), "") for theme in themes]
        if any(said):
            rows.append((one.code, *said))
    return Sheet("Framework", ("Participant", *(f"{theme.name} (text)" for theme in themes)), rows)


def without_code(found: list[Open], allowed: Quotable) -> Sheet:
    """One row for each passage that bears no code, in the words that may be quoted."""
    rows = [(one.place.title, one.who, one.letter, one.passage.start, one.passage.end, one.number,
             allowed.masked(Passage(one.place.id, one.passage.start, one.passage.end, one.words)))
            for one in found]  # fmt: skip
    return Sheet("Without a code", ("Document", "Participant", "Group", "Start", "End", "Words", "Text"), rows)

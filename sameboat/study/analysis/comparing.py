"""Pages: tables of codes or themes, and charts."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from sameboat.study.analysis.asked import among, one_id
from sameboat.study.analysis.attributes import IS, headings
from sameboat.study.analysis.matrix import Cell, Line, Matrix, matrix
from sameboat.study.analysis.ordering import SORTS, WHERE, arranged, sides
from sameboat.study.analysis.pictures import charts as charts_of
from sameboat.study.coding.places import places
from sameboat.study.team.access import Seat, coders
from sameboat.study.team.policy import StudyRequest, readers_only

ROWS = {"themes": "Themes", "codes": "Codes"}
BY = {"participants": "Participants", "groups": "Groups"}
# More columns than these are no longer put side by side as lists.
MOST_SIDES = 6
SHOWN = {"passages": "Passages", "words": "Words", "share": "Share of their words"}


@dataclass(frozen=True)
class Wish:
    """What a comparison is asked for; every word as the address has it."""

    rows: str
    by: str
    show: str
    coder: uuid.UUID | None
    sort: str
    where: str

    def fields(self, **other: str) -> dict[str, str]:
        """The same as an address or a form says it, some of it changed."""
        said = {"rows": self.rows, "by": self.by, "show": self.show, "sort": self.sort, "where": self.where}
        return {**said, **({"coder": str(self.coder)} if self.coder else {}), **other}


def ways_by(seat: Seat) -> dict[str, str]:
    """What may stand above the columns: participants, groups, and each heading under which something is known."""
    return BY | {f"{IS}{heading}": heading for heading in headings(places(seat))}


def wish_of(asked: QueryDict, ways: dict[str, str]) -> Wish:
    """What is not understood is as good as not said."""
    rows, by, show = (among(asked, name, of) for name, of in (("rows", ROWS), ("by", ways), ("show", SHOWN)))
    return Wish(rows, by, show, one_id(asked, "coder"), asked.get("sort", "book"), asked.get("where", "any"))


def compared(seat: Seat, wish: Wish) -> Matrix:
    """The comparison as it is asked for, in its order."""
    return arranged(matrix(seat, wish.rows, wish.by, wish.coder), wish.sort, wish.where, wish.show)


@require_safe
@readers_only
def compare(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Codes or themes against participants, groups or what is known of them; each cell opens its passages."""
    ways = ways_by(request.seat)
    wish = wish_of(request.GET, ways)
    whole = matrix(request.seat, wish.rows, wish.by, wish.coder)
    seen = arranged(whole, wish.sort, wish.where, wish.show)
    people = coders(request.seat.study) if not request.seat.blind else [request.researcher]
    said = {
        "matrix": seen,
        "whole": whole,
        # Made of numbers, ids and escaped names only; a template takes ten times as long for 30,000 cells.
        "lines": mark_safe("".join(_lines(seen, _extracts_at(sid), wish))),  # noqa: S308
        "heads": [_head(column, wish) for column in seen.columns],
        "choices": _choices(whole, wish, ways),
        "people": people,
        "wish": wish,
        "fields": wish.fields(),
        "sides": sides(whole) if wish.by != "participants" and 1 < len(whole.columns) <= MOST_SIDES else [],
    }
    return render(request, "analysis/compare.html", said)


def _choices(whole: Matrix, wish: Wish, ways: dict[str, str]) -> list[tuple[str, str, dict[str, str], str]]:
    """The boxes above the table: an order and a place may also be one column's."""
    by_column = {f"{sign}{one.id}": f"{words} in {one.name}" for one in whole.columns
                 for sign, words in (("", "Most"), ("-", "Fewest")) if f"{sign}{one.id}" == wish.sort}  # fmt: skip
    only = {str(one.id): f"Only in {one.name}" for one in whole.columns}
    return [
        ("rows", "Show", ROWS, wish.rows),
        ("by", "By", ways, wish.by),
        ("show", "In", SHOWN, wish.show),
        ("sort", "Order", {**SORTS, **by_column}, wish.sort),
        ("where", "What is", {**WHERE, **only}, wish.where),
    ]


def _head(column: Line, wish: Wish) -> tuple[Line, str, str]:
    """A column's head leads to the rows sorted by it: most first, and pressed again fewest first."""
    now = {str(column.id): "descending", f"-{column.id}": "ascending"}.get(wish.sort, "none")
    other = f"-{column.id}" if now == "descending" else str(column.id)
    return column, now, urlencode(wish.fields(sort=other))


def _extracts_at(sid: uuid.UUID) -> str:
    return reverse("study-extracts", kwargs={"sid": sid})


def _lines(seen: Matrix, address: str, wish: Wish) -> Iterator[str]:
    """The rows of the table's body."""
    row_is, column_is = wish.rows.removesuffix("s"), wish.by.removesuffix("s")
    if wish.by.startswith(IS):
        column_is = f"{urlencode({'heading': wish.by.removeprefix(IS)})}&amp;said"
    of_coder = f"&amp;coder={wish.coder}" if wish.coder else ""
    for row in seen.rows:
        yield f'<tr><th scope="row"><a href="{address}?{row_is}={row.id}{of_coder}">{escape(row.name)}</a></th>'
        for column in seen.columns:
            cell = seen.cells.get((row.id, column.id))
            if cell is None:
                yield "<td></td>"
            else:
                place = f"{address}?{row_is}={row.id}&amp;{column_is}={column.id}{of_coder}"
                yield f'<td><a href="{place}">{_figure(cell, wish.show)}</a></td>'
        yield "</tr>"


def _figure(cell: Cell, show: str) -> str:
    return f"{cell.share:.1%}" if show == "share" else str(cell.words if show == "words" else cell.passages)


@require_safe
@readers_only
def charts(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Every chart with its table."""
    found = [(one, mark_safe(one.svg)) for one in charts_of(request.seat)]  # noqa: S308
    return render(request, "analysis/charts.html", {"charts": found})

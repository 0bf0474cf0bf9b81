"""Pages: matrices, how much is coded, and charts."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from sameboat.lib.refusals import NotHere
from sameboat.study.analysis.asked import among, one_id
from sameboat.study.analysis.matrix import Cell, Matrix, matrix
from sameboat.study.analysis.pictures import charts as charts_of
from sameboat.study.coding.coverage import coverage as coverage_of
from sameboat.study.coding.coverage import next_uncoded
from sameboat.study.coding.places import places
from sameboat.study.team.access import coders
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, readers_only

ROWS = {"themes": "Themes", "codes": "Codes"}
BY = {"participants": "Participants", "groups": "Groups"}
SHOWN = {"passages": "Passages", "words": "Words", "share": "Share of their words"}
MOST_EXTRACTS = 2000


@require_safe
@readers_only
def compare(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """A table of codes or themes against participants or groups; each cell opens its passages."""
    rows, by, show = (among(request.GET, name, of) for name, of in (("rows", ROWS), ("by", BY), ("show", SHOWN)))
    coder = one_id(request.GET, "coder")
    seen = matrix(request.seat, rows, by, coder)
    people = coders(request.seat.study) if not request.seat.blind else [request.researcher]
    said = {
        "matrix": seen,
        # Made of numbers, ids and escaped names only; a template takes ten times as long for 30,000 cells.
        "lines": mark_safe("".join(_lines(seen, _extracts_at(sid), rows, by, show, coder))),  # noqa: S308
        "choices": [("rows", "Show", ROWS, rows), ("by", "By", BY, by), ("show", "In", SHOWN, show)],
        "people": people,
        "coder": coder,
    }
    return render(request, "analysis/compare.html", said)


def _extracts_at(sid: uuid.UUID) -> str:
    return reverse("study-extracts", kwargs={"sid": sid})


def _lines(seen: Matrix, address: str, rows: str, by: str, show: str, coder: uuid.UUID | None) -> Iterator[str]:
    """The rows of the table's body."""
    row_is, column_is = rows.removesuffix("s"), by.removesuffix("s")
    of_coder = f"&amp;coder={coder}" if coder else ""
    for row in seen.rows:
        yield f'<tr><th scope="row"><a href="{address}?{row_is}={row.id}{of_coder}">{escape(row.name)}</a></th>'
        for column in seen.columns:
            cell = seen.cells.get((row.id, column.id))
            if cell is None:
                yield "<td></td>"
            else:
                place = f"{address}?{row_is}={row.id}&amp;{column_is}={column.id}{of_coder}"
                yield f'<td><a href="{place}">{_figure(cell, show)}</a></td>'
        yield "</tr>"


def _figure(cell: Cell, show: str) -> str:
    return f"{cell.share:.1%}" if show == "share" else str(cell.words if show == "words" else cell.passages)


@require_safe
@readers_only
def coverage(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """How much of each text bears a code, by group, and where to go on."""
    whose, found = places(request.seat), coverage_of(request.seat)
    by_group = [(str(group), whose.of_group[key]) for key, group in whose.groups.items()]
    other = [place for place in whose.texts.values() if place.group is None]
    groups = []
    for name, texts in [*by_group, ("Other texts", other)]:
        rows = [(place, whose.who(place.id), found[place.id]) for place in texts if place.id in found]
        if rows:
            groups.append((name, rows, sum(row[2].words for row in rows), sum(row[2].coded for row in rows)))
    return render(request, "analysis/coverage.html", {"groups": groups})


@require_safe
@readers_only
def uncoded(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Leads to the next passage that bears no code, in the text that is named or a later one."""
    found = next_uncoded(request.seat, one_id(request.GET, "document"), 0)
    if found is None:
        return SeeOther(reverse("study-coverage", kwargs={"sid": sid}), "all-coded")
    place = f"{found.document}:{found.start}-{found.end}"
    return SeeOther(f"{reverse('study-coding', kwargs={'sid': sid})}#{place}")


@require_safe
@readers_only
def charts(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Every chart with its table."""
    found = [(one, mark_safe(one.svg)) for one in charts_of(request.seat)]  # noqa: S308
    return render(request, "analysis/charts.html", {"charts": found})


@require_safe
@readers_only
def chart_file(request: StudyRequest, sid: uuid.UUID, name: str) -> HttpResponse:
    """One chart by itself, as a file."""
    one = next((one for one in charts_of(request.seat) if one.name == name), None)
    if one is None:
        raise NotHere
    answer = HttpResponse(one.svg, content_type="image/svg+xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return answer

"""What leaves of comparing and of the trail: tables and drawings, without what participants asked to be taken out."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib.refusals import NotHere
from sameboat.study.analysis.comparing import compared, ways_by, wish_of
from sameboat.study.analysis.covering import without_code
from sameboat.study.analysis.pictures import charts
from sameboat.study.coding.places import places
from sameboat.study.ledger.access import entries, wanted_of
from sameboat.study.ledger.table import csv_lines
from sameboat.study.report import figures
from sameboat.study.report.composing import named_outside
from sameboat.study.report.files import attached, table_file, written
from sameboat.study.report.shapes import Picture, Report, Sheet
from sameboat.study.report.unsaid import Leaving
from sameboat.study.report.writers import write_pdf
from sameboat.study.team.access import Seat
from sameboat.study.team.policy import StudyRequest, readers_only
from sameboat.study.themes.held import map_of


@require_POST
@readers_only
def comparison(request: StudyRequest, sid: uuid.UUID, kind: str) -> HttpResponse:
    """The comparison that the page shows, whole and in its order; csv has what the page shows, xlsx a sheet each."""
    seat, wish = request.seat, wish_of(request.POST, ways_by(request.seat))
    return table_file(
        request, "comparison", kind, lambda leaving: figures.comparison(compared(seat, wish), wish, leaving)
    )


@require_POST
@readers_only
def without_a_code(request: StudyRequest, sid: uuid.UUID, kind: str) -> HttpResponse:
    """Every passage that bears no code."""
    seat, asked = request.seat, request.POST

    def sheets(leaving: Leaving) -> list[Sheet]:
        return [figures.without_code(without_code(seat, places(seat), asked), leaving.allowed)]

    return table_file(request, "without-a-code", kind, sheets)


@require_POST
@readers_only
def framework(request: StudyRequest, sid: uuid.UUID, kind: str) -> HttpResponse:
    """What is written in the framework."""
    return table_file(request, "framework", kind, lambda leaving: [figures.framework(request.seat, leaving)])


@require_POST
@readers_only
def all_tables(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """All figures as sheets of one table."""
    return table_file(request, "tables", "xlsx", lambda leaving: figures.tables(request.seat, leaving))


@require_safe
@readers_only
def chart(request: StudyRequest, sid: uuid.UUID, name: str) -> HttpResponse:
    """One chart by itself, as a file."""
    one = next((one for one in charts(request.seat, Leaving(request.seat).names) if one.name == name), None)
    if one is None:
        raise NotHere
    return attached(f"{name}.svg", one.svg)


@require_safe
@readers_only
def map_svg(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """The thematic map by itself, as a file."""
    return attached("thematic-map.svg", _map(request.seat))


@require_POST
@readers_only
def map_pdf(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """The thematic map as a PDF."""
    seat = request.seat

    def write() -> bytes:
        drawn = Picture(_map(seat), "The themes around the question, each with its codes.")
        return write_pdf(Report(seat.study.name, (drawn,), made_on=timezone.localdate()))

    return written(request, "thematic-map.pdf", write)


def _map(seat: Seat) -> str:
    leaving = Leaving(seat)
    return map_of(seat, named_outside(seat, leaving)[1], leaving.clean(seat.study.question))


@require_safe
@readers_only
def audit(request: StudyRequest, sid: uuid.UUID) -> StreamingHttpResponse:
    """The audit trail as a table."""
    found = wanted_of(request.GET).of(entries(request.seat)).order_by("id")
    lines = csv_lines(found.iterator(chunk_size=500), Leaving(request.seat).cleaned)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="audit-trail.csv"'
    return answer

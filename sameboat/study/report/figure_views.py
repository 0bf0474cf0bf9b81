"""Tables of figures as files: a comparison as it stands on its page, what is still without a code, and all of them."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from sameboat.study.analysis.comparing import compared, ways_by, wish_of
from sameboat.study.analysis.covering import without_code
from sameboat.study.coding.places import places
from sameboat.study.report import figures
from sameboat.study.report.files import table_file
from sameboat.study.team.policy import StudyRequest, readers_only


@require_POST
@readers_only
def comparison(request: StudyRequest, sid: uuid.UUID, kind: str) -> HttpResponse:
    """The comparison that the page shows, whole and in its order; csv has what the page shows, xlsx a sheet each."""
    wish = wish_of(request.POST, ways_by(request.seat))
    return table_file(request, "comparison", kind, lambda: figures.comparison(compared(request.seat, wish), wish))


@require_POST
@readers_only
def without_a_code(request: StudyRequest, sid: uuid.UUID, kind: str) -> HttpResponse:
    """Every passage that bears no code."""
    seat, asked = request.seat, request.POST
    return table_file(
        request, "without-a-code", kind, lambda: [figures.without_code(without_code(seat, places(seat), asked))]
    )


@require_POST
@readers_only
def framework(request: StudyRequest, sid: uuid.UUID, kind: str) -> HttpResponse:
    """What is written in the framework."""
    return table_file(request, "framework", kind, lambda: [figures.framework(request.seat)])


@require_POST
@readers_only
def all_tables(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """All figures as sheets of one table."""
    return table_file(request, "tables", "xlsx", lambda: figures.tables(request.seat))

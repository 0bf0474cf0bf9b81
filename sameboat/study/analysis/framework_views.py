"""Pages: the framework, and one cell of it beside the passages it sums up."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, NotYours
from sameboat.study.analysis.framework import cells_of, write_cell
from sameboat.study.analysis.matrix import matrix
from sameboat.study.coding import access
from sameboat.study.coding.places import extracts, places
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.models import Role
from sameboat.study.team.policy import StudyRequest, readers_only
from sameboat.study.themes import access as theme_access


@require_safe
@readers_only
def framework(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Themes against participants, each cell in the researchers' own words."""
    whose, themes = places(request.seat), list(theme_access.themes(request.seat))
    written, seen = cells_of(request.seat), matrix(request.seat, "themes", "participants")
    people = [one for one in whose.participants.values() if whose.of_participant[one.id]]
    rows = []
    for one in people:
        cells = [(theme, written.get((theme.id, one.id), ""), seen.cells.get((theme.id, one.id))) for theme in themes]
        rows.append((one, cells))
    return render(request, "analysis/framework.html", {"themes": themes, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def cell(request: StudyRequest, sid: uuid.UUID, tid: uuid.UUID, pid: uuid.UUID) -> HttpResponse:
    """One cell of the framework, beside the passages it sums up."""
    seat, whose = request.seat, places(request.seat)
    theme, participant = theme_access.theme(seat, tid), whose.participants.get(pid)
    if participant is None:
        raise NotHere
    if request.method == "POST":
        if not seat.may(Role.CODER):
            raise NotYours
        write_cell(seat, theme, participant, request.POST.get("summary", ""), now=clock.now())
        return SeeOther(reverse("study-framework", kwargs={"sid": sid}), "saved")
    texts = [place.id for place in whose.of_participant[pid]]
    found = extracts(seat, whose, theme_access.codes_of_themes(seat)[tid], documents=texts)
    names = dict(access.codes(seat).values_list("id", "name"))
    said = {
        "theme": theme,
        "participant": participant,
        "summary": cells_of(seat).get((tid, pid), ""),
        "rows": [(one, ", ".join(names[code] for code in one.codes)) for one in found],
    }
    return render(request, "analysis/cell.html", said)

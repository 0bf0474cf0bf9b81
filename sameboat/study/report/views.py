"""Pages: the report and what goes into it, and the COREQ list."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, NotYours
from sameboat.study.report import coreq as coreq_list
from sameboat.study.report.actions import note_item
from sameboat.study.report.composing import PARTS, SELDOM, Wish
from sameboat.study.report.composing import report as report_of
from sameboat.study.report.files import written
from sameboat.study.report.writers import WRITERS
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.models import Role
from sameboat.study.team.policy import StudyRequest, readers_only

FORMATS = {"docx": "Word (docx)", "odt": "OpenDocument (odt)", "pdf": "PDF", "html": "A page (html)"}
MOST = {"1": "one", "2": "two", "5": "five", "0": "all"}


@require_safe
@readers_only
def report(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """What may go into the report, and how many items of COREQ have an answer."""
    found = coreq_list.items(request.seat)
    said = {
        "parts": PARTS,
        "seldom": SELDOM,
        "formats": FORMATS,
        "most": MOST,
        "answered": coreq_list.filled(found),
        "all": len(found),
    }
    return render(request, "report/report.html", said)


@require_POST
@readers_only
def report_file(request: StudyRequest, sid: uuid.UUID, kind: str) -> HttpResponse:
    """The report as a file. That it was made stands in the ledger, so that a withdrawal can call it stale."""
    if kind not in WRITERS:
        raise NotHere
    asked = request.POST
    most = int(asked.get("most", "2")) if asked.get("most", "2") in MOST else 2
    wish = Wish([name for name in PARTS if name in asked.getlist("part")], most)
    today = timezone.localdate()
    return written(request, f"report.{kind}", lambda: WRITERS[kind](report_of(request.seat, wish, today=today)))


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def coreq(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """The 32 items, with what the workbench fills in and what the researchers add."""
    if request.method == "POST":
        if not request.seat.may(Role.CODER):
            raise NotYours
        said = request.POST.get("number", "")
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
        note_item(request.seat, number, request.POST.get("note", ""), now=clock.now())
        return SeeOther(f"{reverse('study-coreq', kwargs={'sid': sid})}", "saved")
    parts: dict[str, list[Any]] = {}
    for one in coreq_list.items(request.seat):
        parts.setdefault(one.part, []).append(one)
    return render(request, "report/coreq.html", {"parts": list(parts.items())})

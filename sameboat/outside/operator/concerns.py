"""Concerns, as the operator reads, answers and closes them."""

from __future__ import annotations

import csv
import datetime
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.policy import staff_only
from sameboat.lib.refusals import Refusal
from sameboat.outside.access import concern_for_operator
from sameboat.outside.actions import answer, close, read
from sameboat.outside.models import Concern
from sameboat.oversight.models import Report
from sameboat.staff.views import SeeOther


@require_safe
@staff_only("operator")
def concerns(request: HttpRequest) -> HttpResponse:
    closed = Concern.objects.exclude(closed_at=None).order_by("-closed_at")
    return render(request, "operator/concerns.html", {"open": Concern.objects.open(), "closed": closed})


@require_safe
@staff_only("operator")
def stamps(request: HttpRequest) -> HttpResponse:
    """When each concern and each sealed report came, was read, answered and closed: never a word of any (ETHOS W2)."""
    table = io.StringIO()
    out = csv.writer(table)
    out.writerow(["kind", "number", "arrived", "read", "answered", "closed"])
    for one in Concern.objects.order_by("received_at"):
        out.writerow([one.kind, one.pk, *map(_when, (one.received_at, one.read_at, one.answered_at, one.closed_at))])
    for row in Report.objects.order_by("sent_at"):
        moments = [_moment(seconds) for seconds in (row.sent_at, row.read_at, row.answered_at)]
        out.writerow([f"sealed {row.kind}", row.pk, *map(_when, moments), ""])
    told = {"Content-Disposition": 'attachment; filename="concerns.csv"'}
    return HttpResponse(table.getvalue(), content_type="text/csv; charset=utf-8", headers=told)


def _moment(seconds: int | None) -> datetime.datetime | None:
    return None if seconds is None else datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)


def _when(moment: datetime.datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="minutes")


@require_safe
@staff_only("operator")
def concern(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "operator/concern.html", {"concern": concern_for_operator(number)})


@require_POST
@staff_only("operator")
def read_concern(request: HttpRequest, number: int) -> HttpResponse:
    read(concern_for_operator(number), now=clock.now())
    return SeeOther(f"/operator/concerns/{number}")


@require_POST
@staff_only("operator")
def answer_concern(request: HttpRequest, number: int) -> HttpResponse:
    found = concern_for_operator(number)
    words = request.POST.get("answer", "")[:8000]
    try:
        answer(found, words, now=clock.now())
    except Refusal as refusal:
        kept = {"concern": found, "words": words, "refusal": refusal}
        return render(request, "operator/concern.html", kept, status=refusal.status)
    return SeeOther(f"/operator/concerns/{number}")


@require_POST
@staff_only("operator")
def close_concern(request: HttpRequest, number: int) -> HttpResponse:
    close(concern_for_operator(number), now=clock.now())
    return SeeOther("/operator/concerns")

"""Concerns, as the operator reads, answers and closes them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.policy import staff_only
from sameboat.lib.refusals import Refusal
from sameboat.outside.access import concern_for_operator
from sameboat.outside.actions import answer, close, read
from sameboat.outside.models import Concern
from sameboat.staff.views import SeeOther


@require_safe
@staff_only("operator")
def concerns(request: HttpRequest) -> HttpResponse:
    closed = Concern.objects.exclude(closed_at=None).order_by("-closed_at")
    return render(request, "operator/concerns.html", {"open": Concern.objects.open(), "closed": closed})


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

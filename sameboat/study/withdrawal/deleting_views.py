"""Pages: a study is deleted, and what lies in the bin goes for good."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sameboat.lib import clock
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, leads_only
from sameboat.study.transcripts.models import Document, Recording
from sameboat.study.withdrawal.deleting import NotItsName, delete_for_good, delete_study
from sameboat.study.withdrawal.views import exports


@require_POST
@leads_only
def for_good(request: StudyRequest, sid: uuid.UUID, kind: str, row_id: uuid.UUID) -> HttpResponse:
    delete_for_good(request.seat, kind, row_id, now=clock.now())
    return SeeOther(reverse("study-bin", kwargs={"sid": sid}), "gone-for-good")


@require_http_methods(["GET", "HEAD", "POST"])
@leads_only
def delete(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """What would go; a POST with the study's name typed does it."""
    refusal = None
    if request.method == "POST":
        try:
            delete_study(request.seat, request.POST.get("sure", ""))
        except NotItsName as wrong:
            refusal = wrong
        else:
            return SeeOther(reverse("studies"), "study-deleted")
    study = request.seat.study
    said = {
        "texts": Document.objects.filter(study=study).count(), "refusal": refusal, "exports": exports(request.seat),
        "sounds": Recording.objects.filter(study=study).count(), "typed": request.POST.get("sure", ""),
    }  # fmt: skip
    return render(request, "withdrawal/delete.html", said, status=refusal.status if refusal else 200)

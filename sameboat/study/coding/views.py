"""The page of the coding screen, the codebook for reading and printing, and the bin."""

from __future__ import annotations

import datetime
import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.study.coding.bin import in_the_bin, restore
from sameboat.study.coding.codebook import codebook as tree_of
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only


@require_safe
@readers_only
def coding(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return render(request, "study_coding/coding.html")


@require_safe
@readers_only
def codebook(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """The codebook; with `?on=2026-03-02`, as it was when that day ended."""
    day = _day(request.GET.get("on", ""))
    end = timezone.make_aware(datetime.datetime.combine(day, datetime.time.max)) if day else None
    leaves = [row for top in tree_of(request.seat, end) for row in top.walk()]
    return render(request, "study_coding/codebook.html", {"leaves": leaves, "day": day})


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@require_safe
@readers_only
def bin(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return render(request, "study_coding/bin.html", {"lines": in_the_bin(request.seat)})


@require_POST
@coders_only
def restore_from_bin(request: StudyRequest, sid: uuid.UUID, kind: str, row_id: uuid.UUID) -> HttpResponse:
    doing = restore(request.seat, kind, row_id, now=clock.now())
    return SeeOther(reverse("study-bin", kwargs={"sid": sid}), "restored-in-part" if doing.missed else "restored")

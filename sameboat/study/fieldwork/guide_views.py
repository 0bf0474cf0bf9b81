"""Page: the questions in their versions, and which interviews followed which."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import Refusal
from sameboat.study.fieldwork.access import one as one_of
from sameboat.study.fieldwork.actions import add, remove
from sameboat.study.fieldwork.models import GuideVersion, Interview
from sameboat.study.fieldwork.refusals import (
    StillHasParticipants,
    VersionMissing,
    VersionTaken,
    VersionUsed,
    WordsMissing,
)
from sameboat.study.fieldwork.typed import needed_day, words
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only


@require_safe
@readers_only
def guide(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return _guide_page(request)


def _guide_page(request: StudyRequest, refusal: Refusal | None = None) -> HttpResponse:
    versions = list(GuideVersion.objects.filter(study=request.seat.study).order_by("-dated", "-version"))
    held = list(Interview.objects.filter(study=request.seat.study).select_related("participant"))
    context = {
        "versions": [
            (one, sorted({row.participant.code for row in held if row.guide_id == one.id})) for one in versions
        ],
        "newest": versions[0].text if versions else "",
        "today": clock.now().date(),
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "fieldwork/guide.html", context, status=refusal.status if refusal else 200)


@require_POST
@coders_only
def add_version(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """A version of the questions; it never changes, so that it stays true which interview used which."""
    given, seat = request.POST, request.seat
    version, text = words(given, "version", 20), words(given, "text")
    try:
        if not version:
            raise VersionMissing
        if not text:
            raise WordsMissing
        dated, note = needed_day(given, "dated"), words(given, "note")
        made = GuideVersion(study=seat.study, version=version, dated=dated, text=text, note=note)
        add(seat, "add guide version", version, made, taken=VersionTaken(), now=clock.now())
    except Refusal as refusal:
        return _guide_page(request, refusal)
    return SeeOther(reverse("study-guide", kwargs={"sid": sid}), "saved")


@require_POST
@coders_only
def remove_version(request: StudyRequest, sid: uuid.UUID, vid: uuid.UUID) -> HttpResponse:
    """Only a version that no interview followed goes, into the bin."""
    found = one_of(request.seat, GuideVersion, vid)
    try:
        remove(request.seat, "remove guide version", found.version, found, now=clock.now())
    except StillHasParticipants:
        return _guide_page(request, VersionUsed())
    return SeeOther(reverse("study-guide", kwargs={"sid": sid}), "binned")

"""Pages: every interview with its participant, day, place, questions, text and recording."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.fieldwork.access import chosen, one
from sameboat.study.fieldwork.models import GuideVersion, Interview, Participant
from sameboat.study.fieldwork.refusals import CodeMissing
from sameboat.study.fieldwork.typed import NotANumber, needed_day, number, words
from sameboat.study.team.access import Seat
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only
from sameboat.study.transcripts import interviewing
from sameboat.study.transcripts.models import Recording


@require_safe
@readers_only
def interviews(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return _list_page(request)


def _list_page(request: StudyRequest, refusal: Refusal | None = None) -> HttpResponse:
    if isinstance(refusal, NotHere):
        raise refusal
    seat = request.seat
    found = Interview.objects.filter(study=seat.study).select_related("participant__group", "guide")
    rows = found.prefetch_related("documents__recordings").order_by("held_on", "participant__code")
    context = {
        "rows": [(row, [text for text in row.documents.all() if text.trashed_at is None]) for row in rows],
        "participants": Participant.objects.filter(study=seat.study, withdrawn_at=None).order_by("code"),
        "chosen": request.POST.get("participant") or request.GET.get("participant", ""),
        "refusal": refusal,
        **_choices(seat, request.POST),
    }
    return render(request, "transcripts/interviews.html", context, status=refusal.status if refusal else 200)


def _choices(seat: Seat, typed: QueryDict) -> dict[str, Any]:
    guides = list(GuideVersion.objects.filter(study=seat.study).order_by("-dated", "-version"))
    return {"guides": guides, "today": clock.now().date(), "typed": typed}


def _values(seat: Seat, given: QueryDict) -> dict[str, Any]:
    """What the form says of an interview. Raises NotADay, NotANumber, NotHere."""
    minutes = number(words(given, "minutes", 10))
    if minutes is not None and not 0 <= minutes < 10_000:
        raise NotANumber
    return {
        "held_on": needed_day(given, "held_on"), "guide": chosen(seat, GuideVersion, given.get("guide", "")),
        "place_kind": words(given, "place_kind", 100), "note": words(given, "note"),
        "minutes": None if minutes is None else round(minutes),
    }  # fmt: skip


@require_POST
@coders_only
def add(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    seat, given = request.seat, request.POST
    try:
        participant = chosen(seat, Participant, given.get("participant", ""))
        if participant is None:
            raise CodeMissing("Please choose who was listened to.")
        made = interviewing.add_interview(seat, participant, now=clock.now(), **_values(seat, given))
    except Refusal as refusal:
        return _list_page(request, refusal)
    return SeeOther(reverse("study-interview", kwargs={"sid": sid, "iid": made.id}), "saved")


@require_safe
@readers_only
def interview(request: StudyRequest, sid: uuid.UUID, iid: uuid.UUID) -> HttpResponse:
    return _one_page(request, iid)


def _one_page(request: StudyRequest, iid: uuid.UUID, refusal: Refusal | None = None) -> HttpResponse:
    if isinstance(refusal, NotHere):
        raise refusal
    seat = request.seat
    found = one(seat, Interview, iid)
    texts = interviewing.could_be_of(seat, found)
    context = {
        "interview": found,
        "texts": texts,
        "ours": [text for text in texts if text.interview_id == found.id],
        "recordings": Recording.objects.filter(study=seat.study, document__interview=found).select_related("document"),
        "refusal": refusal,
        "largest": settings.LARGEST_UPLOAD,
        **_choices(seat, request.POST),
    }
    return render(request, "transcripts/interview.html", context, status=refusal.status if refusal else 200)


@require_POST
@coders_only
def edit(request: StudyRequest, sid: uuid.UUID, iid: uuid.UUID) -> HttpResponse:
    seat, given = request.seat, request.POST
    texts = [
        text.id for text in interviewing.could_be_of(seat, one(seat, Interview, iid)) if f"text-{text.id}" in given
    ]
    try:
        interviewing.edit_interview(seat, iid, texts, now=clock.now(), **_values(seat, given))
    except Refusal as refusal:
        return _one_page(request, iid, refusal)
    return SeeOther(reverse("study-interview", kwargs={"sid": sid, "iid": iid}), "saved")


@require_POST
@coders_only
def remove(request: StudyRequest, sid: uuid.UUID, iid: uuid.UUID) -> HttpResponse:
    try:
        interviewing.remove_interview(request.seat, iid, now=clock.now())
    except Refusal as refusal:
        return _one_page(request, iid, refusal)
    return SeeOther(reverse("study-interviews", kwargs={"sid": sid}), "binned")

"""Page: by which criteria groups are asked, which could be, the nearest first, and what became of it."""

from __future__ import annotations

import uuid

from django.db.models import F
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.fieldwork import recruiting
from sameboat.study.fieldwork.models import Answered, Candidate, Criterion
from sameboat.study.fieldwork.recruiting import Listed, Place
from sameboat.study.fieldwork.refusals import NotAList
from sameboat.study.fieldwork.typed import day, number, words
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only

LARGEST_LIST = 20 * 2**20


@require_safe
@readers_only
def recruitment(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return _page(request)


def _page(request: StudyRequest, refusal: Refusal | None = None) -> HttpResponse:
    if isinstance(refusal, NotHere):
        raise refusal
    study = request.seat.study
    criteria = list(Criterion.objects.filter(study=study).order_by("order"))
    rows = Candidate.objects.filter(study=study).select_related("became")
    candidates = [
        (row, [(one, bool(row.criteria.get(str(one.id)))) for one in criteria])
        for row in rows.order_by(F("miles").asc(nulls_last=True), "name")
    ]
    context = {
        "criteria": criteria, "candidates": candidates, "answers": Answered.choices,
        "today": clock.now().date(), "refusal": refusal, "typed": request.POST,
    }  # fmt: skip
    return render(request, "fieldwork/recruitment.html", context, status=refusal.status if refusal else 200)


def _back(sid: uuid.UUID, said: str = "saved") -> SeeOther:
    return SeeOther(reverse("study-recruitment", kwargs={"sid": sid}), said)


@require_POST
@coders_only
def add_criterion(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    try:
        recruiting.add_criterion(request.seat, words(request.POST, "text", 300), now=clock.now())
    except Refusal as refusal:
        return _page(request, refusal)
    return _back(sid)


@require_POST
@coders_only
def remove_criterion(request: StudyRequest, sid: uuid.UUID, cid: uuid.UUID) -> HttpResponse:
    recruiting.remove_criterion(request.seat, cid, now=clock.now())
    return _back(sid, "binned")


@require_POST
@coders_only
def add_candidate(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    given = request.POST
    try:
        listed = Listed(words(given, "name", 200), words(given, "place", 200), miles=number(words(given, "miles", 20)))
        recruiting.add_candidate(request.seat, listed, words(given, "source", 200), now=clock.now())
    except Refusal as refusal:
        return _page(request, refusal)
    return _back(sid)


@require_POST
@coders_only
def bring_list(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """A table or a directory's feed, from a file: nothing is fetched from anywhere."""
    file = request.FILES.get("file")
    try:
        if file is None or (file.size or 0) > LARGEST_LIST:
            raise NotAList(f"Please choose a file of at most {LARGEST_LIST // 2**20} MB.")
        here = _here(request.POST)
        recruiting.bring_list(request.seat, (file.name or "file")[:200], file.read(), here, now=clock.now())
    except Refusal as refusal:
        return _page(request, refusal)
    return _back(sid)


def _here(given: QueryDict) -> Place | None:
    """Where miles are counted from, as "52.95, -1.15"; None where nothing was typed. Raises NotANumber."""
    typed = [part for part in words(given, "here", 60).replace(",", " ").split() if part]
    lat, lon = [number(part) for part in typed[:2]] if len(typed) > 1 else (None, None)
    return (lat, lon) if lat is not None and lon is not None else None


@require_POST
@coders_only
def edit_candidate(request: StudyRequest, sid: uuid.UUID, cid: uuid.UUID) -> HttpResponse:
    given = request.POST
    answer = given.get("answer", "")
    met = {str(one.id): f"met-{one.id}" in given for one in Criterion.objects.filter(study=request.seat.study)}
    try:
        values = {
            "invited_on": day(given, "invited_on"), "answered_on": day(given, "answered_on"),
            "answer": answer if answer in Answered.values else "", "reason": words(given, "reason"),
            "miles": number(words(given, "miles", 20)), "criteria": met,
        }  # fmt: skip
        values |= {name: words(given, name, 200) for name in ("name", "place") if name in given}
        recruiting.edit_candidate(request.seat, cid, now=clock.now(), **values)
    except Refusal as refusal:
        return _page(request, refusal)
    return _back(sid)


@require_POST
@coders_only
def remove_candidate(request: StudyRequest, sid: uuid.UUID, cid: uuid.UUID) -> HttpResponse:
    recruiting.remove_candidate(request.seat, cid, now=clock.now())
    return _back(sid, "binned")


@require_POST
@coders_only
def take_on(request: StudyRequest, sid: uuid.UUID, cid: uuid.UUID) -> HttpResponse:
    try:
        recruiting.take_on(request.seat, cid, words(request.POST, "letter", 4), now=clock.now())
    except Refusal as refusal:
        return _page(request, refusal)
    return SeeOther(reverse("study-groups", kwargs={"sid": sid}), "saved")

"""Pages: groups, and each participant with what they agreed to and when they were listened to."""

from __future__ import annotations

import uuid

from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.fieldwork import actions, consenting
from sameboat.study.fieldwork.access import chosen, one
from sameboat.study.fieldwork.models import Consent, ConsentForm, Group, Interview, Participant
from sameboat.study.fieldwork.typed import headings, words
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only


@require_safe
@readers_only
def groups(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return _groups_page(request)


def _groups_page(request: StudyRequest, refusal: Refusal | None = None, wrong: str = "") -> HttpResponse:
    """All groups; `wrong` names the form that was refused, whose words are shown again."""
    if isinstance(refusal, NotHere):
        raise refusal
    seat = request.seat
    people = Participant.objects.filter(study=seat.study).select_related("group")
    counted = people.annotate(held=Count("interviews", distinct=True), signed=Max("consents__signed_on"))
    rows = list(counted.order_by("code"))
    every = list(Group.objects.filter(study=seat.study).order_by("letter"))
    sections = [(group, [row for row in rows if row.group_id == group.id]) for group in every]
    said = {
        "sections": sections,
        "alone": [row for row in rows if row.group_id is None],
        "groups": every,
        "refusal": refusal,
        "wrong": wrong,
        "typed": request.POST,
    }
    return render(request, "fieldwork/groups.html", said, status=refusal.status if refusal else 200)


def _back(sid: uuid.UUID, said: str = "saved") -> SeeOther:
    return SeeOther(reverse("study-groups", kwargs={"sid": sid}), said)


@require_POST
@coders_only
def add_group(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    given = request.POST
    try:
        actions.add_group(
            request.seat, words(given, "letter"), words(given, "name", 200), words(given, "note"), now=clock.now()
        )
    except Refusal as refusal:
        return _groups_page(request, refusal, "group")
    return _back(sid)


@require_POST
@coders_only
def edit_group(request: StudyRequest, sid: uuid.UUID, gid: uuid.UUID) -> HttpResponse:
    given = request.POST
    values = {"name": words(given, "name", 200), "note": words(given, "note"), "properties": headings(given)}
    try:
        actions.edit_group(request.seat, gid, words(given, "letter"), now=clock.now(), **values)
    except Refusal as refusal:
        return _groups_page(request, refusal, str(gid))
    return _back(sid)


@require_POST
@coders_only
def remove_group(request: StudyRequest, sid: uuid.UUID, gid: uuid.UUID) -> HttpResponse:
    """Only a group to which nothing belongs goes; it can come back from the bin."""
    group = one(request.seat, Group, gid)
    try:
        actions.remove(request.seat, "remove group", group.letter, group, now=clock.now())
    except Refusal as refusal:
        return _groups_page(request, refusal, str(gid))
    return _back(sid, "binned")


@require_POST
@coders_only
def add_participant(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    given = request.POST
    try:
        group = chosen(request.seat, Group, given.get("group", ""))
        actions.add_participant(request.seat, words(given, "code"), group, words(given, "note"), now=clock.now())
    except Refusal as refusal:
        return _groups_page(request, refusal, "participant")
    return _back(sid)


@require_safe
@readers_only
def participant(request: StudyRequest, sid: uuid.UUID, pid: uuid.UUID) -> HttpResponse:
    return _participant_page(request, pid)


def _participant_page(request: StudyRequest, pid: uuid.UUID, refusal: Refusal | None = None) -> HttpResponse:
    if isinstance(refusal, NotHere):
        raise refusal
    seat = request.seat
    found = one(seat, Participant, pid)
    said = consenting.newest(seat).get(pid, {})
    context = {
        "participant": found,
        "groups": Group.objects.filter(study=seat.study).order_by("letter"),
        "consents": Consent.objects.filter(participant=found).select_related("form").order_by("signed_on"),
        "purposes": sorted(said.values(), key=lambda one: one.answer.item.order),
        "sheets": ConsentForm.objects.filter(study=seat.study).order_by("-dated", "-version"),
        "interviews": Interview.objects.filter(participant=found).select_related("guide").order_by("held_on"),
        "refusal": refusal,
        "today": clock.now().date(),
    }
    return render(request, "fieldwork/participant.html", context, status=refusal.status if refusal else 200)


@require_POST
@coders_only
def edit_participant(request: StudyRequest, sid: uuid.UUID, pid: uuid.UUID) -> HttpResponse:
    given = request.POST
    try:
        values = {"note": words(given, "note"), "properties": headings(given)}
        group = chosen(request.seat, Group, given.get("group", ""))
        actions.edit_participant(request.seat, pid, words(given, "code"), group=group, now=clock.now(), **values)
    except Refusal as refusal:
        return _participant_page(request, pid, refusal)
    return SeeOther(reverse("study-participant", kwargs={"sid": sid, "pid": pid}), "saved")


@require_POST
@coders_only
def remove_participant(request: StudyRequest, sid: uuid.UUID, pid: uuid.UUID) -> HttpResponse:
    """Somebody added by mistake, of whom there is nothing; whoever withdraws does so on a page of its own."""
    found = one(request.seat, Participant, pid)
    try:
        actions.remove(request.seat, "remove participant", found.code, found, now=clock.now())
    except Refusal as refusal:
        return _participant_page(request, pid, refusal)
    return _back(sid, "binned")

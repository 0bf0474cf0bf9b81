"""The list of studies, a study's first page, what is said about it, and who takes part."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import Refusal
from sameboat.study.desk import actions, invitations
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import my_studies
from sameboat.study.team.actions import start_study
from sameboat.study.team.answers import SeeOther, own_address
from sameboat.study.team.doors import doors
from sameboat.study.team.models import Membership, Role
from sameboat.study.team.policy import StudyRequest, leads_only, readers_only, researchers_only
from sameboat.study.team.signed_in import SITTING, who_sits

# What reports on qualitative studies are usually asked; more may be added.
ASKED = ("Ethics approval", "Funding", "Where it was done", "When it was done", "Who did it", "Approach")
LONGEST = 20_000


@require_safe
@researchers_only
def studies(request: StudyRequest) -> HttpResponse:
    """Every study of theirs, and when it last changed: a backup that was put back bears the same name."""
    last = Entry.objects.filter(study=OuterRef("pk")).order_by("-id").values("at")[:1]
    mine = my_studies(request.researcher).annotate(last=Subquery(last))
    return render(request, "desk/studies.html", {"studies": mine})


@require_http_methods(["GET", "HEAD", "POST"])
@researchers_only
def new_study(request: StudyRequest) -> HttpResponse:
    name = request.POST.get("name", "").strip()[:200]
    if request.method != "POST" or not name:
        return render(request, "desk/new_study.html", {"missing": request.method == "POST"})
    question = request.POST.get("question", "").strip()
    study = start_study(request.researcher, name, question=question, now=clock.now())
    return SeeOther(reverse("study-home", kwargs={"sid": study.id}))


@require_safe
@readers_only
def home(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    parts = [
        (part.name, [(door, door.door.glance(request.seat) if door.door.glance else "") for door in part.doors])
        for part in doors(request.seat, "")
    ]
    return render(request, "desk/home.html", {"parts": parts})


@require_safe
@readers_only
def about(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return render(request, "desk/about.html", {"properties": _properties(request.seat.study.properties)})


@require_http_methods(["GET", "HEAD", "POST"])
@leads_only
def properties(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    study = request.seat.study
    if request.method != "POST":
        return render(request, "desk/properties.html", {"properties": [*_properties(study.properties), ("", "")]})
    said = dict(zip(request.POST.getlist("heading"), request.POST.getlist("said"), strict=False))
    kept = {key.strip()[:200]: text.strip()[:LONGEST] for key, text in said.items() if key.strip() and text.strip()}
    name, question = request.POST.get("name", "")[:200], request.POST.get("question", "")[:LONGEST]
    try:
        actions.describe_study(request.seat, name=name, question=question, properties=kept, now=clock.now())
    except Refusal as refusal:
        rows = {"properties": [*kept.items(), ("", "")], "refusal": refusal}
        return render(request, "desk/properties.html", rows, status=refusal.status)
    return SeeOther(reverse("study-about", kwargs={"sid": sid}), "saved")


def _properties(kept: dict[str, Any]) -> list[tuple[str, str]]:
    """What is said about a study under its headings, with the usual ones also where they are empty."""
    return [
        *((one, str(kept.get(one, ""))) for one in ASKED),
        *((k, str(v)) for k, v in kept.items() if k not in ASKED),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def team(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return _team_page(request)


def _team_page(request: StudyRequest, refusal: Refusal | None = None, link: str = "") -> HttpResponse:
    seat = request.seat
    members = Membership.objects.filter(study=seat.study).select_related("researcher").order_by("researcher__name")
    said = {
        "members": members,
        "roles": Role.choices,
        "may_lead": seat.may(Role.LEAD),
        "waiting": invitations.waiting(seat, now=clock.now()) if settings.TEAM else 0,
        "days": invitations.DAYS,
        "refusal": refusal,
        "link": link,
    }
    return render(request, "desk/team.html", said, status=refusal.status if refusal else 200)


def _role(request: StudyRequest) -> str:
    given = request.POST.get("role", "")
    return given if given in Role.values else Role.READER


@require_POST
@leads_only
def invite(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """A link in team mode; on a laptop a colleague by name."""
    role, blind = _role(request), "blind" in request.POST
    if settings.TEAM:
        token = invitations.invite(request.seat, role, blind=blind, now=clock.now())
        return _team_page(request, link=settings.ORIGIN + reverse("study-invitation", kwargs={"token": token}))
    try:
        actions.add_colleague(request.seat, request.POST.get("name", ""), role, blind=blind, now=clock.now())
    except Refusal as refusal:
        return _team_page(request, refusal)
    return SeeOther(reverse("study-team", kwargs={"sid": sid}), "saved")


@require_POST
@researchers_only
def sit_down(request: StudyRequest) -> HttpResponse:
    """On a laptop: from now on this coder sits there. Nobody chosen: the laptop's own person again."""
    answer = SeeOther(own_address(request.POST.get("next", ""), "/"))
    if not settings.TEAM:
        chosen = who_sits(request.POST.get("who", ""))
        if chosen.is_local:
            answer.delete_cookie(SITTING)
        else:
            answer.set_cookie(SITTING, str(chosen.id), httponly=True, samesite="Strict")
    return answer


@require_POST
@leads_only
def member(request: StudyRequest, sid: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """Changes what somebody may do, or ends their part."""
    try:
        if "remove" in request.POST:
            actions.remove_member(request.seat, member_id, now=clock.now())
            return SeeOther(reverse("study-team", kwargs={"sid": sid}), "removed")
        if not settings.TEAM:
            actions.rename(request.seat, member_id, request.POST.get("name", ""))
        blind = "blind" in request.POST
        actions.change_member(request.seat, member_id, _role(request), blind=blind, now=clock.now())
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _team_page(request, refusal)
    return SeeOther(reverse("study-team", kwargs={"sid": sid}), "saved")

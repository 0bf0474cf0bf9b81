"""Pages: passages sent back to participants, what they answered, and the page that a private link opens."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.policy import open_to_everyone
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.checking import actions
from sameboat.study.checking.actions import LinkOver
from sameboat.study.checking.models import CheckAnswer, CheckAnswered, CheckLink
from sameboat.study.fieldwork.access import said_no, taking_part
from sameboat.study.fieldwork.models import Participant
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only

USUAL_DAYS = 28


@require_safe
@readers_only
def checking(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Everyone with their links, and what they said to each passage."""
    study = request.seat.study
    links = CheckLink.objects.filter(study=study).order_by("expires_at")
    by_whom: dict[uuid.UUID, list[CheckLink]] = {}
    for link in links:
        by_whom.setdefault(link.participant_id, []).append(link)
    no_contact = said_no(study, "contact")
    people = Participant.objects.filter(study=study, withdrawn_at=None).order_by("code")
    rows = [(one, by_whom.get(one.id, []), _answers(one), one.id in no_contact) for one in people]
    return render(request, "checking/checking.html", {"rows": rows, "now": clock.now()})


def _answers(participant: Participant) -> list[tuple[CheckAnswer, str]]:
    """What somebody answered, with the words it was about; what asks for something to be done first."""
    rows = CheckAnswer.objects.filter(link__participant=participant).select_related("document").order_by("at")
    newest = {row.place: row for row in rows}
    order = {CheckAnswered.WITHDRAW: 0, CheckAnswered.AMEND: 1}
    told = [(row, row.document.text[row.start : row.end]) for row in newest.values()]
    return sorted(told, key=lambda one: (order.get(CheckAnswered(one[0].answer), 2), one[0].start))


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def send_back(request: StudyRequest, sid: uuid.UUID, pid: uuid.UUID) -> HttpResponse:
    """Choose passages; the answer shows the link, once."""
    participant = taking_part(request.seat, pid)
    every = actions.passages_of(participant)
    ticked = {one.span for one in every if f"span-{one.span}" in request.POST}
    said: dict[str, Any] = {"link": "", "refusal": None}
    if request.method == "POST":
        days = request.POST.get("days", "")
        try:
            token = actions.make_link(
                request.seat, pid, ticked, int(days) if days.isdecimal() else USUAL_DAYS, now=clock.now()
            )
            said["link"] = settings.ORIGIN + reverse("study-check", kwargs={"token": token})
        except NotHere:
            raise
        except Refusal as refusal:
            said["refusal"] = refusal
    context = {
        **said, "participant": participant, "team": settings.TEAM, "days": USUAL_DAYS,
        "passages": [(one, request.method != "POST" or one.span in ticked) for one in every],
        "no_contact": pid in said_no(request.seat.study, "contact"),
    }  # fmt: skip
    status = said["refusal"].status if said["refusal"] else 200
    return render(request, "checking/send_back.html", context, status=status)


@require_POST
@coders_only
def close(request: StudyRequest, sid: uuid.UUID, lid: uuid.UUID) -> HttpResponse:
    actions.close_link(request.seat, lid, now=clock.now())
    return SeeOther(reverse("study-checking", kwargs={"sid": sid}), "saved")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_everyone("whoever holds a participant's private link reads and answers what it shows, and nothing else")
def check(request: HttpRequest, token: str) -> HttpResponse:
    """The passages of one participant, for themselves. What is over says so, and shows nothing."""
    try:
        link = actions.open_link(token, now=clock.now())
    except LinkOver as over:
        return render(request, "checking/check.html", {"over": over.sentence}, status=over.status)
    passages = actions.shown(link)
    if request.method == "POST":
        given = {
            one.span: (request.POST.get(f"answer-{one.span}", ""), request.POST.get(f"words-{one.span}", ""))
            for one in passages
        }
        actions.answer(link, given, now=clock.now())
        return SeeOther(reverse("study-check", kwargs={"token": token}), "saved")
    known = {row.place: row for row in CheckAnswer.objects.filter(link=link)}
    context = {
        "link": link, "of": link.study, "choices": CheckAnswered.choices,
        "rows": [(one, known.get(one.place)) for one in passages],
    }  # fmt: skip
    return render(request, "checking/check.html", context)

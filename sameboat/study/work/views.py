"""Pages: how far a long piece of work is, and what it made."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.team.access import seat
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, researchers_only
from sameboat.study.work.going import Work, known, outcome


@require_http_methods(["GET", "HEAD", "POST"])
@researchers_only
def going(request: StudyRequest, token: str) -> HttpResponse:
    """How far it is; a POST asks it to stop. What has ended shows what became of it."""
    work = _mine(request, token)
    if request.method == "POST":
        work.pace.stop = True
        return SeeOther(request.path)
    if not work.ended.is_set():
        return render(request, "work/going.html", {"work": work})
    if work.was_stopped:
        return SeeOther(work.back)
    try:
        answer = outcome(work)
    except Refusal as refusal:
        return render(request, "work/refused.html", {"work": work, "refusal": refusal}, status=refusal.status)
    return render(request, "work/made.html", {"work": work}) if _is_file(answer) else answer


@require_safe
@researchers_only
def made(request: StudyRequest, token: str) -> HttpResponse:
    """The file it made."""
    work = _mine(request, token)
    if not work.ended.is_set() or work.answer is None or not _is_file(work.answer):
        raise NotHere
    return HttpResponse(work.answer.content, headers=dict(work.answer.items()))


def _mine(request: StudyRequest, token: str) -> Work:
    """One's own work; in a study of which one is no longer part it does not exist."""
    work = known(request.researcher, token)
    if work.study is not None:
        request.seat = seat(request.researcher, work.study)
    return work


def _is_file(answer: HttpResponse) -> bool:
    return "Content-Disposition" in answer

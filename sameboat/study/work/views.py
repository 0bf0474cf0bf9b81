"""Pages: how far a long piece of work is, and what it made."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from sameboat.lib.policy import open_to_everyone
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.team.access import seat
from sameboat.study.team.answers import SeeOther, own_address
from sameboat.study.team.policy import StudyRequest, researchers_only
from sameboat.study.work.going import InPieces, Work, known, outcome


@require_http_methods(["GET", "HEAD", "POST"])
@researchers_only
def going(request: StudyRequest, token: str) -> HttpResponseBase:
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
def made(request: StudyRequest, token: str) -> HttpResponseBase:
    """The file it made."""
    work = _mine(request, token)
    if not work.ended.is_set() or work.answer is None or not _is_file(work.answer):
        raise NotHere
    if isinstance(work.answer, InPieces):
        return work.answer.anew()
    return HttpResponse(getattr(work.answer, "content", b""), headers=dict(work.answer.items()))


@require_safe
@open_to_everyone("what is too large is turned down before anyone is known, and nothing of it was read")
def too_much(request: HttpRequest) -> HttpResponse:
    """What is said of a form that was larger than may be sent at once (`config/too_much.py`)."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    back = own_address(came_from.path if came_from.netloc == request.get_host() else "", "/")
    said = {"back": back, "most": settings.LARGEST_UPLOAD // 2**20, "whole": settings.LARGEST_BACKUP // 2**30}
    return render(request, "work/too_much.html", said, status=413)


def _mine(request: StudyRequest, token: str) -> Work:
    """One's own work; in a study of which one is no longer part it does not exist."""
    work = known(request.researcher, token)
    if work.study is not None:
        request.seat = seat(request.researcher, work.study)
    return work


def _is_file(answer: HttpResponseBase) -> bool:
    return "Content-Disposition" in answer

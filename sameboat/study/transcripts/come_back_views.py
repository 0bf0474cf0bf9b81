"""Page: whether a name that was taken out stands somewhere all the same, and the way to have it gone everywhere."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sameboat.lib.refusals import Refusal
from sameboat.study.team.models import Role
from sameboat.study.team.policy import StudyRequest, coders_only
from sameboat.study.transcripts import key_box
from sameboat.study.transcripts.anonymising import CATEGORIES
from sameboat.study.transcripts.coming_back import Found, names_in

MISSED_ROWS = 3


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def come_back(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Opens the locked list for this one look; neither it nor the passphrase is kept anywhere."""
    study = request.seat.study
    if request.method != "POST":
        return page(request)
    try:
        return page(request, found=names_in(study, key_box.opened(study, request.POST.get("passphrase", ""))))
    except Refusal as refusal:
        return page(request, refusal=refusal)


def page(request: StudyRequest, *, found: list[Found] | None = None, refusal: Refusal | None = None) -> HttpResponse:
    """The page with what was found, or with what went wrong; what was typed stays in it."""
    given = request.POST
    missed = [
        (number, given.get(f"find-{number}", ""), given.get(f"instead-{number}", ""), given.get(f"category-{number}"))
        for number in range(MISSED_ROWS)
    ]
    said = {
        "found": found, "refusal": refusal, "exists": key_box.exists(request.seat.study), "missed": missed,
        "passphrase": given.get("passphrase", ""), "categories": CATEGORIES, "shortest": key_box.SHORTEST,
        "typed": any(find for _, find, *_ in missed), "may_take_out": request.seat.may(Role.LEAD),
    }  # fmt: skip
    return render(request, "transcripts/come_back.html", said, status=refusal.status if refusal else 200)

"""Page: whether a name that was taken out stands somewhere all the same."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sameboat.lib.refusals import Refusal
from sameboat.study.team.policy import StudyRequest, coders_only
from sameboat.study.transcripts import key_box
from sameboat.study.transcripts.coming_back import Found, names_in


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def come_back(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Opens the locked list for this one look; neither it nor the passphrase is kept anywhere."""
    study, refusal = request.seat.study, None
    found: list[Found] | None = None
    if request.method == "POST":
        try:
            found = names_in(study, key_box.opened(study, request.POST.get("passphrase", "")))
        except Refusal as problem:
            refusal = problem
    said = {"found": found, "refusal": refusal, "exists": key_box.exists(study)}
    return render(request, "transcripts/come_back.html", said, status=refusal.status if refusal else 200)

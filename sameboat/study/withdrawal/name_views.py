"""Page: names go everywhere at once, and what became of it is said."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from sameboat.lib import clock
from sameboat.lib.refusals import Refusal
from sameboat.study.team.policy import StudyRequest, leads_only
from sameboat.study.transcripts.anonymising import CATEGORIES, Replacement
from sameboat.study.transcripts.come_back_views import MISSED_ROWS, page
from sameboat.study.withdrawal.names_gone import take_out_everywhere
from sameboat.study.withdrawal.views import exports


@require_POST
@leads_only
def names_gone(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Takes out what the locked list holds and what was typed besides; neither is kept in the open anywhere."""
    try:
        gone = take_out_everywhere(request.seat, _missed(request), request.POST.get("passphrase", ""), now=clock.now())
    except Refusal as refusal:
        return page(request, refusal=refusal)
    return render(request, "withdrawal/names_gone.html", {"gone": gone, "files": exports(request.seat)})


def _missed(request: StudyRequest) -> list[Replacement]:
    given, found = request.POST, []
    for number in range(MISSED_ROWS):
        find, category = given.get(f"find-{number}", "").strip()[:200], given.get(f"category-{number}", "")
        if find:
            instead = given.get(f"instead-{number}", "").strip()[:100]
            found.append(Replacement(find, instead, category if category in CATEGORIES else "other"))
    return found

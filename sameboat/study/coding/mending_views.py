"""Page: find a typing error in a text, mend it, and lock the text when it is as it should be."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.coding import access
from sameboat.study.coding.actions import mending
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only
from sameboat.study.text.spans import snippet

LONGEST = 500


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def mend(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    """First the words are looked for, then one of the places is mended."""
    given = request.POST if request.method == "POST" else request.GET
    find, refusal = given.get("find", "")[:LONGEST], None
    if request.method == "POST":
        try:
            at, version = (int(given.get(name, "")) if given.get(name, "").isdecimal() else -1 for name in _NUMBERS)
            mending.mend(request.seat, did, find, at, given.get("instead", "")[:LONGEST], version, now=clock.now())
        except NotHere:
            raise
        except Refusal as problem:
            refusal = problem
        else:
            return SeeOther(reverse("study-text", kwargs={"sid": sid, "did": did}), "saved")
    one = access.document(request.seat, did)
    found = [(at, snippet(one.text, (at, at + len(find)))) for at in mending.places_of(one.text, find)]
    said = {"text": one, "find": find, "found": found, "refusal": refusal, "instead": given.get("instead", find)}
    return render(request, "study_coding/mend.html", said, status=refusal.status if refusal else 200)


_NUMBERS = ("at", "version")


@require_POST
@coders_only
def lock(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    mending.lock(request.seat, did, now=clock.now())
    return SeeOther(reverse("study-text", kwargs={"sid": sid, "did": did}), "saved")

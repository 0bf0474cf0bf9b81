"""Pages: all that is known of one code, and of one text."""

from __future__ import annotations

import uuid
from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sameboat.lib import clock
from sameboat.lib.refusals import NotYours, Refusal
from sameboat.study.coding import access
from sameboat.study.coding.actions.codes import edit_code
from sameboat.study.coding.coverage import coverage
from sameboat.study.coding.places import places
from sameboat.study.coding.properties import LONGEST, describe_text, said_in, shown
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.models import Role
from sameboat.study.team.policy import StudyRequest, readers_only

WORDS = ("definition", "include", "exclude", "example")


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def code(request: StudyRequest, sid: uuid.UUID, cid: uuid.UUID) -> HttpResponse:
    """What a code means, where it is, what was noted on it; a POST changes what it means."""
    seat, one, trouble = request.seat, access.code(request.seat, cid), ""
    if request.method == "POST":
        _must_code(request)
        words = {name: request.POST.get(name, "").strip()[:LONGEST] for name in WORDS}
        look = {"name": request.POST.get("name", ""), "colour": request.POST.get("colour", one.colour)}
        look["pattern"] = request.POST.get("pattern", one.pattern)
        try:
            edit_code(seat, cid, now=clock.now(), properties=said_in(request.POST), **words, **look)
        except Refusal as refusal:
            trouble = refusal.sentence
        else:
            return SeeOther(reverse("study-code", kwargs={"sid": sid, "cid": cid}), "saved")
    whose = places(seat)
    on = Counter(access.spans(seat).filter(code=one).values_list("document_id", flat=True))
    texts = [(place, whose.who(place.id), on[place.id]) for place in whose.texts.values() if on[place.id]]
    said = {"code": one, "texts": texts, "properties": shown(one.properties), "trouble": trouble}
    return render(request, "study_coding/code.html", {**said, "passages": sum(on.values())})


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def text(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    """Where a text came from, whose it is, what is on it; a POST changes its properties."""
    seat, one = request.seat, access.document(request.seat, did)
    if request.method == "POST":
        _must_code(request)
        describe_text(seat, did, said_in(request.POST), now=clock.now())
        return SeeOther(reverse("study-text", kwargs={"sid": sid, "did": did}), "saved")
    names = dict(access.codes(seat).values_list("id", "name"))
    on = Counter(access.spans(seat).filter(document=one).values_list("code_id", flat=True))
    said = {
        "text": one,
        "coverage": coverage(seat).get(did),
        "codes": [(key, names[key], number) for key, number in on.most_common()],
        "properties": shown(one.properties),
    }
    return render(request, "study_coding/text.html", said)


def _must_code(request: StudyRequest) -> None:
    if not request.seat.may(Role.CODER):
        raise NotYours

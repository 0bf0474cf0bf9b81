"""Pages: all memos, one memo to change, and a form for a new one on anything."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere
from sameboat.study.analysis.asked import one_id
from sameboat.study.analysis.memo_list import listed, things
from sameboat.study.coding import access
from sameboat.study.coding.actions.memos import add_memo, bin_memo, edit_memo, version
from sameboat.study.coding.models import MemoAbout
from sameboat.study.coding.refusals import MemoChanged
from sameboat.study.team.access import coders
from sameboat.study.team.answers import SeeOther, own_address
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only

LONGEST_TITLE, LONGEST_TEXT = 300, 200_000
MOST = 500


@require_safe
@readers_only
def memos(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Every memo with what it is about, by kind, by person, by words; and a form for one more."""
    asked, seat = request.GET, request.seat
    kind, author, words = asked.get("kind", ""), one_id(asked, "author"), asked.get("q", "").strip()[:300]
    found = listed(seat, kind, author, words)
    chosen = {"kind": kind, "author": author, "q": words}
    people = coders(seat.study) if not seat.blind else [request.researcher]
    said = {"rows": found[:MOST], "total": len(found), "most": MOST, "kinds": MemoAbout.choices, "people": people}
    return render(request, "analysis/memos.html", {**said, "chosen": chosen, "things": things(seat)})


@require_POST
@coders_only
def add(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """A new memo on the study or on one of its things; nothing but spaces is none."""
    kind, _, about = request.POST.get("about", "").partition(":")
    title, text = _words(request)
    back = own_address(request.POST.get("next", ""), reverse("study-memos", kwargs={"sid": sid}))
    if not title and not text:
        return SeeOther(back)
    try:
        thing = uuid.UUID(about)
    except ValueError:
        raise NotHere from None
    if kind not in MemoAbout.values:
        raise NotHere
    add_memo(request.seat, kind, thing, title, text, now=clock.now())
    return SeeOther(back, "saved")


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def memo(request: StudyRequest, sid: uuid.UUID, mid: uuid.UUID) -> HttpResponse:
    """One memo to change. Where somebody else wrote meanwhile, both are shown and nothing is lost."""
    one, theirs = access.memo(request.seat, mid), None
    title, text = one.title, one.text
    if request.method == "POST":
        title, text = _words(request)
        based_on = request.POST.get("version", "")
        number = int(based_on) if based_on.isascii() and based_on.isdigit() and len(based_on) < 20 else 0
        try:
            edit_memo(request.seat, mid, number, now=clock.now(), title=title, text=text)
        except MemoChanged as refusal:
            theirs = refusal.memo
        else:
            return SeeOther(reverse("study-memos", kwargs={"sid": sid}), "saved")
    said = {"memo": one, "title": title, "text": text, "theirs": theirs, "version": version(one)}
    return render(request, "analysis/memo.html", said, status=MemoChanged.status if theirs else 200)


@require_POST
@coders_only
def to_bin(request: StudyRequest, sid: uuid.UUID, mid: uuid.UUID) -> HttpResponse:
    """A memo goes into the bin."""
    bin_memo(request.seat, mid, now=clock.now())
    return SeeOther(reverse("study-memos", kwargs={"sid": sid}), "binned")


def _words(request: HttpRequest) -> tuple[str, str]:
    said = request.POST
    return said.get("title", "").strip()[:LONGEST_TITLE], said.get("text", "").strip()[:LONGEST_TEXT]

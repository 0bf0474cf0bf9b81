"""Page: look for words in everything that was said, and keep a search by name."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.study.analysis.models import SavedQuery
from sameboat.study.analysis.query import NotAQuery, parse
from sameboat.study.analysis.search import hits
from sameboat.study.ledger.acts import act
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only

ON_A_PAGE = 50


@require_safe
@readers_only
def search(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """What was typed stays in the address, so that a search can be kept as a bookmark too."""
    asked = request.GET.get("q", "").strip()[:1000]
    first = int(request.GET.get("from", "0")) if request.GET.get("from", "0").isdecimal() else 0
    said = {"asked": asked, "kept": SavedQuery.objects.filter(study=request.seat.study).order_by("name")}
    if not asked:
        return render(request, "analysis/search.html", said)
    try:
        found, total = hits(request.seat, parse(asked), first=first, most=ON_A_PAGE)
    except NotAQuery as refusal:
        return render(request, "analysis/search.html", {**said, "trouble": refusal.sentence}, status=refusal.status)
    after = first + len(found)
    place = {
        "found": found, "total": total, "first": first + 1, "last": after,
        "next": _page(asked, after) if after < total else "",
        "back": _page(asked, max(0, first - ON_A_PAGE)) if first else "",
    }  # fmt: skip
    return render(request, "analysis/search.html", {**said, **place})


def _page(asked: str, first: int) -> str:
    return urlencode({"q": asked, "from": str(first)})


@require_POST
@coders_only
def keep(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Keeps a search by name. Raises NotAQuery for what could never be asked."""
    text, now = request.POST.get("q", "").strip()[:1000], clock.now()
    parse(text)
    name = request.POST.get("name", "").strip()[:200] or text[:200]
    with act(request.seat.study, request.seat.researcher, "keep search", label=name, now=now) as doing:
        doing.add(SavedQuery(study=request.seat.study, name=name, text=text))
    return SeeOther(f"{reverse('study-search', kwargs={'sid': sid})}?{urlencode({'q': text})}")


@require_POST
@coders_only
def forget(request: StudyRequest, sid: uuid.UUID, qid: uuid.UUID) -> HttpResponse:
    """Takes a kept search off the list; undo brings it back."""
    with act(request.seat.study, request.seat.researcher, "forget search", now=clock.now()) as doing:
        kept = get_object_or_404(SavedQuery, study=request.seat.study, id=qid)
        doing.label = kept.name
        doing.remove(kept)
    return SeeOther(reverse("study-search", kwargs={"sid": sid}))

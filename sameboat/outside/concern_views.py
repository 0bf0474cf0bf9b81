"""Raising a concern, and looking at what became of it. No account, no cookie; no address is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sameboat.lib import clock
from sameboat.lib.limits import Limit
from sameboat.lib.policy import open_to_everyone
from sameboat.lib.refusals import Refusal
from sameboat.outside.access import concern_by_words
from sameboat.outside.actions import raise_concern
from sameboat.outside.models import KEPT_AFTER_CLOSING, Kind

LONGEST = 8000
raising = Limit("raise a concern", burst=5, every=30)
looking = Limit("look up a concern", burst=10, every=10)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_everyone("a person without an account can raise a concern")
def concern(request: HttpRequest) -> HttpResponse:
    kind = Kind.DATA if request.GET.get("about") == "data" else Kind.CONCERN
    if request.method != "POST":
        return render(request, "outside/concern.html", {"kind": kind, "longest": LONGEST})
    said = request.POST.get("said", "")[:LONGEST]
    guessing = request.POST.get("guessing") == "yes"
    now = clock.now()
    try:
        raising.spend(request.META.get("REMOTE_ADDR", ""), now=now.timestamp())
        words = raise_concern(said, kind=kind, guessing_could_hurt=guessing, now=now)
    except Refusal as refusal:
        kept = {"kind": kind, "said": said, "guessing": guessing, "refusal": refusal, "longest": LONGEST}
        return render(request, "outside/concern.html", kept, status=refusal.status)
    return render(request, "outside/concern_raised.html", {"words": words, "kind": kind})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_everyone("the words given for a concern are the only key to it")
def look_up(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "outside/concern_look_up.html")
    words = request.POST.get("words", "")[:200]
    try:
        looking.spend(request.META.get("REMOTE_ADDR", ""), now=clock.now().timestamp())
    except Refusal as refusal:
        kept = {"words": words, "refusal": refusal}
        return render(request, "outside/concern_look_up.html", kept, status=refusal.status)
    found = concern_by_words(words)
    if found is None:
        return render(request, "outside/concern_look_up.html", {"words": words, "unknown": True})
    kept_days = KEPT_AFTER_CLOSING.days
    return render(request, "outside/concern_state.html", {"concern": found, "kept_days": kept_days})

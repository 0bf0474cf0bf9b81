"""The audit trail as a page: who did what, when, before and after. And undo, from any page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.study.ledger.access import entries, wanted_of
from sameboat.study.ledger.context import ACT
from sameboat.study.ledger.showing import shown
from sameboat.study.ledger.undo import ChangedSince, NothingToRedo, NothingToUndo, Redone, redo, undo
from sameboat.study.ledger.words import KINDS, verb_words
from sameboat.study.team.access import coders
from sameboat.study.team.answers import SeeOther, own_address
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only

PAGE = 50


@require_safe
@readers_only
def audit(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    wanted = wanted_of(request.GET)
    every = entries(request.seat)
    page = Paginator(wanted.of(every), PAGE).get_page(request.GET.get("page"))
    verbs = every.order_by("verb").values_list("verb", flat=True).distinct()
    asked = urlencode({name: value for name, value in vars(wanted).items() if value})
    said = {
        "page": page,
        "shown": shown(page.object_list),
        "wanted": wanted,
        "asked": asked,
        "verbs": [(verb, verb_words(verb)) for verb in verbs],
        "kinds": KINDS.items(),
        "people": coders(request.seat.study) if not request.seat.blind else [request.researcher],
    }
    return render(request, "ledger/audit.html", said)


@require_POST
@coders_only
def undo_here(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Undo from a page: takes back this person's newest act, shows the page again, and says which act it was."""
    return _turned(request, undo, "undone")


@require_POST
@coders_only
def redo_here(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """The same for what was undone last."""
    return _turned(request, redo, "redone")


def _turned(request: StudyRequest, turn: Callable[..., Redone], said: str) -> HttpResponse:
    study = request.seat.study
    page = own_address(request.POST.get("next", ""), reverse("study-home", kwargs={"sid": study.id}))
    try:
        turned = turn(study, request.researcher, now=clock.now())
    except NothingToUndo:
        return SeeOther(page, "nothing-to-undo")
    except NothingToRedo:
        return SeeOther(page, "nothing-to-redo")
    except ChangedSince:
        return SeeOther(page, "changed-since")
    return SeeOther(page, said, {ACT: turned.original.pk})

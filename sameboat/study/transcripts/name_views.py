"""Pages: what might tell who somebody is, one by one, and what to put in its place."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sameboat.lib import clock
from sameboat.lib.refusals import Refusal
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only
from sameboat.study.transcripts import key_box
from sameboat.study.transcripts.anonymising import CATEGORIES, Replacement, replace, suggestions
from sameboat.study.transcripts.names_out import finish, must_be_open, take_names_out

OWN_ROWS = 3


@dataclass
class NameRow:
    """One line of the page: what was found or typed, and what was decided."""

    find: str
    instead: str
    category: str
    times: int = 0
    context: str = ""
    wanted: bool = False
    own: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def names(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    """Look at each suggestion; `open` shows what the locked list says, `go` takes the names out."""
    document = must_be_open(request.seat, did)
    rows, trouble = [], ""
    passphrase = request.POST.get("passphrase", "")
    try:
        known = key_box.opened(request.seat.study, passphrase) if passphrase else []
        rows = _rows(document.text, known, request.POST)
        if request.POST.get("step") == "go":
            wanted = [Replacement(row.find, row.instead, row.category) for row in rows if row.wanted and row.find]
            take_names_out(request.seat, did, wanted, passphrase, now=clock.now())
            return SeeOther(reverse("study-transcripts", kwargs={"sid": sid}))
    except Refusal as refusal:
        trouble = refusal.sentence
        rows = rows or _rows(document.text, [], request.POST)
    said = {
        "document": document, "rows": rows, "categories": CATEGORIES, "trouble": trouble, "passphrase": passphrase,
        "locked_before": key_box.exists(request.seat.study), "shortest": key_box.SHORTEST,
    }  # fmt: skip
    return render(request, "transcripts/names.html", said, status=422 if trouble else 200)


def _rows(text: str, known: list[Replacement], typed: QueryDict) -> list[NameRow]:
    """What the locked list knows and this text holds, then what was found, then a few empty lines of one's own."""
    decided = {one.find.lower(): one for one in known}
    times = {one.find.lower(): count for one, count in replace(text, known).times}
    rows = [
        NameRow(one.find, one.instead, one.category, times[key], "", True)
        for key, one in decided.items()
        if key in times
    ]
    given: dict[str, int] = {}
    for one in suggestions(text):
        if one.find.lower() not in decided:
            given[one.category] = given.get(one.category, 0) + 1
            rows.append(
                NameRow(one.find, f"[{one.category} {given[one.category]}]", one.category, one.times, one.context)
            )
    rows += [NameRow("", "", "other", own=True) for _ in range(OWN_ROWS)]
    return [_typed(row, number, typed) for number, row in enumerate(rows)] if "rows" in typed else rows


def _typed(row: NameRow, number: int, typed: QueryDict) -> NameRow:
    if f"find-{number}" not in typed:
        return row
    find = typed.get(f"find-{number}", "").strip()
    category = typed.get(f"category-{number}", "other")
    return NameRow(
        find, typed.get(f"instead-{number}", "").strip(), category if category in CATEGORIES else "other",
        row.times, row.context, f"wanted-{number}" in typed or (row.own and bool(find)), row.own,
    )  # fmt: skip


@require_POST
@coders_only
def no_names(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    """Somebody has looked, and there is nothing to take out."""
    finish(request.seat, must_be_open(request.seat, did), now=clock.now())
    return SeeOther(reverse("study-transcripts", kwargs={"sid": sid}))
